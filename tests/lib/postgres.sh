# shellcheck shell=bash
# A PostgreSQL of the run's own, in a temporary folder; sourced by tests/run.

PG_DIR=
PG_USER=()

# The newest server's program folder, 15 or later.
postgres_bin() {
  local bin
  bin=$({ ls -d /usr/lib/postgresql/*/bin 2> /dev/null; command -v pg_config > /dev/null && pg_config --bindir; } | sort -V | tail -n 1) || true
  [ -n "$bin" ] && [ -x "$bin/initdb" ] || return 1
  [ "$("$bin/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')" -ge 15 ] || return 1
  echo "$bin"
}

# A port that nobody listens on right now.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null || { echo "$port"; return; }
  done
}

# Starts it and exports its address. Nothing here is kept, so nothing is fsynced; the durability settings have their own test.
stage_database() {
  local bin port
  bin=$(postgres_bin) || { echo "missing: PostgreSQL 15 or later - apt-get install postgresql"; return 1; }
  port=$(free_port)
  PG_DIR=$(mktemp -d "${TMPDIR:-/tmp}/egenkarta-pg.XXXXXX")
  # initdb refuses to run as root.
  if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$PG_DIR"
    PG_USER=(runuser -u postgres --)
  fi
  (
    cd "$PG_DIR"
    "${PG_USER[@]}" "$bin/initdb" -D "$PG_DIR/data" -U postgres -A trust --no-sync -E UTF8 --locale=C.UTF-8
    "${PG_USER[@]}" "$bin/pg_ctl" -D "$PG_DIR/data" -w -t 60 -l "$PG_DIR/server.log" start -o "-p $port \
      -c listen_addresses=127.0.0.1 -c unix_socket_directories=$PG_DIR -c fsync=off -c synchronous_commit=off \
      -c full_page_writes=off -c max_connections=300 -c timezone=UTC"
  ) || { cat "$PG_DIR/server.log" 2> /dev/null; return 1; }
  export EGENKARTA_TEST_POSTGRES=postgres://postgres@127.0.0.1:$port/postgres
  echo "$EGENKARTA_TEST_POSTGRES"
}

stop_postgres() {
  [ -n "$PG_DIR" ] || return 0
  (cd / && "${PG_USER[@]}" "$(postgres_bin)/pg_ctl" -D "$PG_DIR/data" -m immediate -w stop) > /dev/null 2>&1 || true
  rm -rf "$PG_DIR"
  PG_DIR=
}

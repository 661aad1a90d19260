# shellcheck shell=bash
# The demo, started for the browser and stopped again; sourced by tests/run.

DEMO_PID=
DEMO_DATA=
DEMO_URL=

start_demo() {
  local port
  port=$(free_port)
  DEMO_DATA=$(mktemp -d "${TMPDIR:-/tmp}/egenkarta-demo.XXXXXX")
  DEMO_URL=http://localhost:$port
  "${CARGO_TARGET_DIR:-target}/debug/egenkarta" demo --data "$DEMO_DATA" --listen "127.0.0.1:$port" > "$OUT/demo.log" 2>&1 &
  DEMO_PID=$!
  wait_ready "$DEMO_URL" "$DEMO_PID" "$OUT/demo.log"
}

# wait_ready URL PID LOG: until /health/ready answers 200; a minute at most, since a debug build's first start is slow.
wait_ready() {
  local tries
  for tries in $(seq 300); do
    curl -fsS -o /dev/null --max-time 2 "$1/health/ready" 2> /dev/null && return 0
    kill -0 "$2" 2> /dev/null || { echo "the server ended before it was ready:"; tail -n 30 "$3"; return 1; }
    sleep 0.2
  done
  echo "not ready after $((tries / 5)) s:"
  tail -n 30 "$3"
  return 1
}

stop_demo() {
  [ -n "$DEMO_PID" ] && kill "$DEMO_PID" 2> /dev/null && wait "$DEMO_PID" 2> /dev/null
  [ -n "$DEMO_DATA" ] && rm -rf "$DEMO_DATA"
  DEMO_PID='' DEMO_DATA=''
  return 0
}

# shellcheck shell=bash
# The program as the tests have it, and demos of it for the browser, started and stopped again; sourced by tests/run and tests/kill/run.

DEMO_PIDS=()
DEMO_DATA=()
DEMO_URLS=()
DEMO_LOGS=()

# The program as `cargo test` has built it already. Without --examples (there are none) cargo takes the features of its libraries without
# what the tests add to them, and compiles the house and much below it once more.
build_house() { cargo build --locked --bins --examples; }

# place_starter DATA: the starter taxonomy where an earlier start would have left it. A debug build takes some seconds to index it, so it is
# done once for all that tests start: `tests/support/starter.rs` does the same.
place_starter() {
  local made="${CARGO_TARGET_DIR:-target}/tmp/starter"
  mkdir -p "$made" "$1" && "${CARGO_TARGET_DIR:-target}/debug/egenkarta" taxonomy show --data "$made" > /dev/null && cp -r "$made/taxonomy" "$1/"
}

# start_demos COUNT: that many at once, each with its own people; DEMO_URLS is where they are.
start_demos() {
  local n port
  for n in $(seq "$1"); do
    port=$(free_port)
    DEMO_DATA+=("$(mktemp -d "${TMPDIR:-/tmp}/egenkarta-demo.XXXXXX")")
    place_starter "${DEMO_DATA[-1]}" || return 1
    DEMO_URLS+=("http://localhost:$port")
    DEMO_LOGS+=("$OUT/demo-$n.log")
    "${CARGO_TARGET_DIR:-target}/debug/egenkarta" demo --data "${DEMO_DATA[-1]}" --listen "127.0.0.1:$port" > "${DEMO_LOGS[-1]}" 2>&1 &
    DEMO_PIDS+=($!)
  done
  for n in "${!DEMO_PIDS[@]}"; do
    wait_ready "${DEMO_URLS[n]}" "${DEMO_PIDS[n]}" "${DEMO_LOGS[n]}" || return 1
  done
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

stop_demos() {
  local n
  for n in "${!DEMO_PIDS[@]}"; do
    kill "${DEMO_PIDS[n]}" 2> /dev/null && wait "${DEMO_PIDS[n]}" 2> /dev/null
    rm -rf "${DEMO_DATA[n]}"
  done
  DEMO_PIDS=() DEMO_DATA=() DEMO_URLS=() DEMO_LOGS=()
  return 0
}

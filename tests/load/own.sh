# shellcheck shell=bash
# The real server; sourced by tests/load/run.

measure_own() {
  : > "$WORK/own.result"
  echo "own: to be written"
}

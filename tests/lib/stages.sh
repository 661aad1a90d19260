# shellcheck shell=bash
# Running a stage, timing it, counting what it held; sourced by tests/run.

OUT=${CARGO_TARGET_DIR:-target}/test-run
PASSED=0
FAILED=0
TABLE=()

prepare_output() {
  rm -rf "$OUT"
  mkdir -p "$OUT"
  OUT=$(cd "$OUT" && pwd)
}

# A folder that is kept in memory, where there is one with room for what all tests make at once.
in_memory() {
  [ -w /dev/shm ] && ! grep -qE "^[^ ]+ /dev/shm [^ ]+ [^ ]*noexec" /proc/mounts &&
    [ "$(df --output=avail -k /dev/shm | tail -n 1)" -gt $((4 * 1024 * 1024)) ] && echo /dev/shm
}

# A part of the run that is not in the tree is a failure that says its name.
have_file() {
  [ -x "$1" ] && return 0
  echo "missing: $1 ($2)"
  return 1
}

# What git sees as changed or new, by content.
tree_state() {
  git status --porcelain --untracked-files=all 2>/dev/null || true
  git diff 2>/dev/null | git hash-object --stdin 2>/dev/null || true
}

# Sums cargo's "test result:" lines and the closing "# N passed, N failed" of our own runners: "PASSED FAILED IGNORED".
count_tests() {
  sed -nE -e 's/^test result: [A-Za-z]+\. ([0-9]+) passed; ([0-9]+) failed; ([0-9]+) ignored.*/\1 \2 \3/p' \
    -e 's/^# ([0-9]+) passed, ([0-9]+) failed$/\1 \2 0/p' "$1" | awk '{p+=$1; f+=$2; i+=$3} END {print p+0, f+0, i+0}'
}

# `setup` and `database` change this shell (an exported address, a server to stop): they run in it, the others in their own.
run_stage() {
  local name=$1 log=$OUT/$1.log start=$SECONDS rc=0 passed failed ignored
  if ! declare -F "stage_$name" > /dev/null; then
    echo "no such stage: $name (there are: $ALL)"
    FAILED=$((FAILED + 1))
    return
  fi
  printf '%-9s ' "$name"
  case $name in
    setup | database | journeys) "stage_$name" > "$log" 2>&1 || rc=$? ;;
    *) set +e; (set -e; "stage_$name") > "$log" 2>&1; rc=$?; set -e ;;
  esac
  read -r passed failed ignored < <(count_tests "$log")
  # A stage that counts nothing is itself the one thing that passed or failed; one that ends badly without a failed test adds one.
  if [ "$rc" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  if [ "$rc" -eq 0 ] && [ $((passed + failed)) -eq 0 ]; then passed=1; fi
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
  local verdict=ok
  if [ "$rc" -ne 0 ] || [ "$failed" -ne 0 ]; then verdict=FAILED; fi
  local row
  row=$(printf '%-6s %4d s  %5d passed %4d failed' "$verdict" $((SECONDS - start)) "$passed" "$failed")
  [ "$ignored" -eq 0 ] || row="$row  ($ignored ignored: generators)"
  echo "$row"
  TABLE+=("$(printf '%-9s %s' "$name" "$row")")
  if [ "$verdict" = FAILED ]; then
    show_failure "$log"
  else
    grep -E '^(note|left out|skipped):' "$log" | sort -u | sed 's/^/          /' || true
  fi
}

# What a reader needs of a failed stage: the failed lines wherever they stand, then the tail.
show_failure() {
  { grep -nE '^(test .*FAILED|not ok|missing:|error(\[|:)|failures:|Diff in)' "$1" || true; } | sort -u -t: -k2 | sort -n | head -40 | sed 's/^/    /'
  echo "    --- last lines of $1"
  tail -n 40 "$1" | sed 's/^/    /'
}

summary() {
  printf '\n'
  printf '%s\n' "${TABLE[@]}"
  printf '%d s in all\n' "$SECONDS"
  printf '%d passed, %d failed\n' "$PASSED" "$FAILED"
  [ "$FAILED" -eq 0 ]
}

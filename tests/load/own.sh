# shellcheck shell=bash
# The real server; sourced by tests/load/run.

EGENKARTA=${CARGO_TARGET_DIR:-target}/release/egenkarta

start_own() {
  seeded own "$LOAD" sealed "$WORK/own.seed" "$PEOPLE" "$WORK/own.seed"
  local data=${DATA[own]} port cookie=__Host-egenkarta= who
  cut -f1 "$data/people.tsv" | sed "s/^/$cookie/" > "$data/sessions.txt"
  # Sessions end after half an hour; the last ones were made last.
  tail -n 400 "$data/people.tsv" | awk -F'\t' -v c="$cookie" '{print c $1 "\t/sharing/" $3 "/withdraw\t/api/v1/disclosure\t" $4}' > "$data/withdraw.tsv"
  who=$(tail -n 401 "$data/sessions.txt" | head -n 1)
  printf 'first\t/\t\nmap\t/map\t%s\nsection\t/map/p07\t%s\nsharing\t/sharing\t%s\nevents\t/events\t%s\n' "$who" "$who" "$who" "$who" > "$data/pages.tsv"
  head -n "-400" "$data/people.tsv" | cut -f4 > "$data/tokens.txt"
  "$LOAD" durable "$data"
  port=$(free_port)
  BASE[own]=http://127.0.0.1:$port READS[own]=/api/v1/disclosure MAP[own]=/map
  start_server own /health/ready "$EGENKARTA" serve --behind-proxy --base https://load.example --data "$data" --listen "127.0.0.1:$port"
}

# What needs no other server beside it.
measure_parts() {
  local data=${DATA[own]} port
  "$LOAD" proof "$data" "$data" >> "$WORK/own.result"
  echo "own: proofs of competence" && "$LOAD" credential >> "$WORK/own.result"
  echo "own: a file of 10,000 assessments" && rm -rf "$data"
  port=$(free_port)
  BASE[own]=http://127.0.0.1:$port
  start_server own /health/ready "$EGENKARTA" demo --data "$data" --listen "127.0.0.1:$port"
  node "$HERE/bulk.mjs" "http://localhost:$port" 10000 >> "$WORK/own.result"
  stop_server own
}

# shellcheck shell=bash
# The real server; sourced by tests/load/run.

measure_own() {
  DATA=$WORK/own
  SEED=$DATA
  seeded own "$LOAD" sealed "$WORK/own.seed" "$PEOPLE" "$WORK/own.seed"
  local cookie=__Host-egenkarta=
  cut -f1 "$DATA/people.tsv" | sed "s/^/$cookie/" > "$DATA/sessions.txt"
  # Sessions end after half an hour; the last ones were made last.
  tail -n 400 "$DATA/people.tsv" | awk -F'\t' -v c="$cookie" '{print c $1 "\t/sharing/" $3 "/withdraw\t/api/v1/disclosure\t" $4}' > "$DATA/withdraw.tsv"
  local who
  who=$(tail -n 401 "$DATA/sessions.txt" | head -n 1)
  printf 'first\t/\t\nmap\t/map\t%s\nsection\t/map/p07\t%s\nsharing\t/sharing\t%s\nevents\t/events\t%s\n' "$who" "$who" "$who" "$who" > "$DATA/pages.tsv"
  head -n "-400" "$DATA/people.tsv" | cut -f4 > "$DATA/tokens.txt"
  "$LOAD" durable "$DATA"
  start_server /health/ready "${CARGO_TARGET_DIR:-target}/release/egenkarta" serve --behind-proxy --base https://load.example --data "$DATA" --listen "127.0.0.1:$PORT"
  measure own '' /api/v1/disclosure "$DATA/pages.tsv"
  stop_server
  "$LOAD" proof "$DATA" "$DATA" >> "$WORK/own.result"
  echo "own: proofs of competence" && "$LOAD" credential >> "$WORK/own.result"
  echo "own: a file of 10,000 assessments" && rm -rf "$DATA"
  start_server /health/ready "${CARGO_TARGET_DIR:-target}/release/egenkarta" demo --data "$DATA" --listen "127.0.0.1:$PORT"
  node "$HERE/bulk.mjs" "http://localhost:$PORT" 10000 >> "$WORK/own.result"
  stop_server
}

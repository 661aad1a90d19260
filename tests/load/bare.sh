# shellcheck shell=bash
# The bare server; sourced by tests/load/run.

start_bare() {
  seeded bare "$LOAD" plain "$WORK/bare.seed" "$PEOPLE" "$WORK/bare.seed"
  local data=${DATA[bare]} port
  cut -f1 "$data/people.tsv" | sed 's/^/session=/' > "$data/sessions.txt"
  # The last four hundred, whose consents no later run needs, from the end so that reads rotate over the others first.
  tail -n 400 "$data/people.tsv" | awk -F'\t' '{print "session=" $1 "\t/bare/sharing/" $3 "/withdraw\t/bare/read\t" $4}' > "$data/withdraw.tsv"
  printf 'map\t/bare/map\t%s\n' "$(head -n 1 "$data/sessions.txt")" > "$data/pages.tsv"
  head -n "-400" "$data/people.tsv" | cut -f4 > "$data/tokens.txt"
  "$LOAD" durable "$data"
  port=$(free_port)
  BASE[bare]=http://127.0.0.1:$port READS[bare]=/bare/read MAP[bare]=/bare/map
  start_server bare /health/ready "$LOAD" bare "$data" "127.0.0.1:$port"
}

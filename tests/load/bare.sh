# shellcheck shell=bash
# The bare server; sourced by tests/load/run.

measure_bare() {
  DATA=$WORK/bare
  SEED=$DATA
  seeded bare "$LOAD" plain "$WORK/bare.seed" "$PEOPLE" "$WORK/bare.seed"
  cut -f1 "$DATA/people.tsv" | sed 's/^/session=/' > "$DATA/sessions.txt"
  # The last four hundred, whose consents no later run needs, from the end so that reads rotate over the others first.
  tail -n 400 "$DATA/people.tsv" | awk -F'\t' '{print "session=" $1 "\t/bare/sharing/" $3 "/withdraw\t/bare/read\t" $4}' > "$DATA/withdraw.tsv"
  printf 'map\t/bare/map\t%s\n' "$(head -n 1 "$DATA/sessions.txt")" > "$DATA/pages.tsv"
  head -n "-400" "$DATA/people.tsv" | cut -f4 > "$DATA/tokens.txt"
  "$LOAD" durable "$DATA"
  start_server /health/ready "$LOAD" bare "$DATA" "127.0.0.1:$PORT"
  measure bare /bare /bare/read "$DATA/pages.tsv"
  stop_server
}

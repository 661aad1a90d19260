# shellcheck shell=bash
# One table from the results; sourced by tests/load/run.

value() { awk -v name="$2" '$1 == name {print $2; found = 1} END {if (!found) print "-"}' "$WORK/$1.result" 2> /dev/null; }

# row TITLE NAME UNIT: ours, bare, and ours divided by bare.
row() {
  local own bare ratio=-
  own=$(value own "$2") bare=$(value bare "$2")
  if [ "$own" != - ] && [ "$bare" != - ]; then ratio=$(awk -v a="$own" -v b="$bare" 'BEGIN {if (b > 0) printf "%.2f", a / b; else print "-"}'); fi
  [ "$own" = - ] || own=$own$3
  [ "$bare" = - ] || bare=$bare$3
  printf '| %-46s | %12s | %12s | %6s |\n' "$1" "$own" "$bare" "$ratio"
}

{
  printf '\n%s people, %s entries and %s consents each; %s, %s cores shared with the load tool; %s; fsync p50 %s ms\n\n' \
    "$PEOPLE" 60 4 "$(sed -nE 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(date -u +%F)" "$(value machine fsync_p50_ms)"
  printf '| %-46s | %12s | %12s | %6s |\n' measure Egenkarta bare ratio
  printf '|%s|%s|%s|%s|\n' "$(printf -- '-%.0s' {1..48})" "$(printf -- '-%.0s' {1..13}):" "$(printf -- '-%.0s' {1..13}):" "$(printf -- '-%.0s' {1..7}):"
  row 'consented reads a second, all 60 entries' reads64_rate ''
  row 'consented reads a second, a part of 10' parts64_rate ''
  row 'consented read of all, 16 connections, p50' reads16_p50_ms ' ms'
  row 'consented read of all, 16 connections, p99' reads16_p99_ms ' ms'
  row 'consented read of a part, 16 connections, p50' parts16_p50_ms ' ms'
  row 'consented read of a part, 16 connections, p99' parts16_p99_ms ' ms'
  row 'bytes in an answer, all entries' reads64_bytes_each ''
  row 'bytes in an answer, a part' parts64_bytes_each ''
  row 'entry writes a second, 16 connections' writes16_rate ''
  row 'withdrawal, p50' withdrawal_p50_ms ' ms'
  row 'withdrawal answered to first denial, p50' denial_p50_ms ' ms'
  row 'withdrawal answered to first denial, p99' denial_p99_ms ' ms'
  row 'one ES256 verification, p50' es256_us ' us'
  row 'a proof of possession checked, p50' proof_us ' us'
  row 'the same, in ES256 verifications' proof_ratio ''
  row 'one read by itself without HTTP, p50' read_plain_us ' us'
  row 'the same with a proof, p50' read_proven_us ' us'
  row 'introspection without HTTP, p50' introspection_us ' us'
  row 'a credential checked, cached status, p50' credential_ms ' ms'
  row 'the same, in ES256 verifications' credential_ratio ''
  row 'the same with its holder'"'"'s proof, p50' credential_bound_ms ' ms'
  row '10,000 credentials signed' issue_10000_s ' s'
  row 'a file of 10,000 checked' bulk_checked_s ' s'
  row '10,000 credentials issued from it' bulk_issued_s ' s'
  row 'status list of a million entries, encoded' list_encode_ms ' ms'
  row 'the same encoded and signed' list_encode_sign_ms ' ms'
  row 'the same decoded and looked up' list_decode_ms ' ms'
  row 'the same verified, decoded and looked up' list_verify_lookup_ms ' ms'
  row 'a status list of 131,072 served, p50' list_served_p50_ms ' ms'
  row 'a status list of 131,072 served, p99' list_served_p99_ms ' ms'
  row 'first page, p50' page_first_p50_ms ' ms'
  row 'the map, p50' page_map_p50_ms ' ms'
  row 'the events, p50' page_events_p50_ms ' ms'
  row 'memory after the load (RssAnon)' rss_anon_mb ' MB'
  row 'database' database_mb ' MB'
} | tee "$WORK/table.md"

bad=0
for name in reads64_bad parts64_bad reads16_bad parts16_bad writes16_bad; do
  for who in own bare; do
    count=$(value "$who" "$name")
    if [ "$count" != 0 ]; then echo "$who: $name $count: not every answer was the right one"; bad=1; fi
  done
done
late=$(cat "$WORK"/own.result "$WORK"/bare.result | grep -c '^late_reads' || true)
if [ "$late" -gt 0 ]; then echo "$late withdrawals were followed by a read that still answered"; bad=1; fi
exit "$bad"

-- Consented reads: rotates over the tokens of the file in $TOKENS, a thread each at its own place. Prints `key value` lines at the end.
-- No look at each answer: wrk itself counts those of 400 and above, and handing thirty kilobytes to a script costs the cores that are measured.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  ready, at = {}, 0
  local path = os.getenv("READ_PATH")
  for token in io.lines(os.getenv("TOKENS")) do
    ready[#ready + 1] = wrk.format("GET", path, { ["Authorization"] = "Bearer " .. token, ["Accept"] = "application/json" })
  end
  at = (number * 7919) % #ready
end

function request()
  at = at % #ready + 1
  return ready[at]
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  print(string.format("rate %.1f", summary.requests / (summary.duration / 1e6)))
  print(string.format("p50_ms %.3f", latency:percentile(50) / 1000))
  print(string.format("p99_ms %.3f", latency:percentile(99) / 1000))
  print(string.format("max_ms %.3f", latency.max / 1000))
  print(string.format("requests %d", summary.requests))
  print(string.format("bytes_each %.0f", summary.bytes / math.max(1, summary.requests)))
  print(string.format("bad %d", failed))
end

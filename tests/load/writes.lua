-- Entry writes: each line of $SESSIONS is a cookie; each session is used by one thread only, in turn, so that no two writes meet on one map.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  ready, at, bad = {}, 0, 0
  local path, body, all = os.getenv("WRITE_PATH"), os.getenv("WRITE_BODY"), tonumber(os.getenv("THREADS"))
  local line = 0
  for cookie in io.lines(os.getenv("SESSIONS")) do
    if line % all == number then
      ready[#ready + 1] = wrk.format("POST", path, {
        ["Cookie"] = cookie,
        ["Origin"] = os.getenv("ORIGIN"),
        ["Sec-Fetch-Site"] = "same-origin",
        ["Content-Type"] = "application/x-www-form-urlencoded",
      }, body)
    end
    line = line + 1
  end
end

function request()
  at = at % #ready + 1
  return ready[at]
end

function response(status)
  if status ~= 303 then bad = bad + 1 end
end

function done(summary, latency, requests)
  local wrong = 0
  for _, thread in ipairs(threads) do wrong = wrong + thread:get("bad") end
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("rate %.1f", summary.requests / (summary.duration / 1e6)))
  print(string.format("p50_ms %.3f", latency:percentile(50) / 1000))
  print(string.format("p99_ms %.3f", latency:percentile(99) / 1000))
  print(string.format("max_ms %.3f", latency.max / 1000))
  print(string.format("requests %d", summary.requests))
  print(string.format("bytes_each %.0f", summary.bytes / math.max(1, summary.requests)))
  print(string.format("bad %d", wrong + failed))
end

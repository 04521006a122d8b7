-- The line that wrk.py reads: requests, microseconds, errors, median and 99th percentile of the latency.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("burgee-bench %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end

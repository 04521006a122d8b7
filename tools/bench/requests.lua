-- wrk … --script requests.lua URL -- FILE FIRST: GETs the paths in FILE in turn, from the FIRST on (0 is the first).
dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "result.lua")

local requests, next_request = {}, 1

function init(arguments)
  for path in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", path)
    wrk.path = path
  end
  if #requests == 1 then
    request = nil -- the same request every time: wrk then sends `wrk.path` without calling Lua
    return
  end
  next_request = arguments[2] % #requests + 1
end

function request()
  local current = requests[next_request]
  next_request = next_request % #requests + 1
  return current
end

-- wrk … --script reports.lua URL -- TOKEN PREFIX: POSTs runs; none has an external id that another has.
-- The projects and environments recur, and every tenth run of a project brings a new release.
dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "result.lua")

local PROJECTS, ENVIRONMENTS, RUNS_OF_A_RELEASE = 50, 4, 10
local BODY = '{"project":"reported-%d","environment":"stage-%d","release":"%s.%d","status":"succeeded",'
  .. '"url":"https://ci.example.org/runs/%d","external_id":"%s-%d"}'
local PATH = "/api/burgee/v1/runs"

local prefix, count, headers = "", 0, { ["Content-Type"] = "application/json" }

function init(arguments)
  headers["Authorization"] = "Bearer " .. arguments[1]
  prefix = arguments[2]
end

function request()
  local project = count % PROJECTS
  local turn = math.floor(count / PROJECTS)
  local release = math.floor(turn / RUNS_OF_A_RELEASE)
  count = count + 1
  return wrk.format("POST", PATH, headers,
    BODY:format(project, turn % ENVIRONMENTS, prefix, release, count, prefix, count))
end

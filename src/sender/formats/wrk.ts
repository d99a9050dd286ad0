import type { DeliveryRequest } from '../attempt.js';
import { httpMessage } from './http-message.js';

const marker = '--| ';

const head = `-- wrk -t2 -c16 -d60s -s <this file> <the receiver's URL>
-- Each request is sent once: every thread takes its own share of the lines below, and stops when it has all its responses.
-- wrk itself waits until the end of -d, or for Ctrl-C.

local path = debug.getinfo(1, "S").source:match("^@(.*)$")
local file

-- wrk runs this file in each thread. What setup() sets, and what done() gets, are globals of the thread.
sent, answered, accepted = 0, 0, 0

local all = {}
function setup(thread)
  table.insert(all, thread)
  thread:set("position", #all)
end

-- A script can't ask wrk how many threads there are. A number after the URL says it, or else the option -t.
local function threadsOf(given)
  if given then return tonumber(given) end
  local commandLine = io.open("/proc/self/cmdline", "rb")
  if not commandLine then error("add the number of threads after the URL") end
  local words, isNext = commandLine:read("*a"), false
  commandLine:close()
  for word in words:gmatch("%Z+") do
    local number = word:match("^%-L*t(%d*)$") or word:match("^%-%-threads=?(%d*)$")
    if isNext or (number and number ~= "") then return tonumber(isNext and word or number) end
    isNext = number == ""
  end
  return 2
end

function init(arguments)
  threads = threadsOf(arguments[1])
end

local function readLine()
  local line
  repeat line = file:read("*l") until line == nil or line:sub(1, ${marker.length}) == "${marker}"
  return line
end

-- The first request of a thread is at its own position, and each of the others as many lines later as there are threads.
local function nextRequest()
  if position > threads then return nil end
  local line
  for _ = 1, sent == 0 and position or threads do
    line = readLine()
    if line == nil then return nil end
  end
  local escaped = line:sub(${marker.length + 1})
  return (escaped:gsub("\\\\(%d%d%d)", function(byte) return string.char(tonumber(byte)) end))
end

-- wrk asks the first thread for a request before it starts, to look at it. That one has to come again.
local shown
local isOver = false

local function stopIfAnswered()
  if isOver and answered == sent then wrk.thread:stop() end
end

function request()
  if file == nil then
    file = assert(io.open(path, "rb"))
    if position == 1 then
      shown = nextRequest()
      return shown or ""
    end
  end
  local following = shown or (not isOver and nextRequest() or nil)
  shown = nil
  if following == nil then
    isOver = true
    stopIfAnswered()
    return ""
  end
  sent = sent + 1
  return following
end

function response(status)
  answered = answered + 1
  if status >= 200 and status < 300 then accepted = accepted + 1 end
  stopIfAnswered()
end

function done()
  local sums = { sent = 0, answered = 0, accepted = 0 }
  for _, thread in ipairs(all) do
    for name in pairs(sums) do sums[name] = sums[name] + thread:get(name) end
  end
  if all[1]:get("threads") > #all then print("requests are left: there were fewer threads than the number after the URL") end
  print(string.format("%d requests sent, %d responses, %d of them 2xx", sums.sent, sums.answered, sums.accepted))
end

-- The requests, as HTTP/1.1 sends them. \\ and three digits are a byte.
`;

/** The beginning of a script for wrk; a line for each request follows. https://github.com/wg/wrk/blob/master/SCRIPTING */
export const wrkFrame = { head, separator: '', tail: '' };

/** Returns one request, as a line of the script. It is a comment, which takes neither memory nor one of Lua's few constants. */
export function wrkRequest(request: DeliveryRequest): string {
  const text = Buffer.from(httpMessage(request)).toString('latin1');
  return `${marker}${text.replace(/[^\x20-\x5b\x5d-\x7e]/g, byte => `\\${String(byte.charCodeAt(0)).padStart(3, '0')}`)}\n`;
}

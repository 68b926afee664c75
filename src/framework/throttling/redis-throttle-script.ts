import { createHash } from 'node:crypto';

/**
 * Counts by all rates in one step (THR-1), by Redis' clock. A rate's history is a list of moments in milliseconds, oldest first.
 *
 * KEYS: the histories. ARGV: what to do (consume, peek, record, refund), the cost, the moment to take back or milliseconds to add to the clock, then
 * limit and duration in milliseconds of each rate. Answers the moment, then for each rate whether it accepts, what it has counted, the wait and the
 * time until the oldest leaves the window; -1 for none.
 */
export const SCRIPT = `
local mode, cost, moment = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
if mode == 'refund' then
  for _, key in ipairs(KEYS) do redis.call('LREM', key, -cost, string.format('%.0f', moment)) end
  return {}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + moment
local answer = { now }

local function oldest(key, at)
  return tonumber(redis.call('LINDEX', key, at))
end

local function add(key, moments, count)
  local text = string.format('%.0f', moments)
  while count > 0 do
    local some = {}
    for i = 1, math.min(count, 1000) do some[i] = text end
    redis.call('RPUSH', key, unpack(some))
    count = count - #some
  end
end

for i, key in ipairs(KEYS) do
  local limit, duration = tonumber(ARGV[2 + 2 * i]), tonumber(ARGV[3 + 2 * i])
  local used = redis.call('LLEN', key)
  -- A clock that was set back must shut nobody out for longer than the window.
  local later = 0
  while used > later and oldest(key, -1) > now do
    redis.call('RPOP', key)
    later = later + 1
    used = used - 1
  end
  add(key, now, later)
  used = used + later
  while used > 0 and oldest(key, 0) <= now - duration do
    redis.call('LPOP', key)
    used = used - 1
  end
  local accepted = used + cost <= limit
  local wait = -1
  if not accepted then
    if limit == 0 then wait = duration
    elseif cost <= limit then wait = oldest(key, used + cost - limit - 1) + duration - now end
  end
  if mode == 'record' or (mode == 'consume' and accepted) then
    local added = math.min(cost, limit)
    add(key, now, added)
    used = used + added
    if used > limit then
      redis.call('LTRIM', key, used - limit, -1)
      used = limit
    end
    if added > 0 then redis.call('PEXPIRE', key, math.ceil(duration)) end
  end
  local reset = used > 0 and oldest(key, 0) + duration - now or -1
  answer[#answer + 1] = accepted and 1 or 0
  answer[#answer + 1] = used
  answer[#answer + 1] = math.ceil(wait)
  answer[#answer + 1] = math.ceil(reset)
end
return answer
`;

export const SCRIPT_SHA1 = createHash('sha1').update(SCRIPT).digest('hex');

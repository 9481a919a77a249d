import type { Redis, Result } from 'ioredis';
import type { Presence } from 'omni-call/protocol';

/** What every key and channel begins with. */
export const PREFIX = 'omni:';

/*
 * Each change that must not be torn apart is one script, which Redis runs with nothing in between.
 *
 *   call:<id>            hash: json, revision, caller, callee; `open` until it has ended; `write`, the id of the write
 *                        that made it so: one sent again, its reply having been lost, is known by it
 *   claim:<user>         the id of the open call that this person is in
 *   calls-due            sorted set of call ids by deadline
 *   open                 sorted set of open calls' ids by the time of their offer
 *   history[:<user>]     list of ended calls' ids, newest first
 *   recording:<id>       json of a recording that was put away
 *   recordings           sorted set of their ids by the time they began
 *   session:<id>         hash: json, connection, endsAt ('' for null); `node` while connected; `lost`, the connection
 *                        that was last let go of
 *   sessions:<user>      set of session ids
 *   users                sorted set of everyone with a session, all at the same score: in the order of their ids
 *   sessions-due         sorted set of session ids by their end
 *   nodes, node:<id>     the nodes that are or were there; a sign of life, which expires
 *   node-sessions:<id>   set of the sessions whose connections that node has
 *   blocks:<user>        set of the people whom this person has blocked
 *   blockers:<user>      the same the other way: set of the people who have blocked this person
 *   blockers-kept        there since blocks are kept both ways
 *   mark:<name>          number that expires
 *   tokens:<key>         counter that expires with its window
 *
 * Scripts name keys by what they read, so all keys belong on one Redis (with its replicas), not spread over a cluster.
 */

type Values = (string | number)[];

declare module 'ioredis' {
  interface RedisCommander<Context> {
    omniOpenCall(...values: Values): Result<string | null, Context>;
    omniSaveCall(...values: Values): Result<number, Context>;
    omniRecordCall(...values: Values): Result<number, Context>;
    omniPutRecording(...values: Values): Result<number, Context>;
    omniDropRecording(id: string): Result<number, Context>;
    omniPutSession(...values: Values): Result<number, Context>;
    omniLoseSession(...values: Values): Result<number, Context>;
    omniDropSession(...values: Values): Result<number, Context>;
    omniSessionsOf(user: string): Result<string[], Context>;
    omniPresenceOf(user: string): Result<Presence, Context>;
    omniAnnounce(user: string, channel: string): Result<number, Context>;
    omniOrphans(): Result<string[], Context>;
    omniLiveNodes(): Result<string[], Context>;
    omniSessionsAt(node: string): Result<string[], Context>;
    omniTakeToken(...values: Values): Result<number, Context>;
    omniSetBlocked(...values: Values): Result<number, Context>;
    omniBlockersOf(user: string): Result<string[], Context>;
  }
}

/** Puts an ended call into the history, and forgets the oldest where there are too many. '' stands for nobody. */
const REMEMBER = `
local function remember(id, caller, callee, perUser, total)
  for _, user in ipairs({ caller, callee }) do
    if user ~= '' then
      redis.call('LPUSH', K .. 'history:' .. user, id)
      redis.call('LTRIM', K .. 'history:' .. user, 0, perUser - 1)
    end
  end
  redis.call('LPUSH', K .. 'history', id)
  while redis.call('LLEN', K .. 'history') > tonumber(total) do
    local oldest = redis.call('RPOP', K .. 'history')
    for _, user in ipairs(redis.call('HMGET', K .. 'call:' .. oldest, 'caller', 'callee')) do
      if user then redis.call('LREM', K .. 'history:' .. user, 0, oldest) end
    end
    redis.call('DEL', K .. 'call:' .. oldest)
  end
end`;

const setDue = (index: string): string => `
local function setDue(id, at)
  if at == '' then redis.call('ZREM', K .. '${index}', id) else redis.call('ZADD', K .. '${index}', at, id) end
end`;

const OPEN_CALL = `${setDue('calls-due')}
local id, json, revision, caller, callee, deadline, write, offeredAt = unpack(ARGV)
for _, user in ipairs({ caller, callee }) do
  local holder = redis.call('GET', K .. 'claim:' .. user)
  if holder then
    local found = redis.call('HMGET', K .. 'call:' .. holder, 'json', 'write')
    if found[2] == write then return false end
    if found[1] then return found[1] end
  end
end
redis.call('HSET', K .. 'call:' .. id, 'json', json, 'revision', revision, 'caller', caller, 'callee', callee, 'open', 1, 'write', write)
redis.call('SET', K .. 'claim:' .. caller, id)
redis.call('SET', K .. 'claim:' .. callee, id)
redis.call('ZADD', K .. 'open', offeredAt, id)
setDue(id, deadline)
return false`;

const SAVE_CALL = `${REMEMBER}${setDue('calls-due')}
local id, json, revision, caller, callee, deadline, write, from, ended, perUser, total = unpack(ARGV)
local call = K .. 'call:' .. id
local found = redis.call('HMGET', call, 'revision', 'open', 'write')
if found[3] == write then return 1 end
if found[1] ~= from or (not found[2] and ended ~= '1') then return 0 end
redis.call('HSET', call, 'json', json, 'revision', revision, 'write', write)
if not found[2] then return 1 end
setDue(id, deadline)
if ended == '1' then
  redis.call('HDEL', call, 'open')
  redis.call('ZREM', K .. 'open', id)
  redis.call('DEL', K .. 'claim:' .. caller, K .. 'claim:' .. callee)
  remember(id, caller, callee, perUser, total)
end
return 1`;

const RECORD_CALL = `${REMEMBER}
local id, json, revision, caller, callee, perUser, total = unpack(ARGV)
if redis.call('EXISTS', K .. 'call:' .. id) == 1 then return 0 end
redis.call('HSET', K .. 'call:' .. id, 'json', json, 'revision', revision, 'caller', caller, 'callee', callee)
remember(id, caller, callee, perUser, total)
return 1`;

const PUT_RECORDING = `
local id, json, startedAt = unpack(ARGV)
redis.call('SET', K .. 'recording:' .. id, json)
redis.call('ZADD', K .. 'recordings', startedAt, id)
return 1`;

const DROP_RECORDING = `
redis.call('ZREM', K .. 'recordings', ARGV[1])
return redis.call('DEL', K .. 'recording:' .. ARGV[1])`;

const PUT_SESSION = `${setDue('sessions-due')}
local id, user, json, connection, endsAt, node = unpack(ARGV)
local session = K .. 'session:' .. id
local before = redis.call('HGET', session, 'node')
if before then redis.call('SREM', K .. 'node-sessions:' .. before, id) end
redis.call('HSET', session, 'json', json, 'connection', connection, 'endsAt', endsAt)
redis.call('HDEL', session, 'node', 'lost')
if connection ~= '' then
  redis.call('HSET', session, 'node', node)
  redis.call('SADD', K .. 'node-sessions:' .. node, id)
end
redis.call('SADD', K .. 'sessions:' .. user, id)
redis.call('ZADD', K .. 'users', 0, user)
setDue(id, endsAt)
return 1`;

const LOSE_SESSION = `
local id, connection, endsAt = unpack(ARGV)
local session = K .. 'session:' .. id
local found = redis.call('HMGET', session, 'connection', 'node', 'lost')
if found[3] == connection then return 1 end
if found[1] ~= connection then return 0 end
if found[2] then redis.call('SREM', K .. 'node-sessions:' .. found[2], id) end
redis.call('HDEL', session, 'node')
redis.call('HSET', session, 'connection', '', 'endsAt', endsAt, 'lost', connection)
redis.call('ZADD', K .. 'sessions-due', endsAt, id)
return 1`;

/** 2: there is no such session. */
const DROP_SESSION = `
local id, user, connection, visitor = unpack(ARGV)
local session = K .. 'session:' .. id
local found = redis.call('HMGET', session, 'connection', 'node')
if not found[1] then return 2 end
if found[1] ~= connection then return 0 end
if found[2] then redis.call('SREM', K .. 'node-sessions:' .. found[2], id) end
redis.call('DEL', session)
redis.call('SREM', K .. 'sessions:' .. user, id)
redis.call('ZREM', K .. 'sessions-due', id)
if redis.call('EXISTS', K .. 'sessions:' .. user) == 1 then return 1 end
redis.call('ZREM', K .. 'users', user)
if visitor == '1' then
  local blocks, blockers = K .. 'blocks:', K .. 'blockers:'
  for _, other in ipairs(redis.call('SMEMBERS', blocks .. user)) do redis.call('SREM', blockers .. other, user) end
  for _, other in ipairs(redis.call('SMEMBERS', blockers .. user)) do redis.call('SREM', blocks .. other, user) end
  redis.call('DEL', blocks .. user, blockers .. user)
end
return 1`;

/** Appends json, connection and endsAt of a session to a list. */
const READ_SESSION = `
local function read(id, list)
  local found = redis.call('HMGET', K .. 'session:' .. id, 'json', 'connection', 'endsAt')
  if not found[1] then return end
  for _, value in ipairs(found) do list[#list + 1] = value end
end`;

const SESSIONS_OF = `${READ_SESSION}
local list = {}
for _, id in ipairs(redis.call('SMEMBERS', K .. 'sessions:' .. ARGV[1])) do read(id, list) end
return list`;

const PRESENCE = `
local function presence(user)
  if redis.call('EXISTS', K .. 'sessions:' .. user) == 0 then return 'offline' end
  local call = redis.call('GET', K .. 'claim:' .. user)
  return call and redis.call('HEXISTS', K .. 'call:' .. call, 'open') == 1 and 'busy' or 'active'
end`;

const PRESENCE_OF = `${PRESENCE}
return presence(ARGV[1])`;

/** Tells what it reads in the same step, so that what is told last is how things are. */
const ANNOUNCE = `${PRESENCE}
local user, channel = unpack(ARGV)
local news = { kind = 'presence', user = user, state = presence(user) }
return redis.call('PUBLISH', channel, cjson.encode({ news = news }))`;

/** Sessions of nodes that give no sign of life any more. */
const ORPHANS = `${READ_SESSION}
local list = {}
for _, node in ipairs(redis.call('SMEMBERS', K .. 'nodes')) do
  if redis.call('EXISTS', K .. 'node:' .. node) == 0 then
    local sessions = K .. 'node-sessions:' .. node
    for _, id in ipairs(redis.call('SRANDMEMBER', sessions, 200)) do
      if redis.call('EXISTS', K .. 'session:' .. id) == 0 then redis.call('SREM', sessions, id) end
      read(id, list)
    end
    if redis.call('EXISTS', sessions) == 0 then redis.call('SREM', K .. 'nodes', node) end
  end
end
return list`;

const LIVE_NODES = `
local list = {}
for _, node in ipairs(redis.call('SMEMBERS', K .. 'nodes')) do
  if redis.call('EXISTS', K .. 'node:' .. node) == 1 then list[#list + 1] = node end
end
return list`;

/** The sessions whose connections that node has, as far as the store knows. */
const SESSIONS_AT = `${READ_SESSION}
local list = {}
for _, id in ipairs(redis.call('SMEMBERS', K .. 'node-sessions:' .. ARGV[1])) do read(id, list) end
return list`;

const TAKE_TOKEN = `
local key, limit, window = unpack(ARGV)
local taken = redis.call('INCR', K .. 'tokens:' .. key)
if taken == 1 then redis.call('PEXPIRE', K .. 'tokens:' .. key, window) end
return taken <= tonumber(limit) and 1 or 0`;

const SET_BLOCKED = `
local by, user, blocked, limit = unpack(ARGV)
local blocks, blockers = K .. 'blocks:' .. by, K .. 'blockers:' .. user
if blocked == '0' then
  redis.call('SREM', blocks, user)
  redis.call('SREM', blockers, by)
elseif redis.call('SISMEMBER', blocks, user) == 0 then
  if redis.call('SCARD', blocks) >= tonumber(limit) then return 0 end
  redis.call('SADD', blocks, user)
  redis.call('SADD', blockers, by)
end
return 1`;

/** Version 0.1.0 kept blocks one way. */
const BLOCKERS_OF = `
if redis.call('EXISTS', K .. 'blockers-kept') == 0 then
  local blocks = K .. 'blocks:'
  for _, key in ipairs(redis.call('KEYS', blocks .. '*')) do
    local by = string.sub(key, #blocks + 1)
    for _, user in ipairs(redis.call('SMEMBERS', key)) do redis.call('SADD', K .. 'blockers:' .. user, by) end
  end
  redis.call('SET', K .. 'blockers-kept', 1)
end
return redis.call('SMEMBERS', K .. 'blockers:' .. ARGV[1])`;

/** Teaches a connection the scripts. Redis is sent the text of each once, and its hash from then on. */
export function defineScripts(redis: Redis): void {
  const scripts = {
    omniOpenCall: OPEN_CALL,
    omniSaveCall: SAVE_CALL,
    omniRecordCall: RECORD_CALL,
    omniPutRecording: PUT_RECORDING,
    omniDropRecording: DROP_RECORDING,
    omniPutSession: PUT_SESSION,
    omniLoseSession: LOSE_SESSION,
    omniDropSession: DROP_SESSION,
    omniSessionsOf: SESSIONS_OF,
    omniPresenceOf: PRESENCE_OF,
    omniAnnounce: ANNOUNCE,
    omniOrphans: ORPHANS,
    omniLiveNodes: LIVE_NODES,
    omniSessionsAt: SESSIONS_AT,
    omniTakeToken: TAKE_TOKEN,
    omniSetBlocked: SET_BLOCKED,
    omniBlockersOf: BLOCKERS_OF,
  };
  for (const [name, lua] of Object.entries(scripts)) {
    redis.defineCommand(name, { numberOfKeys: 0, lua: `local K = '${PREFIX}'\n${lua}` });
  }
}

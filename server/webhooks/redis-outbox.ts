import type { Redis, Result } from 'ioredis';
import type { Time } from '../core/call.js';
import { RedisLink } from '../store/redis-link.js';
import { PREFIX } from '../store/redis-scripts.js';
import { CLAIMED_AT_ONCE, type Claimed, type Delivery, type Outbox } from './outbox.js';

/*
 *   hooks:<lane>      list of deliveries, the next one first
 *   hooks-due         sorted set of lanes by when the first of each is due
 *   hooks-failures    hash of how often the first of a lane has failed
 */

declare module 'ioredis' {
  interface RedisCommander<Context> {
    omniAddHooks(...values: (string | number)[]): Result<number, Context>;
    omniClaimHooks(...values: number[]): Result<string[], Context>;
    omniHookDone(...values: (string | number)[]): Result<number, Context>;
    omniHookFailed(...values: (string | number)[]): Result<number, Context>;
  }
}

/** A repetition, its reply having been lost, adds nothing: the first delivery's id is kept for a minute. */
const ADD = `
local lane, now, first = unpack(ARGV)
if not redis.call('SET', K .. 'hook-added:' .. first, 1, 'NX', 'PX', 60000) then return 0 end
for index = 4, #ARGV do redis.call('RPUSH', K .. 'hooks:' .. lane, ARGV[index]) end
redis.call('ZADD', K .. 'hooks-due', 'NX', now, lane)
return 1`;

const CLAIM = `
local now, lease, limit = unpack(ARGV)
local claimed = {}
for _, lane in ipairs(redis.call('ZRANGEBYSCORE', K .. 'hooks-due', '-inf', now, 'LIMIT', 0, limit)) do
  redis.call('ZADD', K .. 'hooks-due', now + lease, lane)
  claimed[#claimed + 1] = lane
  claimed[#claimed + 1] = redis.call('LINDEX', K .. 'hooks:' .. lane, 0)
  claimed[#claimed + 1] = redis.call('HGET', K .. 'hooks-failures', lane) or '0'
end
return claimed`;

const DONE = `
local lane, delivery, now = unpack(ARGV)
if redis.call('LINDEX', K .. 'hooks:' .. lane, 0) ~= delivery then return 0 end
redis.call('LPOP', K .. 'hooks:' .. lane)
redis.call('HDEL', K .. 'hooks-failures', lane)
if redis.call('EXISTS', K .. 'hooks:' .. lane) == 1 then redis.call('ZADD', K .. 'hooks-due', now, lane)
else redis.call('ZREM', K .. 'hooks-due', lane) end
return 1`;

const FAILED = `
local lane, delivery, at = unpack(ARGV)
if redis.call('LINDEX', K .. 'hooks:' .. lane, 0) ~= delivery then return 0 end
redis.call('HINCRBY', K .. 'hooks-failures', lane, 1)
redis.call('ZADD', K .. 'hooks-due', at, lane)
return 1`;

function defineScripts(redis: Redis): void {
  const scripts = { omniAddHooks: ADD, omniClaimHooks: CLAIM, omniHookDone: DONE, omniHookFailed: FAILED };
  for (const [name, lua] of Object.entries(scripts)) {
    redis.defineCommand(name, { numberOfKeys: 0, lua: `local K = '${PREFIX}'\n${lua}` });
  }
}

/** The outbox of many nodes, which outlives each of them. */
export class RedisOutbox implements Outbox {
  readonly #link: RedisLink;

  constructor(url: string, onError: (error: unknown) => void) {
    this.#link = new RedisLink(url, onError);
    defineScripts(this.#link.redis);
  }

  async add(lane: string, deliveries: readonly Delivery[], now: Time): Promise<void> {
    const [first] = deliveries;
    if (!first) return;
    await this.#link.run((redis) => redis.omniAddHooks(lane, now, first.id, ...deliveries.map(write)));
  }

  async claim(now: Time, leaseMs: number): Promise<Claimed[]> {
    if (!this.#link.available) return [];
    const values = await this.#link.run((redis) => redis.omniClaimHooks(now, leaseMs, CLAIMED_AT_ONCE));
    const claimed: Claimed[] = [];
    for (let at = 0; at < values.length; at += 3) {
      const [lane = '', delivery = '', failures = ''] = values.slice(at, at + 3);
      // Only this code writes there: what is read back is what was written.
      claimed.push({ lane, delivery: JSON.parse(delivery) as Delivery, failures: Number(failures) });
    }
    return claimed;
  }

  async done({ lane, delivery }: Claimed, now: Time): Promise<void> {
    await this.#link.run((redis) => redis.omniHookDone(lane, write(delivery), now));
  }

  async retry({ lane, delivery }: Claimed, at: Time): Promise<void> {
    await this.#link.run((redis) => redis.omniHookFailed(lane, write(delivery), at));
  }

  async close(): Promise<void> {
    this.#link.close();
  }
}

const write = ({ id, body }: Delivery): string => JSON.stringify({ id, body });

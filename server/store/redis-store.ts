import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Presence } from 'omni-call/protocol';
import { deadlineOf, rememberedBy, type Call, type Time } from '../core/call.js';
import type { Recording } from '../recording/recording.js';
import { RedisLink } from './redis-link.js';
import { PREFIX, defineScripts } from './redis-scripts.js';
import { BLOCKED_PER_USER, HISTORY_PER_USER, HISTORY_TOTAL, type Due, type Session, type Store } from './store.js';

/** Milliseconds between a node's signs of life, and after which one that gives none is dead. */
const SIGN_EVERY = 1_000;
const DEAD_AFTER = 4_000;
/**
 * Milliseconds after Redis is back in which no deadline is looked at: pages that could not say so meanwhile are to say
 * first that they are still there.
 */
const HOLD_OFF = 5_000;
/** Due calls and sessions that one node takes at a time. */
const DUE_AT_ONCE = 500;

export interface RedisStoreOptions {
  url: string;
  onError: (error: unknown) => void;
  /** Whether this node has that connection. */
  holds: (connection: string) => boolean;
  /**
   * The other nodes may have taken this one for dead, or Redis may have lost what it knew: resolves once what this node
   * holds is written down again.
   */
  onRevived: () => Promise<void>;
  /** Another node is gone: what it stored last it may have told nobody. */
  onNodeGone: () => void;
}

/** The store of many nodes. */
export class RedisStore implements Store {
  readonly #node = randomUUID();
  readonly #options: RedisStoreOptions;
  readonly #link: RedisLink;
  readonly #signs: NodeJS.Timeout;
  #announced = false;
  /** Redis was away, and may have come back without what this node holds. */
  #mayHaveLost = false;
  /** How often what this node holds is being written down again. */
  #writing = 0;
  #alive: readonly string[] = [];
  /** A page may have gone without the store being told. */
  #inDoubt = false;
  #lookAgainAt: Time = 0;

  constructor(options: RedisStoreOptions) {
    this.#options = options;
    this.#link = new RedisLink(options.url, options.onError);
    defineScripts(this.#link.redis);
    this.#link.redis.on('ready', () => void this.#giveSign());
    this.#link.redis.on('close', () => {
      this.#inDoubt = true;
      this.#lookAgainAt = Infinity;
      this.#mayHaveLost = true;
    });
    this.#signs = setInterval(() => void this.#giveSign(), SIGN_EVERY);
  }

  get available(): boolean {
    // Who is in a call that Redis does not know again yet is not to be rung for another.
    return this.#link.available && !this.#mayHaveLost && this.#writing === 0;
  }

  async openCall(call: Call): Promise<Call | null> {
    const write = randomUUID();
    const holder = await this.#run((redis) =>
      redis.omniOpenCall(...fieldsOf(call), dueOf(call), write, call.offeredAt),
    );
    return holder === null ? null : readCall(holder);
  }

  async saveCall(call: Call, from: number): Promise<boolean> {
    const write = randomUUID();
    const ended = call.stage === 'ended' ? 1 : 0;
    const saved = await this.#run((redis) =>
      redis.omniSaveCall(...fieldsOf(call), dueOf(call), write, from, ended, HISTORY_PER_USER, HISTORY_TOTAL),
    );
    return saved === 1;
  }

  async recordCall(call: Call): Promise<void> {
    const [id, json, revision] = fieldsOf(call);
    const [caller = '', callee = ''] = rememberedBy(call);
    await this.#run((redis) =>
      redis.omniRecordCall(id, json, revision, caller, callee, HISTORY_PER_USER, HISTORY_TOTAL),
    );
  }

  async call(id: string): Promise<Call | null> {
    const json = await this.#run((redis) => redis.hget(`${PREFIX}call:${id}`, 'json'));
    return json === null ? null : readCall(json);
  }

  async callOf(userId: string): Promise<Call | null> {
    const id = await this.#run((redis) => redis.get(`${PREFIX}claim:${userId}`));
    const call = id === null ? null : await this.call(id);
    return call?.stage === 'ended' ? null : call;
  }

  async historyOf(userId: string, limit: number): Promise<Call[]> {
    const ids = await this.#run((redis) => redis.lrange(`${PREFIX}history:${userId}`, 0, limit - 1));
    const calls = await Promise.all(ids.map((id) => this.call(id)));
    return calls.filter((call) => call !== null);
  }

  async calls(which: 'open' | 'ended', offset: number, limit: number): Promise<Call[]> {
    const [key, last] = [`${PREFIX}${which === 'open' ? 'open' : 'history'}`, offset + limit - 1];
    return this.#run(async (redis) => {
      const ids = await (which === 'open' ? redis.zrevrange(key, offset, last) : redis.lrange(key, offset, last));
      const found = await Promise.all(ids.map((id) => redis.hget(`${PREFIX}call:${id}`, 'json')));
      return found.flatMap((json) => (json === null ? [] : readCall(json)));
    });
  }

  async putMark(name: string, value: number, forMs: number): Promise<void> {
    await this.#run((redis) => redis.set(`${PREFIX}mark:${name}`, value, 'PX', forMs));
  }

  async mark(name: string): Promise<number | null> {
    const value = await this.#run((redis) => redis.get(`${PREFIX}mark:${name}`));
    return value === null ? null : Number(value);
  }

  async putRecording(recording: Recording): Promise<void> {
    const { id, startedAt } = recording;
    await this.#run((redis) => redis.omniPutRecording(id, JSON.stringify(recording), startedAt));
  }

  async recording(id: string): Promise<Recording | null> {
    const json = await this.#run((redis) => redis.get(`${PREFIX}recording:${id}`));
    return json === null ? null : readRecording(json);
  }

  async recordings(before: Time, offset: number, limit: number): Promise<Recording[]> {
    const index = `${PREFIX}recordings`;
    return this.#run(async (redis) => {
      const ids = await redis.zrevrangebyscore(index, `(${before}`, '-inf', 'LIMIT', offset, limit);
      const found = await Promise.all(ids.map((id) => redis.get(`${PREFIX}recording:${id}`)));
      return found.flatMap((json) => (json === null ? [] : readRecording(json)));
    });
  }

  async dropRecording(id: string): Promise<boolean> {
    return this.#run(async (redis, isRepeated) => {
      const dropped = await redis.omniDropRecording(id);
      return dropped === 1 || isRepeated;
    });
  }

  async putSession(session: Session): Promise<void> {
    const { connection, endsAt, ...rest } = session;
    const { id, userId } = session;
    await this.#run((redis) =>
      redis.omniPutSession(id, userId, JSON.stringify(rest), connection ?? '', endsAt ?? '', this.#node),
    );
  }

  async session(id: string): Promise<Session | null> {
    const [json, connection, endsAt] = await this.#run((redis) =>
      redis.hmget(`${PREFIX}session:${id}`, 'json', 'connection', 'endsAt'),
    );
    return json ? readSession(json, connection ?? '', endsAt ?? '') : null;
  }

  async loseSession(id: string, connection: string, endsAt: Time): Promise<boolean> {
    return (await this.#run((redis) => redis.omniLoseSession(id, connection, endsAt))) === 1;
  }

  async dropSession(id: string, connection: string | null): Promise<boolean> {
    const session = await this.session(id);
    if (!session) return false;
    return this.#run(async (redis, isRepeated) => {
      const dropped = await redis.omniDropSession(id, session.userId, connection ?? '', session.visitor ? 1 : 0);
      return dropped === 1 || (dropped === 2 && isRepeated);
    });
  }

  async sessionsOf(userId: string): Promise<Session[]> {
    return readSessions(await this.#run((redis) => redis.omniSessionsOf(userId)));
  }

  async presenceOf(userId: string): Promise<Presence> {
    return this.#run((redis) => redis.omniPresenceOf(userId));
  }

  async userIds(): Promise<string[]> {
    return this.#run((redis) => redis.zrange(`${PREFIX}users`, '0', '-1'));
  }

  async withSession(users: readonly string[]): Promise<string[]> {
    if (users.length === 0) return [];
    const scores = await this.#run((redis) => redis.zmscore(`${PREFIX}users`, ...users));
    return users.filter((_, index) => scores[index] !== null);
  }

  async setBlocked(by: string, user: string, blocked: boolean): Promise<boolean> {
    return (await this.#run((redis) => redis.omniSetBlocked(by, user, blocked ? 1 : 0, BLOCKED_PER_USER))) === 1;
  }

  async isBlocked(by: string, user: string): Promise<boolean> {
    return (await this.#run((redis) => redis.sismember(`${PREFIX}blocks:${by}`, user))) === 1;
  }

  async blockersOf(user: string): Promise<string[]> {
    return this.#run((redis) => redis.omniBlockersOf(user));
  }

  async takeToken(key: string, limit: number, windowMs: number): Promise<boolean> {
    return (await this.#run((redis) => redis.omniTakeToken(key, limit, windowMs))) === 1;
  }

  async due(now: Time): Promise<Due> {
    if (!this.available || now < this.#lookAgainAt) return { calls: [], sessions: [], orphans: [] };
    const dueIn = (redis: Redis, index: string): Promise<string[]> =>
      redis.zrangebyscore(`${PREFIX}${index}`, '-inf', now, 'LIMIT', 0, DUE_AT_ONCE);
    const [calls, sessions, orphans, own] = await this.#run((redis) =>
      Promise.all([
        dueIn(redis, 'calls-due'),
        dueIn(redis, 'sessions-due'),
        redis.omniOrphans(),
        this.#inDoubt ? redis.omniSessionsAt(this.#node) : [],
      ]),
    );
    this.#inDoubt = false;
    const left = readSessions(own).filter(({ connection }) => connection !== null && !this.#options.holds(connection));
    return { calls, sessions, orphans: [...readSessions(orphans), ...left] };
  }

  async close(): Promise<void> {
    clearInterval(this.#signs);
    // The others need not wait for the signs of life to run out.
    if (this.#link.available) await this.#link.redis.del(`${PREFIX}node:${this.#node}`).catch(this.#options.onError);
    this.#link.close();
  }

  #run<T>(command: (redis: Redis, isRepeated: boolean) => Promise<T>): Promise<T> {
    return this.#link.run(command);
  }

  async #giveSign(): Promise<void> {
    if (!this.#link.available) return;
    const { redis } = this.#link;
    try {
      const [before] = await Promise.all([
        redis.set(`${PREFIX}node:${this.#node}`, 1, 'PX', DEAD_AFTER, 'GET'),
        redis.sadd(`${PREFIX}nodes`, this.#node),
      ]);
      if (this.#lookAgainAt === Infinity) this.#lookAgainAt = Date.now() + HOLD_OFF;
      this.#mayHaveLost = false;
      if (before === null && this.#announced) void this.#writeAgain();
      this.#announced = true;
      // Signs of life outlast the time between two looks: no node is gone before it was seen here.
      const alive = await redis.omniLiveNodes();
      const isGone = this.#alive.some((node) => !alive.includes(node));
      this.#alive = alive;
      if (isGone) this.#options.onNodeGone();
    } catch (error) {
      this.#options.onError(error);
    }
  }

  async #writeAgain(): Promise<void> {
    this.#writing += 1;
    await this.#options.onRevived().catch(this.#options.onError);
    this.#writing -= 1;
  }
}

const fieldsOf = (call: Call): [string, string, number, string, string] => [
  call.id,
  JSON.stringify(call),
  call.revision,
  call.caller.userId,
  call.callee.userId,
];

const dueOf = (call: Call): Time | '' => deadlineOf(call) ?? '';

// Only this code writes there: what is read back is what was written.
const readCall = (json: string): Call => JSON.parse(json) as Call;

const readRecording = (json: string): Recording => JSON.parse(json) as Recording;

const readSession = (json: string, connection: string, endsAt: string): Session => ({
  ...(JSON.parse(json) as Omit<Session, 'connection' | 'endsAt'>),
  connection: connection === '' ? null : connection,
  endsAt: endsAt === '' ? null : Number(endsAt),
});

/** From a flat list of json, connection, endsAt. */
function readSessions(values: readonly string[]): Session[] {
  const sessions: Session[] = [];
  for (let at = 0; at < values.length; at += 3) {
    const [json = '', connection = '', endsAt = ''] = values.slice(at, at + 3);
    sessions.push(readSession(json, connection, endsAt));
  }
  return sessions;
}

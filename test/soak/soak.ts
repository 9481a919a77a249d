import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import { LivekitRooms } from '../../server/livekit/rooms.js';
import { freePort } from '../support/free-port.js';
import { RedisServer } from '../support/redis.js';
import { ServerProcess } from '../support/server-process.js';
import { Person } from './person.js';
import { SCENARIOS } from './scenarios.js';

export interface SoakOptions {
  calls: number;
  people: number;
  /** How often one of the nodes is killed, Redis hangs or LiveKit dies. */
  faults: number;
  seed: number;
  log: (line: string) => void;
}

/** Seconds. */
const GRACE = 3;
/** Milliseconds in which what is left over at the end is gone. */
const CLEAN_WITHIN = 60_000;

/** Calls between scripted people on two nodes while things break. Rejects when anything is left over, or remembered in two ways. */
export async function soak({ calls, people, faults, seed, log }: SoakOptions): Promise<void> {
  const random = randomFrom(seed);
  const redis = await RedisServer.start();
  const livekit = await provideLivekit({ env: process.env, log });
  const { url, apiKey, apiSecret } = livekit;
  const start = (port: number): Promise<ServerProcess> =>
    ServerProcess.start({
      PORT: String(port),
      LIVEKIT_URL: url,
      LIVEKIT_API_KEY: apiKey,
      LIVEKIT_API_SECRET: apiSecret,
      REDIS_URL: redis.url,
      RESUME_GRACE: String(GRACE),
      CONNECTIONS_PER_ADDRESS: '100000',
      OFFERS_PER_MINUTE: '10000',
    });
  const [near, farPort] = [await start(await freePort()), await freePort()];
  let far = await start(farPort);
  const store = new Redis(redis.url);
  const rooms = new LivekitRooms({ url, apiKey, apiSecret });

  /** The near node lives through all of it: what leaks is found there. */
  const faultKinds: Record<string, () => Promise<void>> = {
    'a node is killed': async () => {
      await far.kill();
      far = await start(farPort);
    },
    'Redis hangs for a second': async () => {
      redis.freeze();
      await wait(1000);
      redis.thaw();
    },
    'LiveKit dies': async () => {
      if (livekit.pid !== null) process.kill(livekit.pid, 'SIGKILL');
    },
  };

  try {
    const before = await measure(near.url);
    const all = Array.from({ length: people }, (_, n) => new Person(`person-${n}`, () => [near.url, far.url], random));
    await Promise.all(all.map((person) => person.connected()));
    const heaps: number[] = [];
    let placed = 0;
    let whole = 0;
    let broken = 0;
    while (placed < calls) {
      const order = shuffled(all, random);
      const couples = Math.min(Math.floor(people / 2), calls - placed);
      const isDue = broken < Math.floor((faults * (placed + couples)) / calls);
      const [kind = '', doIt = async () => undefined] = Object.entries(faultKinds)[broken % 3] ?? [];
      const fault = isDue ? wait(random() * 500).then(doIt) : Promise.resolve();
      if (isDue) log(`${placed} calls: ${kind}`);
      const outcomes = await Promise.all(
        Array.from({ length: couples }, async (_, n) => {
          const [caller, callee] = [order[2 * n], order[2 * n + 1]];
          const scenario = SCENARIOS[Math.floor(random() * SCENARIOS.length)];
          if (!caller || !callee || !scenario) throw new Error('There are not enough people.');
          const went = await scenario(caller, callee, random).then(
            () => true,
            () => false,
          );
          await Promise.all([caller.settle(), callee.settle()]);
          return went;
        }),
      );
      await fault;
      if (isDue) broken += 1;
      placed += couples;
      whole += outcomes.filter(Boolean).length;
      heaps.push((await measure(near.url)).heap);
    }
    log(`${placed} calls, ${whole} of them untouched by the ${broken} faults`);
    assert.ok(whole > placed / 2, 'most calls failed');

    await untilNone('call is open', async () => {
      const ids = [...(await store.zrange('omni:calls-due', '0', '-1')), ...(await valuesOf(store, 'omni:claim:*'))];
      return Promise.all([...new Set(ids)].map(async (id) => (await store.hget(`omni:call:${id}`, 'json')) ?? id));
    });
    await untilNone('room is in LiveKit', () => rooms.list());
    await Promise.all(all.map((person) => person.close()));
    await untilNone('person is here', () => store.zrange('omni:users', '0', '-1'));
    await untilNone('thing is held by the node beyond what it held before', async () => {
      const { connections, sessions, timers, sockets } = await measure(near.url);
      const isClean = connections + sessions === 0 && timers <= before.timers && sockets <= before.sockets;
      return isClean ? [] : [{ connections, sessions, timers, sockets }, before];
    });
    agree(all);
    const [early, late] = [heaps.slice(0, Math.ceil(heaps.length / 3)), heaps.slice(-Math.ceil(heaps.length / 3))];
    const growth = Math.min(...late) - Math.min(...early);
    log(`heap: ${(growth / 1e6).toFixed(1)} MB more in the last third than in the first`);
    assert.ok(growth < 20e6, `the heap grew by ${growth} bytes`);
  } finally {
    store.disconnect();
    await Promise.all([near.kill(), far.kill()]);
    await livekit.close();
    await redis.stop();
  }
}

/** Everyone who was in a call was told of the same end of it. */
function agree(people: readonly Person[]): void {
  const known = new Map<string, string>();
  for (const { endings } of people) {
    for (const [call, ending] of endings) {
      const said = JSON.stringify(ending);
      assert.equal(said, known.get(call) ?? said, `two accounts of ${call}`);
      known.set(call, said);
    }
  }
}

/** What a node says of itself in its metrics. */
async function measure(url: string) {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (line: string): number =>
    Number(
      text
        .split('\n')
        .find((one) => one.startsWith(`${line} `))
        ?.split(' ')[1] ?? 0,
    );
  return {
    connections: value('omni_connections'),
    sessions: value('omni_sessions'),
    heap: value('nodejs_heap_size_used_bytes'),
    timers: value('nodejs_active_resources{type="Timeout"}'),
    sockets: value('nodejs_active_resources{type="TCPSocketWrap"}'),
  };
}

const valuesOf = async (store: Redis, pattern: string): Promise<string[]> =>
  (await Promise.all((await store.keys(pattern)).map((key) => store.get(key)))).filter((value) => value !== null);

/** Resolves once nothing is left; rejects with what is. */
async function untilNone(what: string, find: () => Promise<readonly unknown[]>): Promise<void> {
  const end = Date.now() + CLEAN_WITHIN;
  for (let left = await find(); left.length > 0; left = await find()) {
    assert.ok(
      Date.now() < end,
      `it never came to this, that no ${what}: ${left.map((one) => JSON.stringify(one)).join('\n')}`,
    );
    await wait(200);
  }
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

/** Mulberry32: the same seed, the same calls. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

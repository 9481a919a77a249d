import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { createCallServer, type CallServer } from '../../server/call-server.js';
import { RedisServer } from '../support/redis.js';
import { WsClient } from '../support/ws-client.js';

/** None of this comes as far as LiveKit. */
const LIVEKIT = { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' };
const ORIGIN = 'https://shop.example';
const KEY = 'pk_0123456789abcdef';

let redis: RedisServer;
let store: Redis;
let server: CallServer;

const visit = async (): Promise<WsClient> => {
  const visitor = await WsClient.open(server.url, { origin: ORIGIN });
  await visitor.hello({ key: KEY });
  return visitor;
};

before(async () => {
  redis = await RedisServer.start();
  store = new Redis(redis.url);
  server = await createCallServer({
    ...{ livekit: LIVEKIT, port: 0, redisUrl: redis.url, logger: pino({ level: 'silent' }) },
    auth: { keys: [{ key: KEY, origins: [ORIGIN], callees: ['desk'] }] },
  });
});
after(async () => {
  await server?.close();
  store?.disconnect();
  await redis?.stop();
});

describe('a visitor', () => {
  it('who has missed nothing leaves no mark of what it has seen', async () => {
    const visitor = await visit();
    await visitor.request('seen', {});
    assert.deepEqual(await store.keys('omni:mark:seen:*'), []);
    // Whoever has missed a call has.
    const caller = await WsClient.join(server.url, 'alice');
    await caller.leave(await caller.offer('desk'));
    const desk = await WsClient.join(server.url, 'desk');
    assert.equal(desk.welcome?.missed.length, 1);
    await desk.request('seen', {});
    assert.deepEqual(await store.keys('omni:mark:seen:*'), ['omni:mark:seen:desk']);
    await Promise.all([visitor, caller, desk].map((client) => client.close()));
  });

  it('leaves no blocks behind, of others or by others', async () => {
    const [visitor, desk] = [await visit(), await WsClient.join(server.url, 'desk')];
    const userId = visitor.welcome?.userId ?? '';
    await visitor.request('block', { user: 'desk', blocked: true });
    await desk.request('block', { user: userId, blocked: true });
    assert.equal((await store.keys('omni:block*:*')).length, 4);
    await visitor.request('bye', { closing: true });
    assert.deepEqual(await store.keys('omni:block*:*'), []);
    await Promise.all([visitor, desk].map((client) => client.close()));
  });
});

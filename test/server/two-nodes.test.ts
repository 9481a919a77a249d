import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Redis } from 'ioredis';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import type { LivekitServer } from '../../server/livekit/livekit-process.js';
import { transition } from '../../server/core/call-machine.js';
import type { Call } from '../../server/core/call.js';
import { RedisBus } from '../../server/store/redis-bus.js';
import { RedisStore } from '../../server/store/redis-store.js';
import { RedisServer } from '../support/redis.js';
import { ServerProcess } from '../support/server-process.js';
import { WsClient } from '../support/ws-client.js';

/** Seconds. */
const GRACE = 3;

let livekit: LivekitServer;
let redis: RedisServer;
let near: ServerProcess | undefined;
let far: ServerProcess | undefined;
let people = 0;

const startNode = (): Promise<ServerProcess> =>
  ServerProcess.start({
    LIVEKIT_URL: livekit.url,
    LIVEKIT_API_KEY: livekit.apiKey,
    LIVEKIT_API_SECRET: livekit.apiSecret,
    REDIS_URL: redis.url,
    RESUME_GRACE: String(GRACE),
  });

const nearUrl = (): string => near?.url ?? assert.fail('the near node does not run');
const farUrl = (): string => far?.url ?? assert.fail('the far node does not run');

/** A caller on the near node who rings a callee on the far one. */
async function ring(options: { ringTimeout?: number } = {}) {
  people += 1;
  const [alice, bob] = [`alice-${people}`, `bob-${people}`];
  const [caller, callee] = await Promise.all([WsClient.join(nearUrl(), alice), WsClient.join(farUrl(), bob)]);
  const call = await caller.offer(bob, options);
  await callee.stage(call, 'ringing');
  return { alice, bob, caller, callee, call };
}

async function connect() {
  const ringing = await ring();
  const { caller, callee, call } = ringing;
  await callee.answer(call);
  await Promise.all([caller.enter(call), callee.enter(call)]);
  await Promise.all([caller.stage(call, 'connected'), callee.stage(call, 'connected')]);
  return ringing;
}

/** Resolves with the reason when both were told the same. */
async function reasonAtBoth(call: string, ...clients: WsClient[]): Promise<string | undefined> {
  const [one, ...others] = await Promise.all(clients.map(async (client) => (await client.stage(call, 'ended')).ending));
  for (const other of others) assert.deepEqual(other, one);
  return one?.reason;
}

before(async () => {
  livekit = await provideLivekit({ env: process.env, log: console.log });
  redis = await RedisServer.start();
});
after(async () => {
  await Promise.all([near?.kill(), far?.kill()]);
  await redis?.stop();
  await livekit?.close();
});
beforeEach(async () => {
  [near, far] = await Promise.all([near, far].map((node) => (node?.isRunning ? node : startNode())));
});

describe('two call servers on one Redis', () => {
  it('carry a call between them, its messages and mutes, and who is here', async () => {
    const { alice, bob, caller, callee, call } = await connect();
    await callee.request('mute', { call, muted: { audio: true, video: false } });
    await caller.view((view) => view.callee.muted.audio);
    await caller.request('message', { call, text: 'hello' });
    assert.equal((await callee.push('message')).from, alice);
    const watcher = await WsClient.join(farUrl(), 'carol');
    assert.deepEqual((await watcher.request('watch', { users: [alice, bob] })).users, {
      [alice]: 'busy',
      [bob]: 'busy',
    });
    const { list } = await watcher.request('list', { page: 1 });
    assert.deepEqual(
      list.filter(({ user_id }) => user_id === alice || user_id === bob).map(({ call_type }) => call_type),
      ['videocall', 'videocall'],
    );
    await assert.rejects(watcher.offer(alice), { code: 'busy' });
    await callee.leave(call);
    assert.equal(await reasonAtBoth(call, caller, callee), 'completed');
    await watcher.push('presence', ({ user, state }) => user === alice && state === 'active');
  });

  it('share the limit of offers', async () => {
    const clients = await Promise.all([WsClient.join(nearUrl(), 'alice'), WsClient.join(farUrl(), 'alice')]);
    const outcomes: string[] = [];
    for (let n = 0; n < 31; n++) {
      const client = clients[n % 2];
      if (!client) throw new Error('unreachable');
      outcomes.push(
        await client.offer('nobody').then(
          (call) => client.leave(call).then(() => 'rang'),
          (error: { code: string }) => error.code,
        ),
      );
    }
    assert.deepEqual(outcomes.slice(-2), ['rang', 'rate-limited']);
  });

  it('merge two calls that go both ways at once', async () => {
    const [one, other] = await Promise.all([WsClient.join(nearUrl(), 'frank'), WsClient.join(farUrl(), 'grace')]);
    const [call, same] = await Promise.all([one.offer('grace'), other.offer('frank')]);
    assert.equal(call, same);
    await Promise.all([one.stage(call, 'connecting'), other.stage(call, 'connecting')]);
  });

  it('let a session move from one to the other, pushing out the connection left behind', async () => {
    const { alice, caller, call } = await connect();
    const moved = await WsClient.join(farUrl(), alice, { resume: caller.ticket, call });
    assert.equal(moved.welcome?.resumed, true);
    assert.equal(moved.welcome?.call?.stage, 'connected');
    assert.equal((await caller.closed).code, 4409);
  });
});

describe('a node that is killed', () => {
  it('leaves its connected call to the other, where its page takes it up', async () => {
    const { alice, caller, callee, call } = await connect();
    await near?.kill();
    await caller.closed;
    const back = await WsClient.join(farUrl(), alice, { resume: caller.ticket, call });
    assert.equal(back.welcome?.resumed, true);
    assert.equal(back.welcome?.call?.stage, 'connected');
    await back.leave(call);
    assert.equal(await reasonAtBoth(call, back, callee), 'completed');
  });

  it('leaves its ringing call to the other, where it can still be cancelled or answered', async () => {
    const { alice, caller, callee, call } = await ring();
    await near?.kill();
    await caller.closed;
    const back = await WsClient.join(farUrl(), alice, { resume: caller.ticket, call });
    assert.equal(back.welcome?.call?.stage, 'ringing');
    await callee.answer(call);
    await Promise.all([back.enter(call), callee.enter(call)]);
    await Promise.all([back.stage(call, 'connected'), callee.stage(call, 'connected')]);
  });

  it('is noticed: who does not come back is away, then lost', async () => {
    const { callee, call } = await connect();
    await near?.kill();
    await callee.view((view) => view.caller.away);
    assert.equal(await reasonAtBoth(call, callee), 'connection-lost');
  });

  it('is noticed by whoever watches: who was idle there is offline in the end, who was called is free', async () => {
    const { alice, bob } = await connect();
    const [idle, watcher] = await Promise.all([WsClient.join(nearUrl(), 'erin'), WsClient.join(farUrl(), 'carol')]);
    const before = { [alice]: 'busy', [bob]: 'busy', erin: 'active' };
    assert.deepEqual((await watcher.request('watch', { users: [alice, bob, 'erin'] })).users, before);
    await near?.kill();
    await idle.closed;
    const after = { [alice]: 'offline', [bob]: 'active', erin: 'offline' };
    for (const [person, then] of Object.entries(after))
      await watcher.push('presence', ({ user, state }) => user === person && state === then);
  });

  it('leaves its deadlines to the other: a ring ends in time', async () => {
    const { alice, caller, callee, call } = await ring({ ringTimeout: 2 });
    await near?.kill();
    const back = await WsClient.join(farUrl(), alice, { resume: caller.ticket, call });
    assert.equal(await reasonAtBoth(call, back, callee), 'no-answer');
  });
});

describe('a change that its node has stored and told nobody', () => {
  let dying: RedisStore;
  before(() => {
    const nothing = (): void => undefined;
    dying = new RedisStore({
      ...{ url: redis.url, onError: console.error, holds: () => false },
      ...{ onRevived: async () => undefined, onNodeGone: nothing },
    });
  });
  after(() => dying.close());

  /** The call as it was, and as it is stored from now on: cancelled. */
  async function cancelInSilence(id: string): Promise<{ ringing: Call; cancelled: Call }> {
    for (;;) {
      const ringing = (await dying.call(id)) ?? assert.fail('the call is not stored');
      const { session, userId } = ringing.caller;
      const outcome = transition(ringing, { type: 'leave', session: session ?? '', userId }, Date.now());
      assert.ok('call' in outcome);
      // The call's own node may note meanwhile that the room is ready.
      if (await dying.saveCall(outcome.call, ringing.revision)) return { ringing, cancelled: outcome.call };
    }
  }

  it('is told by the others once that node is dead, and nobody rings on', async () => {
    const { alice, callee, call } = await ring();
    await cancelInSilence(call);
    await near?.kill();
    const { ending } = await callee.stage(call, 'ended');
    assert.deepEqual([ending?.reason, ending?.by], ['cancelled', alice]);
  });

  it('is told to whoever watches the two: nobody is busy, or here, for ever', async () => {
    const { alice, bob, caller, call } = await ring();
    const watcher = await WsClient.join(farUrl(), 'carol');
    assert.deepEqual((await watcher.request('watch', { users: [alice, bob] })).users, {
      [alice]: 'busy',
      [bob]: 'busy',
    });
    await cancelInSilence(call);
    const { connection } = (await dying.session(caller.session)) ?? assert.fail('the session is not stored');
    assert.ok(await dying.dropSession(caller.session, connection));
    await near?.kill();
    await watcher.push('presence', ({ user, state }) => user === alice && state === 'offline');
    await watcher.push('presence', ({ user, state }) => user === bob && state === 'active');
  });

  it('is told to whoever watches once the connection on which news comes is back', async () => {
    const { bob, call } = await ring();
    const watcher = await WsClient.join(farUrl(), 'carol');
    await watcher.request('watch', { users: [bob] });
    const admin = new Redis(redis.url);
    try {
      await cancelInSilence(call);
      await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      await watcher.push('presence', ({ user, state }) => user === bob && state === 'active');
    } finally {
      admin.disconnect();
    }
  });

  it('is told to whoever leaves what was over already', async () => {
    const { alice, callee, call } = await ring();
    await cancelInSilence(call);
    await callee.leave(call);
    const { ending } = await callee.stage(call, 'ended');
    assert.deepEqual([ending?.reason, ending?.by], ['cancelled', alice]);
  });

  it('rings for nobody when it is told after the end', async () => {
    const { bob, callee, call } = await ring();
    const { ringing, cancelled } = await cancelInSilence(call);
    const slow = new RedisBus({ url: redis.url, onError: console.error, onGap: () => undefined });
    try {
      slow.publish(bob, { kind: 'call', call: cancelled });
      slow.publish(bob, { kind: 'call', call: { ...ringing, room: { ...ringing.room, ready: false } } });
      slow.publish(bob, { kind: 'text', call, to: callee.session, from: 'alice', text: 'what came after' });
      await callee.push('message');
      assert.equal(callee.calls.at(-1)?.stage, 'ended');
    } finally {
      await slow.close();
    }
  });
});

describe('a Redis that goes away', () => {
  it('stops new calls with a clear word, and keeps the running ones, however it comes back', async () => {
    const { caller, callee, call } = await connect();
    const third = await WsClient.join(nearUrl(), 'carol');
    await redis.stop();
    await assert.rejects(third.offer('dave'), { code: 'server-error', retryable: true });
    assert.equal((await fetch(`${nearUrl()}/readyz`)).status, 503);
    await redis.start();
    // It is empty now: what it knew comes back from the nodes.
    await untilReady();
    await third.leave(await third.offer('dave'));
    await callee.request('mute', { call, muted: { audio: true, video: true } });
    await caller.view((view) => view.callee.muted.audio);
    await assert.rejects(caller.offer('dave'), { code: 'already-in-call' });
    await caller.leave(call);
    assert.equal(await reasonAtBoth(call, caller, callee), 'completed');
  });

  it('lets nobody who went meanwhile seem to be here, or busy, afterwards', async () => {
    const { alice, bob, caller, callee } = await ring();
    const watcher = await WsClient.join(farUrl(), 'carol');
    await watcher.request('watch', { users: [alice, bob] });
    await redis.stop();
    await Promise.all([caller.vanish(), callee.vanish()]);
    await redis.start();
    await untilReady();
    for (const person of [alice, bob])
      await watcher.push('presence', ({ user, state }) => user === person && state === 'offline');
  });

  it('that hangs is as good as gone, until it goes on', async () => {
    const { caller, callee, call } = await connect();
    redis.freeze();
    await assert.rejects(caller.request('message', { call, text: 'hello?' }), { code: 'server-error' });
    redis.thaw();
    await untilReady();
    await caller.leave(call);
    assert.equal(await reasonAtBoth(call, caller, callee), 'completed');
  });
});

/** Resolves when both nodes say that they are ready. */
async function untilReady(): Promise<void> {
  const end = Date.now() + 15_000;
  for (const url of [nearUrl(), farUrl()])
    while (!(await fetch(`${url}/readyz`)).ok) assert.ok(Date.now() < end, `${url} does not become ready`);
}

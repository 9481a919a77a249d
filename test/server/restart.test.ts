import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import type { LivekitServer } from '../../server/livekit/livekit-process.js';
import { RedisServer } from '../support/redis.js';
import { ServerProcess } from '../support/server-process.js';
import { LivekitRooms } from '../../server/livekit/rooms.js';
import { startStack } from '../support/stack.js';
import { roomOf, WsClient } from '../support/ws-client.js';

/** Seconds. */
const GRACE = 5;
const MOVING = 4503;

let livekit: LivekitServer;
let server: ServerProcess;

const start = (settings: Record<string, string> = {}): Promise<ServerProcess> =>
  ServerProcess.start({
    LIVEKIT_URL: livekit.url,
    LIVEKIT_API_KEY: livekit.apiKey,
    LIVEKIT_API_SECRET: livekit.apiSecret,
    RESUME_GRACE: String(GRACE),
    ...settings,
  });

/** A call that bob rings for, its room ready. */
async function ring(at: { caller: string; callee: string }) {
  const [caller, callee] = await Promise.all([WsClient.join(at.caller, 'alice'), WsClient.join(at.callee, 'bob')]);
  const call = await caller.offer('bob');
  const hasRoom = (client: WsClient) => client.view(({ room }) => room !== null, 'a call with its room');
  await Promise.all([hasRoom(caller), hasRoom(callee)]);
  return { caller, callee, call };
}

async function connect(at: { caller: string; callee: string }) {
  const ringing = await ring(at);
  const { caller, callee, call } = ringing;
  await callee.answer(call);
  await Promise.all([caller.enter(call), callee.enter(call)]);
  await Promise.all([caller.stage(call, 'connected'), callee.stage(call, 'connected')]);
  return ringing;
}

/** The page's next connection, with all that it kept of the last. */
const again = (url: string, user: string, { ticket }: WsClient, call: string): Promise<WsClient> =>
  WsClient.join(url, user, { resume: ticket, call });

before(async () => {
  livekit = await provideLivekit({ env: process.env, log: console.log });
});
after(() => livekit?.close());

describe('a single call server that is killed and started again', () => {
  beforeEach(async () => {
    server = await start();
  });
  afterEach(() => server?.kill());

  const here = () => ({ caller: server.url, callee: server.url });

  async function killAndStart(): Promise<void> {
    await server.kill();
    server = await start();
  }

  it('knows sessions and a connected call again by what the pages kept', async () => {
    const { caller, callee, call } = await connect(here());
    await killAndStart();
    const alice = await again(server.url, 'alice', caller, call);
    assert.equal(alice.welcome?.resumed, true);
    assert.equal(alice.session, caller.session);
    assert.equal(alice.welcome?.call?.stage, 'connected');
    assert.equal(alice.welcome?.call?.callee.away, true);
    const bob = await again(server.url, 'bob', callee, call);
    assert.equal(bob.welcome?.call?.stage, 'connected');
    await Promise.all([alice.media(call), bob.media(call)]);
    await alice.view((view) => view.stage === 'connected' && !view.callee.away);
    await bob.leave(call);
    const [one, other] = await Promise.all([alice.stage(call, 'ended'), bob.stage(call, 'ended')]);
    assert.deepEqual(one.ending, other.ending);
    assert.equal(one.ending?.reason, 'completed');
    assert.ok((one.ending?.durationMs ?? 0) > 0);
  });

  it('rings on, and the call can be answered', async () => {
    const { caller, callee, call } = await ring(here());
    await killAndStart();
    const bob = await again(server.url, 'bob', callee, call);
    assert.equal(bob.welcome?.call?.stage, 'ringing');
    const alice = await again(server.url, 'alice', caller, call);
    assert.equal(alice.welcome?.call?.stage, 'ringing');
    await bob.answer(call);
    await Promise.all([alice.enter(call), bob.enter(call)]);
    await Promise.all([alice.stage(call, 'connected'), bob.stage(call, 'connected')]);
  });

  it('leaves its seal with each view of a call, the ring before all: a server may die before the room is made', async () => {
    const { caller, callee, call } = await connect(here());
    for (const client of [caller, callee]) {
      const views = client.calls.filter(({ session }) => session === call);
      assert.deepEqual(
        views.map(({ room, seal }) => [room !== null, seal !== undefined]),
        views.map((_, index) => [index > 0, true]),
      );
    }
  });

  it('rings anew for a call that had no room yet', async () => {
    const { caller, callee, call } = await ring(here());
    const atFirst = async (client: WsClient) => {
      const { seal } = await client.view(({ session, room }) => session === call && room === null, 'the first view');
      assert.ok(seal);
      return { resume: { ...client.ticket, seal }, call };
    };
    const [alices, bobs] = [await atFirst(caller), await atFirst(callee)];
    await killAndStart();
    const alice = await WsClient.join(server.url, 'alice', alices);
    assert.equal(alice.welcome?.call?.stage, 'ringing');
    const bob = await WsClient.join(server.url, 'bob', bobs);
    assert.equal(bob.welcome?.call?.stage, 'ringing');
  });

  it('connects a call that was on its way', async () => {
    const { caller, callee, call } = await ring(here());
    await callee.answer(call);
    await Promise.all([caller.stage(call, 'connecting'), callee.stage(call, 'connecting')]);
    await killAndStart();
    const [alice, bob] = await Promise.all([
      again(server.url, 'alice', caller, call),
      again(server.url, 'bob', callee, call),
    ]);
    await Promise.all([alice.enter(call), bob.enter(call)]);
    await Promise.all([alice.stage(call, 'connected'), bob.stage(call, 'connected')]);
  });

  it('ends a call as lost when one of the two does not come back', async () => {
    const { caller, call } = await connect(here());
    await killAndStart();
    const alice = await again(server.url, 'alice', caller, call);
    const { ending } = await alice.stage(call, 'ended');
    assert.deepEqual([ending?.reason, ending?.by], ['connection-lost', 'bob']);
  });

  it('does not bring back a call that is over, by an old seal', async () => {
    const { caller, callee, call } = await connect(here());
    const old = caller.ticket;
    const room = roomOf(await caller.stage(call, 'connected'));
    await callee.leave(call);
    await caller.stage(call, 'ended');
    await untilGone(room);
    await killAndStart();
    const alice = await WsClient.join(server.url, 'alice', { resume: old, call });
    assert.equal(alice.welcome?.resumed, true);
    assert.equal(alice.welcome?.call, null);
    assert.equal((await alice.request('list', { page: 1 })).list[0]?.state, 'active');
  });

  it('takes no seal that it did not make, and none of somebody else', async () => {
    const { caller, callee, call } = await connect(here());
    await killAndStart();
    const { seal = '', ...ticket } = caller.ticket;
    // Not the last character: some of its bits may say nothing.
    const broken = seal.replace(/.(?=..$)/, (character) => (character === 'A' ? 'B' : 'A'));
    const resumed = async (resume: WsClient['ticket']) =>
      (await WsClient.join(server.url, 'alice', { resume, call })).welcome?.resumed;
    assert.equal(await resumed({ ...ticket, seal: broken }), false);
    assert.equal(await resumed({ ...ticket, secret: callee.ticket.secret, seal }), false);
    assert.equal(await resumed({ ...ticket, seal }), true);
  });
});

describe('a call server that is told to stop', () => {
  it('sends its pages away and is out in time; the next one has the call', async () => {
    server = await start();
    try {
      const { caller, callee, call } = await connect({ caller: server.url, callee: server.url });
      server.signal('SIGTERM');
      assert.deepEqual(
        (await Promise.all([caller.closed, callee.closed])).map(({ code }) => code),
        [MOVING, MOVING],
      );
      assert.deepEqual(await server.ended, { code: 0, signal: null });
      server = await start();
      const [alice, bob] = await Promise.all([
        again(server.url, 'alice', caller, call),
        again(server.url, 'bob', callee, call),
      ]);
      assert.deepEqual(
        [alice, bob].map(({ welcome }) => welcome?.call?.stage),
        ['connected', 'connected'],
      );
    } finally {
      await server.kill();
    }
  });

  it('leaves its calls to the other node', async () => {
    const redis = await RedisServer.start();
    const nodes = await Promise.all([start({ REDIS_URL: redis.url }), start({ REDIS_URL: redis.url })]);
    const [near, far] = nodes;
    try {
      const { caller, callee, call } = await connect({ caller: near.url, callee: far.url });
      near.signal('SIGTERM');
      assert.equal((await caller.closed).code, MOVING);
      const alice = await again(far.url, 'alice', caller, call);
      assert.equal(alice.welcome?.call?.stage, 'connected');
      assert.deepEqual(await near.ended, { code: 0, signal: null });
      await alice.leave(call);
      assert.equal((await callee.stage(call, 'ended')).ending?.reason, 'completed');
    } finally {
      await Promise.all(nodes.map((node) => node.kill()));
      await redis.stop();
    }
  });

  it('waits for nobody for longer than it should', { timeout: 60_000 }, async () => {
    const stack = await startStack();
    const { pid } = stack.livekit;
    assert.ok(pid, 'this test hangs a LiveKit of its own: run it without LIVEKIT_URL');
    const { caller, call } = await ring({ caller: stack.origin, callee: stack.origin });
    // A page that hangs, and a LiveKit that does.
    caller.pause();
    process.kill(pid, 'SIGSTOP');
    const callee = await WsClient.join(stack.origin, 'bob');
    await callee.leave(call);
    const since = performance.now();
    await stack.close();
    assert.ok(performance.now() - since < 15_000);
  });
});

async function untilGone(room: string): Promise<void> {
  const { url, apiKey, apiSecret } = livekit;
  const rooms = new LivekitRooms({ url, apiKey, apiSecret });
  const end = Date.now() + 10_000;
  while (await rooms.exists(room)) assert.ok(Date.now() < end, `the room ${room} is left`);
}

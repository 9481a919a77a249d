import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import { pino } from 'pino';
import { createCallServer, type CallServer } from '../../server/call-server.js';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import type { LivekitServer } from '../../server/livekit/livekit-process.js';
import { LivekitRooms } from '../../server/livekit/rooms.js';
import { freePort } from '../support/free-port.js';
import { roomOf, WsClient } from '../support/ws-client.js';

let livekit: LivekitServer;
let server: CallServer;
let rooms: LivekitRooms;
let people = 0;

async function start(roomSweepEvery: number): Promise<void> {
  const port = await freePort();
  const webhooks = [`http://127.0.0.1:${port}/livekit/webhook`];
  livekit = await provideLivekit({ env: process.env, log: () => undefined, webhooks });
  const { url, apiKey, apiSecret } = livekit;
  rooms = new LivekitRooms({ url, apiKey, apiSecret });
  const logger = pino({ level: 'silent' });
  server = await createCallServer({
    livekit: { url, apiKey, apiSecret },
    port,
    logger,
    roomSweepEvery,
    resumeGrace: 3,
  });
}

async function stop(): Promise<void> {
  await server?.close();
  await livekit?.close();
}

async function ring() {
  people += 1;
  const [alice, bob] = [`alice-${people}`, `bob-${people}`];
  const [caller, callee] = await Promise.all([WsClient.join(server.url, alice), WsClient.join(server.url, bob)]);
  const call = await caller.offer(bob);
  const hasRoom = (client: WsClient) => client.view((view) => view.room !== null, 'a call with its room');
  const [view] = await Promise.all([hasRoom(caller), hasRoom(callee)]);
  return { alice, bob, caller, callee, call, room: roomOf(view) };
}

async function connect() {
  const ringing = await ring();
  const { caller, callee, call } = ringing;
  await callee.answer(call);
  await Promise.all([caller.enter(call), callee.enter(call)]);
  await Promise.all([caller.stage(call, 'connected'), callee.stage(call, 'connected')]);
  return ringing;
}

/** What LiveKit says to a page that would enter with this token. */
const mayEnter = async (token: string): Promise<boolean> => {
  const response = await fetch(`${livekit.url.replace('ws', 'http')}/rtc/validate?access_token=${token}`);
  return response.ok;
};

/** Both are sent on to the next room, and are connected there. */
async function moveOn({ caller, callee, call }: Awaited<ReturnType<typeof connect>>): Promise<void> {
  const [one, other] = await Promise.all([caller.enter(call, 2), callee.enter(call, 2)]);
  assert.equal(roomOf(one), roomOf(other));
  await caller.view(
    (view) => view.room?.generation === 2 && view.stage === 'connected' && !view.caller.away && !view.callee.away,
  );
  await caller.leave(call);
  const endings = await Promise.all([caller.stage(call, 'ended'), callee.stage(call, 'ended')]);
  assert.deepEqual(
    endings.map(({ ending }) => ending?.reason),
    ['completed', 'completed'],
  );
}

describe('what LiveKit tells by webhook', () => {
  before(() => start(60));
  after(stop);

  /** An event as LiveKit would post it. */
  async function post(event: object, sign: { key?: string; secret?: string; body?: string } = {}): Promise<number> {
    const body = JSON.stringify(event);
    const token = new AccessToken(sign.key ?? livekit.apiKey, sign.secret ?? livekit.apiSecret);
    token.sha256 = createHash('sha256').update(body).digest('base64');
    const response = await fetch(`${server.url}/livekit/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/webhook+json', authorization: await token.toJwt() },
      body: sign.body ?? body,
    });
    return response.status;
  }

  it('that a room is gone, moves its call to another, with nobody in it reporting', async () => {
    const connected = await connect();
    await rooms.close(connected.room);
    await moveOn(connected);
  });

  it('that somebody left, marks them away, and ends the call when they stay away', async () => {
    const { alice, caller, callee, call, room } = await connect();
    const left = {
      event: 'participant_left',
      room: { name: room, metadata: `omni-call ${call}` },
      participant: { identity: caller.session },
    };
    assert.equal(await post(left), 204);
    await callee.view((view) => view.caller.away);
    const { ending } = await callee.stage(call, 'ended');
    assert.deepEqual([ending?.reason, ending?.by], ['media-failed', alice]);
  });

  it('is believed only when LiveKit has signed it', async () => {
    const { callee, call, room, caller } = await connect();
    const event = { event: 'room_finished', room: { name: room, metadata: `omni-call ${call}` } };
    assert.equal(await post(event, { secret: 'x'.repeat(32) }), 401);
    assert.equal(await post(event, { key: 'another' }), 401);
    assert.equal(await post(event, { body: JSON.stringify({ ...event, id: 'changed' }) }), 401);
    const unsigned = await fetch(`${server.url}/livekit/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/webhook+json' },
      body: JSON.stringify(event),
    });
    assert.equal(unsigned.status, 401);
    await callee.request('ping', {});
    assert.ok(callee.calls.every((view) => (view.room?.generation ?? 1) === 1));
    await caller.leave(call);
  });

  it('of rooms and events that are of no concern, changes nothing', async () => {
    for (const event of [
      { event: 'room_finished', room: { name: 'elsewhere', metadata: 'somebody else' } },
      { event: 'room_finished', room: { name: 'elsewhere', metadata: 'omni-call unknown' } },
      { event: 'track_published' },
      { event: 'a_new_one', novelty: 1 },
    ])
      assert.equal(await post(event), 204);
  });
});

describe('a pass to a room', () => {
  before(() => start(60));
  after(stop);

  it('is of no use once the call is over', async () => {
    const { caller, callee, call } = await connect();
    const tokens = [caller, callee].map(
      (client) => client.calls.findLast(({ room }) => room !== null)?.room?.token ?? '',
    );
    for (const token of tokens) assert.equal(await mayEnter(token), true);
    const room = roomOf(await caller.stage(call, 'connected'));
    await callee.leave(call);
    await caller.stage(call, 'ended');
    await untilGone(room);
    for (const token of tokens) assert.equal(await mayEnter(token), false);
    assert.equal(await rooms.exists(room), false);
  });

  it('leaves no room behind however fast the call is cancelled', async () => {
    const caller = await WsClient.join(server.url, 'hasty');
    for (let n = 0; n < 10; n++) await caller.leave(await caller.offer('nobody-there'));
    const end = Date.now() + 10_000;
    while ((await rooms.list()).length > 0) assert.ok(Date.now() < end, 'a room is left');
  });
});

describe('a LiveKit that dies', () => {
  before(() => start(0.5));
  after(stop);

  it('is back with other rooms, to which the calls move, with nobody reporting it', async () => {
    const connected = await connect();
    const { pid } = livekit;
    assert.ok(pid, 'this test kills a LiveKit of its own: run it without LIVEKIT_URL');
    process.kill(pid, 'SIGKILL');
    await moveOn(connected);
  });

  it('makes the server say that it is not ready, until it is back', async () => {
    const { pid } = livekit;
    assert.ok(pid);
    process.kill(pid, 'SIGSTOP');
    const readyz = () => fetch(`${server.url}/readyz`);
    assert.deepEqual([(await readyz()).status, (await fetch(`${server.url}/healthz`)).status], [503, 200]);
    process.kill(pid, 'SIGCONT');
    assert.equal((await readyz()).status, 200);
  });

  it('leaves no room of a call that ended while it was away', async () => {
    const { caller, callee, call, room } = await connect();
    const { pid } = livekit;
    assert.ok(pid);
    process.kill(pid, 'SIGSTOP');
    await caller.leave(call);
    assert.equal((await callee.stage(call, 'ended')).ending?.reason, 'completed');
    process.kill(pid, 'SIGCONT');
    await untilGone(room);
  });

  it('leaves no room that it made anew for a page on its way in as the call ended', async () => {
    const { caller, call, room } = await ring();
    await caller.leave(call);
    await untilGone(room);
    const { url, apiKey, apiSecret } = livekit;
    await new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret).createRoom({ name: room });
    assert.ok(await rooms.exists(room));
    await untilGone(room);
  });
});

async function untilGone(room: string): Promise<void> {
  const end = Date.now() + 15_000;
  while (await rooms.exists(room)) assert.ok(Date.now() < end, `the room ${room} is left`);
}

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LivekitRooms } from '../../server/livekit/rooms.js';
import { startStack, type Stack } from '../support/stack.js';
import { roomOf, WsClient } from '../support/ws-client.js';

let stack: Stack;
let rooms: LivekitRooms;
let people = 0;

/** Names that no other test uses. */
const names = (): [string, string, string] => {
  people += 1;
  return [`alice-${people}`, `bob-${people}`, `carol-${people}`];
};
const join = (user: string, hello = {}) => WsClient.join(stack.origin, user, hello);
const codeOf = (request: Promise<unknown>) =>
  request.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? String(error),
  );

/** Two people in a connected call. */
async function connect() {
  const [alice, bob] = names();
  const [caller, callee] = await Promise.all([join(alice), join(bob)]);
  const call = await caller.offer(bob);
  await callee.stage(call, 'ringing');
  await callee.answer(call);
  await Promise.all([caller.enter(call), callee.enter(call)]);
  await Promise.all([caller.stage(call, 'connected'), callee.stage(call, 'connected')]);
  return { alice, bob, caller, callee, call };
}

/** How a call ended, which both sides are to be told alike. */
async function endingAtBoth(call: string, ...clients: WsClient[]) {
  const endings = await Promise.all(clients.map(async (client) => (await client.stage(call, 'ended')).ending));
  const told = endings.map((ending) => ({ reason: ending?.reason, by: ending?.by }));
  for (const one of told) assert.deepEqual(one, told[0]);
  return told[0];
}

before(async () => {
  stack = await startStack({ ringTimeout: 60, resumeGrace: 1, sessionsPerUser: 4, offersPerMinute: 6 });
  const { url, apiKey, apiSecret } = stack.livekit;
  rooms = new LivekitRooms({ url, apiKey, apiSecret });
});
after(() => stack?.close());

describe('a call, over real sockets', () => {
  it('is offered, rings, is answered, connects, and ends for both when one hangs up', async () => {
    const { alice, bob, caller, callee, call } = await connect();
    const ringing = await callee.stage(call, 'ringing');
    assert.equal(ringing.role, 'callee');
    assert.equal(ringing.caller.userId, alice);
    assert.equal(ringing.caller.identity, caller.session);
    assert.equal((await caller.stage(call, 'connected')).callee.identity, callee.session);
    await caller.leave(call);
    assert.deepEqual(await endingAtBoth(call, caller, callee), { reason: 'completed', by: alice });
    const { list } = await caller.request('list', { page: 1 });
    assert.deepEqual(
      list.filter(({ user_id }) => user_id === alice || user_id === bob).map(({ state }) => state),
      ['active', 'active'],
    );
  });

  it('gives each side its own pass to one room, and closes the room with the call', async () => {
    const { caller, callee, call } = await connect();
    const [one, other] = await Promise.all([caller.stage(call, 'connected'), callee.stage(call, 'connected')]);
    assert.ok(one.room && other.room);
    assert.notEqual(one.room.token, other.room.token);
    const room = roomOf(one);
    assert.equal(roomOf(other), room);
    assert.ok(await rooms.exists(room));
    await callee.leave(call);
    await caller.stage(call, 'ended');
    await untilGone(room);
  });

  it('is told to a page when there is something else to show, and not when somebody comes into the room', async () => {
    const [alice, bob] = names();
    const [caller, callee] = await Promise.all([join(alice), join(bob)]);
    const call = await caller.offer(bob);
    await Promise.all([caller.enter(call), callee.enter(call)]);
    await callee.answer(call);
    await callee.stage(call, 'connected');
    assert.deepEqual(
      callee.calls.map(({ stage, room }) => [stage, room !== null]),
      [
        ['ringing', false],
        ['ringing', true],
        ['connected', true],
      ],
    );
  });

  it('is declined by the callee', async () => {
    const [alice, bob] = names();
    const [caller, callee] = await Promise.all([join(alice), join(bob)]);
    const call = await caller.offer(bob);
    await callee.stage(call, 'ringing');
    await callee.leave(call);
    assert.deepEqual(await endingAtBoth(call, caller, callee), { reason: 'declined', by: bob });
  });

  it('is cancelled by the caller', async () => {
    const [alice, bob] = names();
    const [caller, callee] = await Promise.all([join(alice), join(bob)]);
    const call = await caller.offer(bob);
    await callee.stage(call, 'ringing');
    await caller.leave(call);
    assert.deepEqual(await endingAtBoth(call, caller, callee), { reason: 'cancelled', by: alice });
    assert.equal(await codeOf(callee.answer(call)), 'no-such-call');
  });

  it('is not answered: the ring times out', async () => {
    const [alice, bob] = names();
    const [caller, callee] = await Promise.all([join(alice), join(bob)]);
    const call = await caller.offer(bob, { ringTimeout: 1 });
    assert.deepEqual(await endingAtBoth(call, caller, callee), { reason: 'no-answer', by: 'server' });
  });

  it('ends as unreachable when nobody of the callee was ever there', async () => {
    const [alice, bob] = names();
    const caller = await join(alice);
    const call = await caller.offer(bob, { ringTimeout: 1 });
    assert.equal((await caller.stage(call, 'ringing')).ringMsLeft !== null, true);
    assert.deepEqual(await endingAtBoth(call, caller), { reason: 'unreachable', by: 'server' });
  });

  it('rings a callee who arrives while the offer is open', async () => {
    const [alice, bob] = names();
    const caller = await join(alice);
    const call = await caller.offer(bob, { data: { topic: 'invoice' } });
    const callee = await join(bob, { displayName: 'Bob' });
    assert.equal(callee.welcome?.call?.session, call);
    assert.deepEqual(callee.welcome?.call?.data, { topic: 'invoice' });
    const { session } = await callee.request('answer', { caller: alice, muted: { audio: false, video: false } });
    assert.equal(session, call);
    assert.equal((await caller.stage(call, 'connecting')).callee.displayName, 'Bob');
  });

  it('tells who answers too late how the call ended', async () => {
    const [alice, bob] = names();
    const caller = await join(alice);
    const call = await caller.offer(bob);
    await caller.leave(call);
    const callee = await join(bob);
    const late = callee.request('answer', { caller: alice, muted: { audio: false, video: false } });
    assert.equal(await codeOf(late), 'no-such-call');
    assert.equal((await callee.stage(call, 'ended')).ending?.reason, 'cancelled');
  });

  it('tells who answers too late, by the caller, of that call and not of one before it', async () => {
    const [alice, bob] = names();
    const [caller, quick] = await Promise.all([join(alice), join(bob)]);
    await caller.leave(await caller.offer(bob));
    const call = await caller.offer(bob);
    await quick.answer(call);
    const slow = await join(bob);
    const late = slow.request('answer', { caller: alice, muted: { audio: false, video: false } });
    assert.equal(await codeOf(late), 'no-such-call');
    const told = await slow.view(({ stage }) => stage === 'ended');
    assert.deepEqual([told.session, told.ending?.reason], [call, 'answered-elsewhere']);
  });

  it('is refused as busy while the callee rings or talks, and leaves that call alone', async () => {
    const [alice, bob, carol] = names();
    const [caller, callee, third] = await Promise.all([join(alice), join(bob), join(carol)]);
    const call = await caller.offer(bob);
    await callee.stage(call, 'ringing');
    assert.equal(await codeOf(third.offer(bob)), 'busy');
    const refused = await third.view(({ stage }) => stage === 'ended');
    assert.deepEqual(refused.ending, { reason: 'busy', by: bob, durationMs: 0 });
    await callee.answer(call);
    assert.equal(await codeOf(third.offer(alice)), 'busy');
    assert.equal((await callee.stage(call, 'connecting')).stage, 'connecting');
    assert.deepEqual(
      callee.calls.filter(({ session }) => session !== call),
      [],
    );
  });

  it('cannot be offered to oneself, nor by somebody who is in one', async () => {
    const { alice, caller, callee } = await connect();
    const again = await join(alice);
    assert.equal(await codeOf(caller.offer(alice)), 'bad-request');
    assert.equal(await codeOf(again.offer('somebody-else')), 'already-in-call');
    assert.equal(await codeOf(callee.offer('somebody-else')), 'already-in-call');
  });

  it('is the same call for the same offer, however often it is sent', async () => {
    const [alice, bob] = names();
    const [caller, callee] = await Promise.all([join(alice), join(bob)]);
    const offers = await Promise.all([1, 2, 3].map(() => caller.offer(bob, { offerId: 'once' })));
    assert.equal(new Set(offers).size, 1);
    await callee.stage(offers[0] ?? '', 'ringing');
    await caller.leave(offers[0] ?? '');
    assert.equal(await caller.offer(bob, { offerId: 'once' }), offers[0]);
    await callee.request('ping', {});
    assert.equal(new Set(callee.calls.map(({ session }) => session)).size, 1);
  });

  it('becomes one call when both call each other at once', async () => {
    const [alice, bob] = names();
    const [one, other] = await Promise.all([join(alice), join(bob)]);
    const [call, same] = await Promise.all([one.offer(bob), other.offer(alice)]);
    assert.equal(call, same);
    await Promise.all([one.enter(call), other.enter(call)]);
    const views = await Promise.all([one.stage(call, 'connected'), other.stage(call, 'connected')]);
    assert.equal(views.filter(({ role }) => role === 'caller').length, 1);
    await one.leave(call);
    assert.deepEqual(await endingAtBoth(call, one, other), { reason: 'completed', by: alice });
  });

  it('stays with the device that answered first, and the others are told', async () => {
    const [alice, bob] = names();
    const [caller, phone, laptop] = await Promise.all([join(alice), join(bob), join(bob)]);
    const call = await caller.offer(bob);
    await Promise.all([phone.stage(call, 'ringing'), laptop.stage(call, 'ringing')]);
    const codes = await Promise.all([codeOf(phone.answer(call)), codeOf(laptop.answer(call))]);
    assert.deepEqual(codes.sort(), ['no error', 'no-such-call']);
    const { callee } = await caller.stage(call, 'connecting');
    const [taker, left] = callee.identity === phone.session ? [phone, laptop] : [laptop, phone];
    await taker.stage(call, 'connecting');
    assert.deepEqual((await left.stage(call, 'ended')).ending, {
      reason: 'answered-elsewhere',
      by: bob,
      durationMs: 0,
    });
    assert.equal(await codeOf(left.leave(call)), 'not-allowed');
  });

  it('stops ringing everywhere when one device declines', async () => {
    const [alice, bob] = names();
    const [caller, phone, laptop] = await Promise.all([join(alice), join(bob), join(bob)]);
    const call = await caller.offer(bob);
    await Promise.all([phone.stage(call, 'ringing'), laptop.stage(call, 'ringing')]);
    await phone.leave(call);
    assert.equal((await laptop.stage(call, 'ended')).ending?.reason, 'declined-elsewhere');
    assert.deepEqual(await endingAtBoth(call, caller, phone), { reason: 'declined', by: bob });
  });

  it('carries mutes, screens, given-up pictures and messages to the other side, and nobody else may send them', async () => {
    const { alice, bob, caller, callee, call } = await connect();
    const stranger = await join(`${bob}-stranger`);
    await callee.request('mute', { call, muted: { audio: true, video: false } });
    await caller.view((view) => view.callee.muted.audio && !view.callee.muted.video);
    await callee.request('share', { call, on: true });
    await caller.view((view) => view.callee.sharing);
    await callee.request('voice-only', { call, on: true });
    await caller.view((view) => view.callee.voiceOnly);
    await caller.request('message', { call, text: '<b>hello</b>' });
    const said = await callee.push('message');
    assert.deepEqual(said, { type: 'message', call, from: alice, text: '<b>hello</b>' });
    const forbidden = {
      mute: { muted: { audio: true, video: true } },
      share: { on: true },
      'voice-only': { on: true },
      message: { text: 'hi' },
    };
    for (const [type, body] of Object.entries(forbidden))
      assert.equal(await codeOf(stranger.request(type as 'mute', { call, ...body } as never)), 'no-such-call');
    assert.equal(await codeOf(stranger.leave(call)), 'no-such-call');
    assert.deepEqual(stranger.pushes, []);
  });

  it('ends for both with the reason of whoever has no camera or microphone to give', async () => {
    const [alice, bob] = names();
    const [caller, callee] = await Promise.all([join(alice), join(bob)]);
    const call = await caller.offer(bob);
    await callee.answer(call);
    await callee.leave(call, 'permission-denied');
    assert.deepEqual(await endingAtBoth(call, caller, callee), { reason: 'permission-denied', by: bob });
  });
});

describe('a page that goes and comes', () => {
  it('is back in its call after a lost connection, the other side having seen it away', async () => {
    const { alice, caller, callee, call } = await connect();
    await caller.vanish();
    await callee.view((view) => view.caller.away);
    const back = await join(alice, { resume: caller.ticket, call });
    assert.equal(back.welcome?.resumed, true);
    assert.equal(back.session, caller.session);
    assert.equal(back.welcome?.call?.stage, 'connected');
    await back.media(call);
    const away = callee.calls.findIndex((view) => view.caller.away);
    await callee.view((view) => !view.caller.away && callee.calls.indexOf(view) > away);
    await back.leave(call);
    assert.deepEqual(await endingAtBoth(call, back, callee), { reason: 'completed', by: alice });
  });

  it('ends the call as lost when it stays away', async () => {
    const { alice, caller, callee, call } = await connect();
    await caller.vanish();
    assert.deepEqual(await endingAtBoth(call, callee), { reason: 'connection-lost', by: alice });
    const late = await join(alice, { resume: caller.ticket, call });
    assert.equal(late.welcome?.resumed, false);
    assert.equal(late.welcome?.call, null);
    assert.deepEqual(late.welcome?.over?.ending, (await callee.stage(call, 'ended')).ending);
  });

  it('is told, when it comes too late, what became of the call on another device, and only of its own calls', async () => {
    const [alice, bob] = names();
    const [caller, phone, laptop] = await Promise.all([join(alice), join(bob), join(bob)]);
    const call = await caller.offer(bob);
    await Promise.all([phone.stage(call, 'ringing'), laptop.stage(call, 'ringing')]);
    await laptop.request('bye', { closing: true });
    await phone.answer(call);
    const late = await join(bob, { resume: laptop.ticket, call });
    assert.equal(late.welcome?.over?.ending?.reason, 'answered-elsewhere');
    await phone.leave(call);
    await caller.stage(call, 'ended');
    const spy = await join(`${bob}-spy`, { resume: caller.ticket, call });
    assert.equal(spy.welcome?.over, undefined);
  });

  it('ends a call as lost that its person was told was lost', async () => {
    const { alice, caller, callee, call } = await connect();
    await caller.leave(call, 'connection-lost');
    assert.deepEqual(await endingAtBoth(call, caller, callee), { reason: 'connection-lost', by: alice });
  });

  it('ends the call at once when it says that it closes for good', async () => {
    const { alice, caller, callee, call } = await connect();
    await caller.request('bye', { closing: true });
    assert.deepEqual(await endingAtBoth(call, callee), { reason: 'completed', by: alice });
  });

  it('is not closed for good by a bye that may be a reload', async () => {
    const { alice, caller, callee, call } = await connect();
    await caller.request('bye', { closing: false });
    await caller.close();
    await callee.view((view) => view.caller.away);
    const back = await join(alice, { resume: caller.ticket, call });
    assert.equal(back.welcome?.call?.stage, 'connected');
  });

  it('pushes an older connection of the same session out', async () => {
    const [alice] = names();
    const first = await join(alice);
    const second = await join(alice, { resume: first.ticket });
    assert.equal(second.session, first.session);
    assert.equal((await first.closed).code, 4409);
    await second.request('ping', {});
  });

  it('does not resume with another secret, or as somebody else', async () => {
    const [alice, bob] = names();
    const { ticket } = await join(alice);
    const guess = await join(alice, { resume: { ...ticket, secret: 'A'.repeat(22) } });
    assert.equal(guess.welcome?.resumed, false);
    const thief = await join(bob, { resume: ticket });
    assert.equal(thief.welcome?.resumed, false);
    assert.notEqual(thief.session, ticket.session);
  });
});

describe('who is here', () => {
  it('is pushed to whoever watches', async () => {
    const [alice, bob, carol] = names();
    const watcher = await join(carol);
    assert.deepEqual((await watcher.request('watch', { users: [alice, bob] })).users, {
      [alice]: 'offline',
      [bob]: 'offline',
    });
    const state = (user: string, state: string) =>
      watcher.push('presence', (push) => push.user === user && push.state === state);
    const [caller, callee] = await Promise.all([join(alice), join(bob)]);
    await Promise.all([state(alice, 'active'), state(bob, 'active')]);
    const call = await caller.offer(bob);
    await Promise.all([state(alice, 'busy'), state(bob, 'busy')]);
    await caller.leave(call);
    await callee.request('bye', { closing: true });
    await state(bob, 'offline');
  });

  it('is listed in pages', async () => {
    const [alice] = names();
    const asker = await join(alice);
    const { page, count, list } = await asker.request('list', { page: 1 });
    assert.equal(page, 1);
    assert.ok(list.length <= 50 && list.length <= count);
    assert.deepEqual((await asker.request('list', { page: 1000 })).list, []);
  });

  it('is kept from whom somebody has blocked, who cannot call either', async () => {
    const [alice, bob] = names();
    const [caller, callee] = await Promise.all([join(alice), join(bob)]);
    await callee.request('block', { user: alice, blocked: true });
    assert.equal(await codeOf(caller.offer(bob)), 'not-allowed');
    const refused = await caller.view(({ stage }) => stage === 'ended');
    assert.deepEqual(refused.ending, { reason: 'not-allowed', by: 'server', durationMs: 0 });
    assert.deepEqual((await caller.request('watch', { users: [bob] })).users, { [bob]: 'offline' });
    assert.deepEqual(callee.pushes, []);
    await callee.request('block', { user: alice, blocked: false });
    await callee.stage(await caller.offer(bob), 'ringing');
  });
});

describe('limits', () => {
  it('holds a person to so many offers in a minute', async () => {
    const [alice, bob] = names();
    const caller = await join(alice);
    for (let n = 0; n < 6; n++) await caller.leave(await caller.offer(bob));
    assert.equal(await codeOf(caller.offer(bob)), 'rate-limited');
  });

  it('holds a person to so many sessions', async () => {
    const [alice] = names();
    for (let n = 0; n < 4; n++) await join(alice);
    assert.equal(await codeOf(join(alice)), 'rate-limited');
  });
});

/** LiveKit tells nobody here when a room is gone: it is asked. */
async function untilGone(room: string): Promise<void> {
  const end = Date.now() + 10_000;
  while (await rooms.exists(room)) assert.ok(Date.now() < end, `the room ${room} is still there`);
}

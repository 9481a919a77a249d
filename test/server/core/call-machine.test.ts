import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CallEvent, Outcome } from '../../../server/core/call-events.js';
import { deadlineOf, type Call } from '../../../server/core/call.js';
import { offered, refusedAtOnce, transition } from '../../../server/core/call-machine.js';
import { after, answerBy, BEGIN, CONNECT, GRACE, mediaOf, offerOf, RING, SITUATIONS, type Situation } from './calls.js';

/** What came of an event, in few words. */
function words(outcome: Outcome): string {
  if ('unchanged' in outcome) return '-';
  if ('refused' in outcome) return outcome.refused.code;
  const { call, effects } = outcome;
  const what = call.end ? `${call.end.reason} by ${call.end.by}` : call.stage;
  const done = effects.map((effect) => effect.do).join(', ');
  return done === '' ? what : `${what}: ${done}`;
}

const leaveBy = (session: string, userId: string, why?: 'permission-denied' | 'media-failed'): CallEvent => ({
  type: 'leave',
  session,
  userId,
  ...(why && { why }),
});

/** An hour: past every deadline. */
const LATE = BEGIN + 3_600_000;

interface Row {
  event: CallEvent;
  at?: number;
  expected: Record<Situation, string>;
}

const all = (
  offered: string,
  ringing: string,
  waiting: string,
  connecting: string,
  connected: string,
  away: string,
  ended: string,
): Row['expected'] => ({ offered, ringing, waiting, connecting, connected, away, ended });

const closing = (what: string): string => `${what}: close-room`;
const CANCELLED = closing('cancelled by alice');
const DECLINED = closing('declined by bob');
const BY_ALICE = closing('completed by alice');
const BY_BOB = closing('completed by bob');
const LOST_ALICE = closing('connection-lost by alice');
const LOST_BOB = closing('connection-lost by bob');
const NEXT_ROOM = 'close-room, make-room';

// prettier-ignore
const TABLE: Record<string, Row> = {
  //                                                                                        offered             ringing             waiting                  connecting              connected             away                    ended
  'room ready':                { event: { type: 'room-ready', generation: 1 },       expected: all('ringing',          '-',                '-',                     '-',                    '-',                  '-',                    '-') },
  'room of another time ready':{ event: { type: 'room-ready', generation: 2 },       expected: all('-',                '-',                '-',                     '-',                    '-',                  '-',                    '-') },
  'room failed':               { event: { type: 'room-failed', generation: 1 },      expected: all(closing('media-failed by server'), closing('media-failed by server'), closing('media-failed by server'), closing('media-failed by server'), closing('media-failed by server'), closing('media-failed by server'), '-') },
  'room of another time failed':{ event: { type: 'room-failed', generation: 2 },     expected: all('-',                '-',                '-',                     '-',                    '-',                  '-',                    '-') },
  'callee reached':            { event: { type: 'reached', displayName: 'Bob' },     expected: all('ringing',          '-',                '-',                     '-',                    '-',                  '-',                    '-') },
  'answer':                    { event: answerBy('b1'),                              expected: all('connecting',       'connecting',       'connected',             '-',                    '-',                  '-',                    'no-such-call') },
  'answer on another device':  { event: answerBy('b2'),                              expected: all('connecting',       'connecting',       'connecting: expel',     'no-such-call',         'no-such-call',       'no-such-call',         'no-such-call') },
  'answer by somebody else':   { event: { ...answerBy('c'), userId: 'carol' } as CallEvent, expected: all('no-such-call', 'no-such-call',  'no-such-call',          'no-such-call',         'no-such-call',       'no-such-call',         'no-such-call') },
  'answer by the caller':      { event: { ...answerBy('a'), userId: 'alice' } as CallEvent, expected: all('no-such-call', 'no-such-call',  'no-such-call',          'no-such-call',         'no-such-call',       'no-such-call',         'no-such-call') },
  'caller leaves':             { event: leaveBy('a', 'alice'),                       expected: all(CANCELLED,          CANCELLED,          CANCELLED,               BY_ALICE,               BY_ALICE,             BY_ALICE,               '-') },
  "caller's other device leaves": { event: leaveBy('a2', 'alice'),                   expected: all('not-allowed',      'not-allowed',      'not-allowed',           'not-allowed',          'not-allowed',        'not-allowed',          '-') },
  'callee leaves':             { event: leaveBy('b1', 'bob'),                        expected: all(DECLINED,           DECLINED,           DECLINED,                BY_BOB,                 BY_BOB,               BY_BOB,                 '-') },
  "callee's other device leaves": { event: leaveBy('b2', 'bob'),                     expected: all(DECLINED,           DECLINED,           DECLINED,                'not-allowed',          'not-allowed',        'not-allowed',          '-') },
  'somebody else leaves':      { event: leaveBy('c', 'carol'),                       expected: all('no-such-call',     'no-such-call',     'no-such-call',          'no-such-call',         'no-such-call',       'no-such-call',         'no-such-call') },
  'caller may not use devices':{ event: leaveBy('a', 'alice', 'permission-denied'),  expected: all(closing('permission-denied by alice'), closing('permission-denied by alice'), closing('permission-denied by alice'), closing('permission-denied by alice'), closing('permission-denied by alice'), closing('permission-denied by alice'), '-') },
  'callee has no media':       { event: leaveBy('b1', 'bob', 'media-failed'),        expected: all(closing('media-failed by bob'), closing('media-failed by bob'), closing('media-failed by bob'), closing('media-failed by bob'), closing('media-failed by bob'), closing('media-failed by bob'), '-') },
  'caller joins the room':     { event: mediaOf('a', 'joined'),                      expected: all('-',                '-',                '-',                     '-',                    '-',                  '-',                    '-') },
  'callee joins the room':     { event: mediaOf('b1', 'joined'),                     expected: all('-',                'ringing',          '-',                     'connected',            '-',                  '-',                    '-') },
  "callee's media is away":    { event: mediaOf('b1', 'away'),                       expected: all('-',                '-',                'ringing',               'connecting',           'connected',          'connected',            '-') },
  'caller loses the room':     { event: mediaOf('a', 'lost'),                        expected: all('-',                     `ringing: ${NEXT_ROOM}`, `ringing: ${NEXT_ROOM}`, `connecting: ${NEXT_ROOM}`, `connected: ${NEXT_ROOM}`, `connected: ${NEXT_ROOM}`, '-') },
  'a room of before is lost':  { event: mediaOf('a', 'lost', 0),                     expected: all('-',                '-',                '-',                     '-',                    '-',                  '-',                    '-') },
  'a stranger joins the room': { event: mediaOf('c', 'joined', 1, 'carol'),          expected: all('-',                '-',                '-',                     '-',                    '-',                  '-',                    '-') },
  "caller's link breaks":      { event: { type: 'link', session: 'a', up: false },   expected: all('ringing',          'ringing',          'ringing',               'connecting',           'connected',          '-',                    '-') },
  "caller's link is back":     { event: { type: 'link', session: 'a', up: true },    expected: all('-',                '-',                '-',                     '-',                    '-',                  'connected',            '-') },
  "callee's link breaks":      { event: { type: 'link', session: 'b1', up: false },  expected: all('-',                '-',                '-',                     'connecting',           'connected',          'connected',            '-') },
  "caller's page is back":     { event: { type: 'resumed', session: 'a' },           expected: all('ringing',          'ringing',          'ringing',               'connecting',           'connected',          'connected',            '-') },
  "callee's page is back":     { event: { type: 'resumed', session: 'b1' },          expected: all('-',                '-',                'ringing',               'connecting',           'connected',          'connected',            '-') },
  'a stranger is back':        { event: { type: 'resumed', session: 'c' },           expected: all('-',                '-',                '-',                     '-',                    '-',                  '-',                    '-') },
  'caller closes the page':    { event: { type: 'gone', session: 'a', closed: true },  expected: all(CANCELLED,        CANCELLED,          CANCELLED,               BY_ALICE,               BY_ALICE,             BY_ALICE,               '-') },
  'caller does not come back': { event: { type: 'gone', session: 'a', closed: false }, expected: all(LOST_ALICE,       LOST_ALICE,         LOST_ALICE,              LOST_ALICE,             LOST_ALICE,           LOST_ALICE,             '-') },
  'callee closes the page':    { event: { type: 'gone', session: 'b1', closed: true }, expected: all('-',              '-',                'ringing',               BY_BOB,                 BY_BOB,               BY_BOB,                 '-') },
  'callee does not come back': { event: { type: 'gone', session: 'b1', closed: false }, expected: all('-',             '-',                'ringing',               LOST_BOB,               LOST_BOB,             LOST_BOB,               '-') },
  'a stranger is gone':        { event: { type: 'gone', session: 'c', closed: true },  expected: all('-',              '-',                '-',                     '-',                    '-',                  '-',                    '-') },
  'caller mutes':              { event: { type: 'mute', session: 'a', muted: { audio: true, video: false } }, expected: all('ringing', 'ringing', 'ringing',                 'connecting',           'connected',          'connected',            'no-such-call') },
  'caller mutes nothing new':  { event: { type: 'mute', session: 'a', muted: { audio: false, video: false } }, expected: all('-', '-',    '-',                     '-',                    '-',                  '-',                    'no-such-call') },
  "callee's other device mutes": { event: { type: 'mute', session: 'b2', muted: { audio: true, video: true } }, expected: all('no-such-call', 'no-such-call', 'no-such-call', 'no-such-call',       'no-such-call',       'no-such-call',         'no-such-call') },
  'caller shares the screen':  { event: { type: 'share', session: 'a', on: true },   expected: all('ringing',          'ringing',          'ringing',               'connecting',           'connected',          'connected',            'no-such-call') },
  'a stranger shares':         { event: { type: 'share', session: 'c', on: true },   expected: all('no-such-call',     'no-such-call',     'no-such-call',          'no-such-call',         'no-such-call',       'no-such-call',         'no-such-call') },
  'caller can only listen':    { event: { type: 'voice-only', session: 'a', on: true }, expected: all('ringing',          'ringing',          'ringing',               'connecting',           'connected',          'connected',            'no-such-call') },
  'a stranger only listens':   { event: { type: 'voice-only', session: 'c', on: true }, expected: all('no-such-call',     'no-such-call',     'no-such-call',          'no-such-call',         'no-such-call',       'no-such-call',         'no-such-call') },
  'a deadline that is not due':{ event: { type: 'deadline' },                        expected: all('-',                '-',                '-',                     '-',                    '-',                  '-',                    '-') },
  'a deadline':                { event: { type: 'deadline' }, at: LATE,              expected: all(closing('unreachable by server'), closing('no-answer by server'), closing('no-answer by server'), closing('media-failed by bob'), '-', LOST_ALICE,          '-') },
  'the back end ends it':      { event: { type: 'end' },                             expected: all(closing('ended-by-server by server'), closing('ended-by-server by server'), closing('ended-by-server by server'), closing('ended-by-server by server'), closing('ended-by-server by server'), closing('ended-by-server by server'), '-') },
};

describe('the rules of a call', () => {
  for (const [name, { event, at, expected }] of Object.entries(TABLE)) {
    for (const [situation, make] of Object.entries(SITUATIONS)) {
      it(`${situation}, ${name}: ${expected[situation as Situation]}`, () => {
        const before = make();
        const copy = structuredClone(before);
        const outcome = transition(before, event, at ?? BEGIN + 1);
        assert.equal(words(outcome), expected[situation as Situation]);
        assert.deepEqual(before, copy, 'a call is replaced, never changed');
        if ('call' in outcome) assert.equal(outcome.call.revision, before.revision + 1);
      });
    }
  }

  it('cover every event', () => {
    const events = new Set(Object.values(TABLE).map(({ event }) => event.type));
    const known: Record<CallEvent['type'], true> = {
      'room-ready': true,
      'room-failed': true,
      reached: true,
      answer: true,
      leave: true,
      media: true,
      link: true,
      resumed: true,
      gone: true,
      mute: true,
      share: true,
      'voice-only': true,
      record: true,
      recording: true,
      deadline: true,
      end: true,
    };
    // Recording has a table of its own.
    assert.deepEqual([...events, 'record', 'recording'].sort(), Object.keys(known).sort());
  });
});

describe('a call that is over before it rings', () => {
  for (const [reason, by] of [
    ['busy', 'bob'],
    ['not-allowed', 'server'],
    ['replaced', 'alice'],
  ] as const) {
    it(`${reason} by ${by}`, () => {
      const call = refusedAtOnce(offerOf(), reason, BEGIN);
      assert.equal(call.stage, 'ended');
      assert.deepEqual(call.end, { reason, by, session: 'a', at: BEGIN, goesOn: null });
      assert.equal(deadlineOf(call), null);
    });
  }
});

describe('a page that comes back', () => {
  it('is away until it has said that its media is there too', () => {
    const back = after(SITUATIONS.away(), { type: 'resumed', session: 'a' });
    assert.equal(back.caller.link, 'up');
    assert.equal(back.caller.media, 'away');
    assert.notEqual(back.caller.lostSince, null);
    assert.equal(after(back, mediaOf('a', 'joined')).caller.lostSince, null);
  });

  it('has the whole grace period for its media, and ends the call when it never gets there', () => {
    const outcome = transition(SITUATIONS.away(), { type: 'resumed', session: 'a' }, BEGIN + GRACE);
    assert.ok('call' in outcome);
    assert.equal(deadlineOf(outcome.call), BEGIN + 2 * GRACE);
    assert.equal(
      words(transition(outcome.call, { type: 'deadline' }, BEGIN + 2 * GRACE)),
      'media-failed by alice: close-room',
    );
  });

  it('does not count as waiting in the room, having rung there before', () => {
    const back = after(SITUATIONS.waiting(), { type: 'resumed', session: 'b1' });
    assert.equal(words(transition(back, answerBy('b1'), BEGIN + 1)), 'connecting');
  });
});

describe('deadlines', () => {
  it('to connect are missed by whoever is not even linked then', () => {
    const call = after(SITUATIONS.connecting(), { type: 'link', session: 'a', up: false });
    const late = { ...call, caller: { ...call.caller, lostSince: BEGIN + CONNECT } };
    const outcome = transition(late, { type: 'deadline' }, BEGIN + 1 + CONNECT);
    assert.equal(words(outcome), 'connection-lost by alice: close-room');
  });

  it('of a ring is its time-out', () => {
    assert.equal(deadlineOf(SITUATIONS.ringing()), BEGIN + RING);
  });

  it('of a ring whose caller is away is the end of the grace period', () => {
    const call = after(SITUATIONS.ringing(), { type: 'link', session: 'a', up: false });
    assert.equal(deadlineOf(call), BEGIN + 1 + GRACE);
  });

  it('of a call that connects', () => {
    assert.equal(deadlineOf(SITUATIONS.connecting()), BEGIN + 1 + CONNECT);
  });

  it('has a connected call only while somebody is away', () => {
    assert.equal(deadlineOf(SITUATIONS.connected()), null);
    assert.equal(deadlineOf(SITUATIONS.away()), BEGIN + 1 + GRACE);
    const back = after(SITUATIONS.away(), { type: 'link', session: 'a', up: true });
    assert.equal(deadlineOf(back), null);
  });

  it('starts anew for the media of a call whose room was lost', () => {
    const call = after(SITUATIONS.connected(), mediaOf('b1', 'lost'));
    assert.equal(deadlineOf(call), BEGIN + 1 + GRACE);
    const outcome = transition(call, { type: 'deadline' }, BEGIN + 1 + GRACE);
    assert.equal(words(outcome), 'media-failed by server: close-room');
  });

  it('ends by whoever never joined the new room', () => {
    const call = after(
      SITUATIONS.connected(),
      mediaOf('b1', 'lost'),
      { type: 'room-ready', generation: 2 },
      mediaOf('a', 'joined', 2),
    );
    const outcome = transition(call, { type: 'deadline' }, LATE);
    assert.equal(words(outcome), 'media-failed by bob: close-room');
  });
});

describe('what is sent', () => {
  const party = (outcome: Outcome, role: 'caller' | 'callee') => ('call' in outcome ? outcome.call[role] : null);

  it('a video call is answered with voice only', () => {
    const outcome = transition(SITUATIONS.ringing(), answerBy('b1', 'audiocall'), BEGIN + 1);
    assert.deepEqual(party(outcome, 'callee')?.muted, { audio: false, video: true });
    assert.equal('call' in outcome && outcome.call.callType, 'videocall');
  });

  it('a voice call has no camera, whatever either side wished', () => {
    const { call } = offered(offerOf('audiocall'), BEGIN);
    assert.deepEqual(call.caller.muted, { audio: false, video: true });
    const outcome = transition(call, answerBy('b1', 'videocall'), BEGIN + 1);
    assert.deepEqual(party(outcome, 'callee')?.muted, { audio: false, video: true });
  });

  it('a camera switched on makes a voice call a video call, and opens the way for both, but no camera of the other', () => {
    const call = after(offered(offerOf('audiocall'), BEGIN).call, answerBy('b1'));
    const outcome = transition(call, { type: 'mute', session: 'a', muted: { audio: false, video: false } }, BEGIN + 1);
    assert.ok('call' in outcome);
    assert.equal(outcome.call.callType, 'videocall');
    assert.deepEqual(outcome.call.callee.muted, { audio: false, video: true });
    assert.deepEqual(outcome.effects, [
      { do: 'admit', session: 'a' },
      { do: 'admit', session: 'b1' },
    ]);
  });

  it('who came into the room before its call was a video call may send a picture all the same', () => {
    const showing: CallEvent = { type: 'mute', session: 'a', muted: { audio: false, video: false } };
    const room: CallEvent = { type: 'room-ready', generation: 1 };
    const admitted = (call: Call, event: CallEvent): readonly unknown[] => {
      const outcome = transition(call, event, BEGIN + 2);
      assert.ok('call' in outcome);
      return outcome.effects.filter((effect) => effect.do === 'admit');
    };
    const ringing = after(offered(offerOf('audiocall'), BEGIN).call, room, showing);
    const waiting = after(ringing, mediaOf('b1', 'joined'));
    assert.deepEqual(admitted(waiting, answerBy('b1')), [{ do: 'admit', session: 'b1' }]);
    const onTheWay = after(ringing, answerBy('b1'));
    assert.deepEqual(admitted(onTheWay, mediaOf('b1', 'joined')), [{ do: 'admit', session: 'b1' }]);
    const video = after(offered(offerOf('videocall'), BEGIN).call, room, answerBy('b1'));
    assert.deepEqual(admitted(video, mediaOf('b1', 'joined')), [], 'a video call needs nothing more');
  });
});

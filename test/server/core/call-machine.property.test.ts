import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RECORDING_WISHES } from '../../../src/protocol/call.js';
import type { CallEvent, Effect, RecordingReport } from '../../../server/core/call-events.js';
import { viewFor } from '../../../server/core/call-view.js';
import { deadlineOf, type Call, type Time } from '../../../server/core/call.js';
import { offered, transition } from '../../../server/core/call-machine.js';
import { answerBy, BEGIN, mediaOf, offerOf } from './calls.js';

/** Histories that are tried; `SEED` tries one seed again. */
const RUNS = 10_000;
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

/** Whoever may do something: both sides' devices, a stranger, and what the server does by itself. */
const PEOPLE = { a: 'alice', a2: 'alice', b1: 'bob', b2: 'bob', c: 'carol' } as const;
const session = fc.constantFrom(...(Object.keys(PEOPLE) as (keyof typeof PEOPLE)[]));
const someone = session.map((id) => ({ session: id, userId: PEOPLE[id] }));
const muted = fc.record({ audio: fc.boolean(), video: fc.boolean() });
const callType = fc.constantFrom('videocall' as const, 'audiocall' as const);
const generation = fc.integer({ min: 1, max: 3 });

const event: fc.Arbitrary<CallEvent> = fc.oneof(
  fc.record({ type: fc.constant('room-ready' as const), generation }),
  fc.record({ type: fc.constant('room-ready' as const), generation }),
  fc.record({ type: fc.constant('reached' as const), displayName: fc.constant('Bob') }),
  fc.tuple(someone, callType, fc.boolean(), muted).map(([who, type, record, wish]) => ({
    type: 'answer' as const,
    ...who,
    displayName: null,
    callType: type,
    record,
    muted: wish,
  })),
  fc
    .tuple(someone, generation, fc.constantFrom('joined' as const, 'joined' as const, 'away' as const, 'lost' as const))
    .map(([who, of, state]) => ({ type: 'media' as const, ...who, generation: of, state })),
  fc.record({ type: fc.constant('link' as const), session, up: fc.boolean() }),
  fc.record({ type: fc.constant('resumed' as const), session }),
  fc.record({ type: fc.constant('mute' as const), session, muted }),
  fc.record({ type: fc.constantFrom('share' as const, 'voice-only' as const), session, on: fc.boolean() }),
  fc
    .tuple(someone, fc.constantFrom(...RECORDING_WISHES))
    .map(([who, wish]) => ({ type: 'record' as const, ...who, wish })),
  fc.record({
    type: fc.constant('recording' as const),
    state: fc.constantFrom(
      'recording',
      'paused',
      'stopped',
      'ready',
      'failed',
      'deleted',
    ) as fc.Arbitrary<RecordingReport>,
  }),
  fc.constant({ type: 'deadline' as const }),
  // What ends most histories is rarer.
  fc.oneof(
    { weight: 4, arbitrary: someone.map((who) => ({ type: 'leave' as const, ...who })) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('gone' as const), session, closed: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('room-failed' as const), generation }) },
    { weight: 1, arbitrary: fc.constant({ type: 'end' as const }) },
  ),
);
/** How a call comes to be connected: chance alone seldom goes that way. */
const WAY: readonly CallEvent[] = [
  { type: 'room-ready', generation: 1 },
  mediaOf('a', 'joined'),
  answerBy('b1'),
  mediaOf('b1', 'joined'),
];
const steps = fc.array(fc.tuple(event, fc.constantFrom(1, 1, 100, 10_000, 21_000)), { maxLength: 30, size: 'max' });
/** Some of that way, then anything. */
const history = fc
  .tuple(fc.nat({ max: WAY.length }), steps)
  .map(([length, rest]) => [...WAY.slice(0, length).map((each): [CallEvent, number] => [each, 1]), ...rest]);

/** What holds of every call at every time. */
function check(call: Call): void {
  if (call.stage !== 'ringing') assert.deepEqual(call.waiting, [], 'only a ring has devices that wait');
  if (call.stage === 'connecting' || call.stage === 'connected') assert.notEqual(call.callee.session, null);
  assert.equal(call.stage === 'ended', call.end !== null);
  assert.equal(call.end?.reason === 'no-answer' && !call.reached, false);
  const isQuiet = [call.caller, call.callee].every(({ lostSince }) => lostSince === null);
  if (call.stage !== 'ended') assert.equal(deadlineOf(call) === null, call.stage === 'connected' && isQuiet);
  if (call.callType === 'audiocall') assert.ok(call.caller.muted.video && call.callee.muted.video);
  for (const [id, userId] of Object.entries(PEOPLE)) {
    const view = viewFor(call, id, userId, null, BEGIN);
    const isInside = id === call.caller.session || id === call.callee.session;
    if (id === 'c' || id === 'a2')
      assert.equal(view, null, 'strangers and the other devices of the caller see nothing');
    else if (isInside) {
      assert.deepEqual([view?.ending?.reason, view?.ending?.by], [call.end?.reason, call.end?.by]);
    } else if (view && call.stage !== 'ringing') assert.equal(view.stage, 'ended', 'nothing rings on elsewhere');
  }
}

/** What becomes of a recording before, or without, a recorder. */
const NOT_YET: ReadonlySet<string> = new Set(['off', 'requested', 'declined']);

/** The rooms that these effects leave. */
function rooms(call: Call, effects: readonly Effect[], open: Set<string>): void {
  for (const effect of effects) {
    if (effect.do === 'make-room') open.add(call.room.name);
    if (effect.do === 'close-room') open.delete(effect.room);
  }
}

describe('the rules of a call, in any order of events', () => {
  it(`keep their promises, in ${RUNS} histories from seed ${SEED}`, () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(callType, fc.boolean(), history, (type, record, events) => {
        const open = new Set<string>();
        let recorders = 0;
        const first = offered(offerOf(type, record), BEGIN);
        let call = first.call;
        let now: Time = BEGIN;
        rooms(call, first.effects, open);
        const take = (each: CallEvent): boolean => {
          const outcome = transition(call, each, now);
          if (!('call' in outcome)) return false;
          if (call.stage === 'ended') assert.equal(each.type, 'recording', 'nothing else is told after the end');
          assert.equal(outcome.call.revision, call.revision + 1);
          call = outcome.call;
          reached.add(call.end?.reason ?? call.stage);
          rooms(call, outcome.effects, open);
          if (outcome.effects.some((effect) => effect.do === 'record')) {
            recorders += 1;
            assert.ok(record && call.stage === 'connected' && recorders === 1, 'one recorder, once both are there');
          }
          if (recorders === 0) assert.ok(NOT_YET.has(call.recording), 'nothing is recorded without a recorder');
          check(call);
          return true;
        };
        for (const [each, ms] of events) {
          now += ms;
          take(each);
        }
        // Both stay away: whatever came before, that is the end within the deadlines.
        take({ type: 'link', session: 'a', up: false });
        for (let at = deadlineOf(call); at !== null; at = deadlineOf(call)) {
          now = Math.max(now, at);
          assert.ok(take({ type: 'deadline' }), 'a deadline that is due ends the call');
        }
        assert.equal(call.stage, 'ended');
        assert.deepEqual([...open], [], 'no room is left');
      }),
      { numRuns: RUNS, seed: SEED, includeErrorInReport: true },
    );
    // What never happens is never wrong.
    for (const what of ['ringing', 'connecting', 'connected', 'completed', 'declined', 'cancelled', 'connection-lost'])
      assert.ok(reached.has(what), `no history came to ${what}`);
  });
});

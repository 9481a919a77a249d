import type { CallType } from '../../../src/protocol/call.js';
import type { CallEvent } from '../../../server/core/call-events.js';
import type { Call } from '../../../server/core/call.js';
import { offered, transition, type Offer } from '../../../server/core/call-machine.js';

/** When every call of these tests was offered. */
export const BEGIN = 1_000_000;
export const RING = 60_000;
export const CONNECT = 30_000;
export const GRACE = 20_000;

/** Alice calls Bob. `a` is her session; `b1` and `b2` are his devices. */
export const offerOf = (callType: CallType = 'videocall', record = false): Offer => ({
  id: 'call',
  callType,
  caller: { userId: 'alice', displayName: 'Alice', session: 'a' },
  callee: 'bob',
  muted: { audio: false, video: false },
  data: null,
  record,
  ringTimeout: RING,
  room: 'room',
  limits: { connect: CONNECT, grace: GRACE },
});

const ON = { audio: false, video: false };

export const answerBy = (session: string, callType: CallType = 'videocall', record = true): CallEvent => ({
  type: 'answer',
  session,
  userId: 'bob',
  displayName: 'Bob',
  callType,
  record,
  muted: ON,
});

export const mediaOf = (
  session: string,
  state: 'joined' | 'away' | 'lost',
  generation = 1,
  userId = session === 'a' ? 'alice' : 'bob',
): CallEvent => ({ type: 'media', session, userId, generation, state });

/** The call after these events. Throws where one is refused or changes nothing: then the test has it wrong. */
export function after(call: Call, ...events: readonly CallEvent[]): Call {
  return events.reduce((before, event) => {
    const outcome = transition(before, event, BEGIN + 1);
    if ('call' in outcome) return outcome.call;
    throw new Error(`${event.type} did not change the call: ${JSON.stringify(outcome)}`);
  }, call);
}

const ready: CallEvent = { type: 'room-ready', generation: 1 };
const reached: CallEvent = { type: 'reached', displayName: 'Bob' };

const newCall = (): Call => offered(offerOf(), BEGIN).call;
const ringing = (): Call => after(newCall(), ready, reached, mediaOf('a', 'joined'));
const connecting = (): Call => after(ringing(), answerBy('b1'));
const connected = (): Call => after(connecting(), mediaOf('b1', 'joined'));

/** A call in each situation that the rules tell apart. */
export const SITUATIONS = {
  /** Nobody of the callee's has been told. */
  offered: newCall,
  ringing,
  /** A device of the callee waits in the room. */
  waiting: () => after(ringing(), mediaOf('b1', 'joined')),
  connecting,
  connected,
  /** The caller's connection is lost. */
  away: () => after(connected(), { type: 'link', session: 'a', up: false }),
  ended: () => after(connected(), { type: 'leave', session: 'b1', userId: 'bob' }),
} satisfies Record<string, () => Call>;
export type Situation = keyof typeof SITUATIONS;

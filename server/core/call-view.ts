import type { CallView, Ending, PartyView, RoomAccess } from 'omni-call/protocol';
import { roleOf, sideOf, type Call, type Party, type Time } from './call.js';

const partyView = ({ userId, displayName, session, muted, sharing, voiceOnly, lostSince }: Party): PartyView => ({
  userId,
  displayName,
  // A session's id is its identity in the room: unique, so that a second device never evicts the first.
  identity: session,
  muted,
  sharing,
  voiceOnly,
  away: lostSince !== null,
});

function endingFor(call: Call, session: string): Ending | null {
  if (call.callee.session !== null && sideOf(call, session) === null) {
    return { reason: 'answered-elsewhere', by: call.callee.userId, durationMs: 0 };
  }
  if (!call.end) return null;
  const { reason, by, at } = call.end;
  const elsewhere = reason === 'declined' && by === call.callee.userId && call.end.session !== session;
  return {
    reason: elsewhere && sideOf(call, session) === null ? 'declined-elsewhere' : reason,
    by,
    durationMs: call.connectedAt === null ? 0 : at - call.connectedAt,
  };
}

/** Whether this session is to be in the room, or to wait in it. */
export const mayEnter = (call: Call, session: string, userId: string): boolean =>
  call.room.ready &&
  call.stage !== 'ended' &&
  (sideOf(call, session) !== null || (call.stage === 'ringing' && userId === call.callee.userId));

/** What of a call no page is shown, or not as it is. */
const UNSEEN: ReadonlySet<string> = new Set(['revision', 'waiting', 'caller', 'callee'] satisfies (keyof Call)[]);

const same = (one: unknown, other: unknown): boolean => one === other || JSON.stringify(one) === JSON.stringify(other);

/** Whether no page sees a difference between these states of a call. Pure. */
export const looksTheSame = (one: Call, other: Call): boolean =>
  (Object.keys(one) as (keyof Call)[]).every((key) => UNSEEN.has(key) || same(one[key], other[key])) &&
  same(partyView(one.caller), partyView(other.caller)) &&
  same(partyView(one.callee), partyView(other.callee));

/** The call as this session sees it; null for one that it has no part in. Pure. */
export function viewFor(
  call: Call,
  session: string,
  userId: string,
  room: RoomAccess | null,
  now: Time,
): CallView | null {
  const role = sideOf(call, session) ?? roleOf(call, userId);
  // The caller's other devices have nothing to do with a call that rings elsewhere.
  if (role === null || (role === 'caller' && call.caller.session !== session)) return null;
  const ending = endingFor(call, session);
  const stage = ending ? 'ended' : call.stage;
  return {
    session: call.id,
    revision: call.revision,
    stage,
    role,
    callType: call.callType,
    caller: partyView(call.caller),
    callee: partyView(call.callee),
    ringMsLeft: stage === 'ringing' ? Math.max(0, call.ringEndsAt - now) : null,
    connectedMsAgo: stage !== 'ended' && call.connectedAt !== null ? now - call.connectedAt : null,
    data: call.data,
    recording: call.recording,
    room: stage === 'ended' ? null : room,
    ending,
  };
}

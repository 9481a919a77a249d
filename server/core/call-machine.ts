import { BY_SERVER, CALL_TYPE, type CallType, type EndReason, type Json, type Muted } from 'omni-call/protocol';
import { deadlineOf, roleOf, sideOf, type Call, type CallLimits, type Party, type Role, type Time } from './call.js';
import type { CallEvent, Effect, Outcome } from './call-events.js';
import { isReport, recordingAtTheEnd, recordingWished } from './call-recording.js';

/*
 * The rules of a call. Each event is one function below; the chart is what they add up to.
 *
 *            offer
 *              │
 *         ┌────▼────┐   answer    ┌────────────┐  both in the room  ┌───────────┐
 *         │ ringing ├────────────►│ connecting ├───────────────────►│ connected │
 *         └────┬────┘             └─────┬──────┘                    └─────┬─────┘
 *              │ leave: cancelled       │ leave: completed                │ leave: completed
 *              │   or declined          │ deadline: media-failed          │ deadline: connection-lost
 *              │ deadline: no-answer    │   or connection-lost            │   or media-failed
 *              │   or unreachable       │                                 │
 *              ▼                        ▼                                 ▼
 *         ┌──────────────────────────────── ended ──────────────────────────────┐
 *         └─────────────────────────────────────────────────────────────────────┘
 *
 * In any stage: who is in the call and lost for longer than the grace period ends it in connection-lost, whose page
 * was closed as if it had left; `end` in ended-by-server, a room that cannot be made in media-failed, leave with a
 * reason of media in that reason. A link or a room that is lost for a while moves no stage: it is marked on its party,
 * and the deadline waits for it. Nothing leaves `ended`.
 *
 * What becomes of an offer to be recorded has a chart of its own: `call-recording.ts`.
 */

export interface Offer {
  readonly id: string;
  readonly callType: CallType;
  readonly caller: { readonly userId: string; readonly displayName: string | null; readonly session: string };
  readonly callee: string;
  readonly muted: Muted;
  readonly data: Json;
  readonly record: boolean;
  /** Milliseconds. */
  readonly ringTimeout: number;
  readonly room: string;
  readonly limits: CallLimits;
}

const SILENT: Muted = { audio: true, video: true };

/** What of a person's wish fits the call: no camera in a voice call. */
const mutedIn = (callType: CallType, { audio, video }: Muted): Muted => ({
  audio,
  video: video || callType === CALL_TYPE.AUDIO_CALL,
});

/** A new call, ringing. `reached`: the device of the callee that is told at once, where there is one. */
export function offered(
  offer: Offer,
  now: Time,
  reached: { readonly displayName: string | null } | null = null,
): { call: Call; effects: readonly Effect[] } {
  const call: Call = {
    id: offer.id,
    revision: 1,
    stage: 'ringing',
    callType: offer.callType,
    offeredAs: offer.callType,
    caller: {
      ...offer.caller,
      muted: mutedIn(offer.callType, offer.muted),
      sharing: false,
      voiceOnly: false,
      link: 'up',
      media: 'out',
      lostSince: null,
    },
    callee: {
      userId: offer.callee,
      displayName: reached?.displayName ?? null,
      session: null,
      muted: SILENT,
      sharing: false,
      voiceOnly: false,
      link: 'up',
      media: 'out',
      lostSince: null,
    },
    data: offer.data,
    recording: offer.record ? 'requested' : 'off',
    recordingWish: 'on',
    recordingProblem: null,
    room: { name: offer.room, generation: 1, ready: false },
    waiting: [],
    reached: reached !== null,
    offeredAt: now,
    ringEndsAt: now + offer.ringTimeout,
    answeredAt: null,
    connectedAt: null,
    end: null,
    limits: offer.limits,
  };
  return { call, effects: [{ do: 'make-room', generation: 1 }] };
}

/** A call that was over before it rang: busy, not allowed, or merged with the call that came the other way. */
export function refusedAtOnce(
  offer: Offer,
  reason: 'busy' | 'not-allowed' | 'replaced',
  now: Time,
  goesOn: string | null = null,
): Call {
  const { call } = offered(offer, now);
  const by = reason === 'busy' ? offer.callee : reason === 'not-allowed' ? BY_SERVER : offer.caller.userId;
  const end = { reason, by, session: offer.caller.session, at: now, goesOn };
  return { ...call, stage: 'ended', end, recording: recordingAtTheEnd(call.recording) };
}

const UNCHANGED: Outcome = { unchanged: true };

const refuse = (code: 'no-such-call' | 'not-allowed' | 'bad-request', message: string): Outcome => ({
  refused: { code, message },
});

// In the words for a call that there never was.
const NO_SUCH_CALL = refuse('no-such-call', 'There is no such call.');
const NOT_IN_IT = refuse('no-such-call', 'This device is not in the call.');

const over = (call: Call): Outcome =>
  refuse('no-such-call', `The call is over: ${call.end?.reason ?? 'ended'}, by ${call.end?.by ?? BY_SERVER}.`);

const changed = (call: Call, change: Partial<Call>, effects: readonly Effect[] = []): Outcome => ({
  call: { ...call, ...change, revision: call.revision + 1 },
  effects,
});

const withParty = (call: Call, role: Role, change: Partial<Party>): Partial<Call> => ({
  [role]: { ...call[role], ...change },
});

function end(call: Call, reason: EndReason, by: string, session: string | null, now: Time): Outcome {
  return changed(
    call,
    {
      stage: 'ended',
      waiting: [],
      end: { reason, by, session, at: now, goesOn: null },
      recording: recordingAtTheEnd(call.recording),
    },
    [{ do: 'close-room', room: call.room.name }],
  );
}

/** Marks since when a party cannot be reached, or that it can again. */
function reckon(party: Party, stage: Call['stage'], now: Time): Party {
  const here = party.session === null || (party.link === 'up' && (stage !== 'connected' || party.media === 'joined'));
  if (here) return party.lostSince === null ? party : { ...party, lostSince: null };
  return party.lostSince === null ? { ...party, lostSince: now } : party;
}

/** Moves on to `connected` once both are in the room, and keeps the parties' `lostSince` right. */
function settle(call: Call, change: Partial<Call>, now: Time, effects: readonly Effect[] = []): Outcome {
  const next = { ...call, ...change };
  const both = next.caller.media === 'joined' && next.callee.media === 'joined';
  const connects = next.stage === 'connecting' && both;
  const stage = connects ? 'connected' : next.stage;
  // Nobody is recorded before both are there to see it.
  const recorder: readonly Effect[] = connects && next.recording === 'requested' ? [{ do: 'record' }] : [];
  return changed(
    next,
    {
      stage,
      connectedAt: stage === 'connected' ? (next.connectedAt ?? now) : null,
      caller: reckon(next.caller, stage, now),
      callee: reckon(next.callee, stage, now),
    },
    [...effects, ...recorder],
  );
}

/** Lets somebody send a picture who came into the room of a call that was a voice call still. */
const widened = (call: Call, session: string): readonly Effect[] =>
  call.callType === call.offeredAs ? [] : [{ do: 'admit', session }];

function answer(call: Call, event: Extract<CallEvent, { type: 'answer' }>, now: Time): Outcome {
  if (event.userId !== call.callee.userId) return NO_SUCH_CALL;
  // A repeated answer of the device that answered is the same answer, its reply having been lost.
  if (call.callee.session === event.session) return UNCHANGED;
  if (call.stage !== 'ringing') return refuse('no-such-call', 'Another device of yours has answered.');
  const voiceOnly = event.callType === CALL_TYPE.AUDIO_CALL;
  const callee: Party = {
    ...call.callee,
    displayName: event.displayName,
    session: event.session,
    muted: mutedIn(voiceOnly ? CALL_TYPE.AUDIO_CALL : call.callType, event.muted),
    media: call.waiting.includes(event.session) ? 'joined' : 'out',
  };
  const others = call.waiting.filter((session) => session !== event.session);
  const effects: Effect[] = others.length > 0 ? [{ do: 'expel', sessions: others }] : [];
  const recording = call.recording === 'requested' && !event.record ? 'declined' : call.recording;
  const change = { stage: 'connecting', answeredAt: now, reached: true, callee, waiting: [], recording } as const;
  return settle(call, change, now, [...effects, ...(callee.media === 'joined' ? widened(call, event.session) : [])]);
}

function leave(call: Call, event: Extract<CallEvent, { type: 'leave' }>, now: Time): Outcome {
  const role = roleOf(call, event.userId);
  if (role === null) return NO_SUCH_CALL;
  const side = sideOf(call, event.session);
  const mayDecline = call.stage === 'ringing' && role === 'callee';
  if (side === null && !mayDecline) return refuse('not-allowed', 'Another device of yours is in this call.');
  const plain: EndReason = call.stage !== 'ringing' ? 'completed' : role === 'callee' ? 'declined' : 'cancelled';
  return end(call, event.why ?? plain, event.userId, event.session, now);
}

function media(call: Call, event: Extract<CallEvent, { type: 'media' }>, now: Time): Outcome {
  // Nobody can be in, or lose, a room that is not there yet.
  if (event.generation !== call.room.generation || !call.room.ready) return UNCHANGED;
  const side = sideOf(call, event.session);
  if (side === null) return wait(call, event);
  if (event.state === 'lost') return nextRoom(call, now);
  if (call[side].media === event.state) return UNCHANGED;
  const effects = event.state === 'joined' ? widened(call, event.session) : [];
  return settle(call, withParty(call, side, { media: event.state }), now, effects);
}

/** A device of the callee goes into the room, or out of it, while it rings. */
function wait(call: Call, event: Extract<CallEvent, { type: 'media' }>): Outcome {
  if (call.stage !== 'ringing' || event.userId !== call.callee.userId) return UNCHANGED;
  const others = call.waiting.filter((session) => session !== event.session);
  const waiting = event.state === 'joined' ? [...others, event.session] : others;
  return waiting.length === call.waiting.length ? UNCHANGED : changed(call, { waiting });
}

function waitNoMore(call: Call, session: string): Outcome {
  const waiting = call.waiting.filter((each) => each !== session);
  return waiting.length === call.waiting.length ? UNCHANGED : changed(call, { waiting });
}

function link(call: Call, event: Extract<CallEvent, { type: 'link' }>, now: Time): Outcome {
  const side = sideOf(call, event.session);
  const link = event.up ? 'up' : 'down';
  if (side === null || call[side].link === link) return UNCHANGED;
  return settle(call, withParty(call, side, { link }), now);
}

/** What is known of its media may be of the page before the reload: the grace period counts anew until it says more. */
function resumed(call: Call, event: Extract<CallEvent, { type: 'resumed' }>, now: Time): Outcome {
  const side = sideOf(call, event.session);
  if (side === null) return waitNoMore(call, event.session);
  const media = call[side].media === 'joined' ? 'away' : call[side].media;
  return settle(call, withParty(call, side, { link: 'up', media, lostSince: null }), now);
}

/** The room is gone: both move to a new one. The second to report the same loss finds it already replaced. */
function nextRoom(call: Call, now: Time): Outcome {
  const generation = call.room.generation + 1;
  const room = { name: `${call.room.name.replace(/\.\d+$/, '')}.${generation}`, generation, ready: false };
  const out = { media: 'out' } as const;
  return settle(
    call,
    { room, waiting: [], caller: { ...call.caller, ...out }, callee: { ...call.callee, ...out } },
    now,
    [
      { do: 'close-room', room: call.room.name },
      { do: 'make-room', generation },
    ],
  );
}

function gone(call: Call, event: Extract<CallEvent, { type: 'gone' }>, now: Time): Outcome {
  const side = sideOf(call, event.session);
  if (side === null) return waitNoMore(call, event.session);
  const left: EndReason = call.stage === 'ringing' ? 'cancelled' : 'completed';
  return end(call, event.closed ? left : 'connection-lost', call[side].userId, event.session, now);
}

function mute(call: Call, event: Extract<CallEvent, { type: 'mute' }>): Outcome {
  const side = sideOf(call, event.session);
  if (side === null) return NOT_IN_IT;
  const before = call[side].muted;
  const { audio, video } = event.muted;
  if (before.audio === audio && before.video === video) return UNCHANGED;
  // Showing oneself needs nobody's leave. The other side's camera stays off until its own act.
  const callType = video ? call.callType : CALL_TYPE.VIDEO_CALL;
  const becomesVideo = callType !== call.callType;
  const sessions = becomesVideo ? [call.caller.session, call.callee.session].filter((id) => id !== null) : [];
  return changed(
    call,
    { callType, ...withParty(call, side, { muted: event.muted }) },
    sessions.map((session) => ({ do: 'admit', session })),
  );
}

/** What one side says of itself to the other. */
function say(call: Call, { session, on }: { session: string; on: boolean }, what: 'sharing' | 'voiceOnly'): Outcome {
  const side = sideOf(call, session);
  if (side === null) return NOT_IN_IT;
  return call[side][what] === on ? UNCHANGED : changed(call, withParty(call, side, { [what]: on }));
}

function record(call: Call, event: Extract<CallEvent, { type: 'record' }>): Outcome {
  const side = sideOf(call, event.session);
  const mayDecline = call.stage === 'ringing' && call.callee.userId === event.userId && event.wish === 'off';
  if (side === null && !mayDecline) return NOT_IN_IT;
  const change = recordingWished(call, side ?? 'callee', event.wish);
  if (change === 'none') return refuse('bad-request', 'This call is not being recorded.');
  return change === null ? UNCHANGED : changed(call, change);
}

function recording(call: Call, { state, problem }: Extract<CallEvent, { type: 'recording' }>): Outcome {
  const isConnected = call.stage === 'connected' || call.stage === 'ended';
  if (!isConnected || !isReport(state, call.recording)) return UNCHANGED;
  return changed(call, { recording: state, recordingProblem: problem ?? null });
}

function deadline(call: Call, now: Time): Outcome {
  const at = deadlineOf(call);
  if (at === null || now < at) return UNCHANGED;
  const late = (['caller', 'callee'] as const).filter((role) => {
    const since = call[role].lostSince;
    return since !== null && since + call.limits.grace <= now;
  });
  if (call.stage === 'ringing' && late.length === 0) {
    return end(call, call.reached ? 'no-answer' : 'unreachable', BY_SERVER, null, now);
  }
  // When the time to connect is up, whoever is not even linked is the cause, for however short a time.
  const causes = late.length > 0 ? late : (['caller', 'callee'] as const);
  const unlinked = causes.find((role) => call[role].link === 'down');
  if (unlinked) return end(call, 'connection-lost', call[unlinked].userId, null, now);
  // Both links are up, so it is the media that one of them, or the server for both, cannot bring about.
  const without = (['caller', 'callee'] as const).filter((role) => call[role].media !== 'joined');
  const [only] = without;
  return end(call, 'media-failed', without.length === 1 && only ? call[only].userId : BY_SERVER, null, now);
}

/**
 * The next state of a call. Pure. `refused` is for whoever asked and changes nothing; `unchanged` is an event
 * that is late, repeated or of no concern.
 */
export function transition(call: Call, event: CallEvent, now: Time): Outcome {
  if (call.stage === 'ended') return afterTheEnd(call, event);
  switch (event.type) {
    case 'room-ready':
      if (event.generation !== call.room.generation || call.room.ready) return UNCHANGED;
      return changed(call, { room: { ...call.room, ready: true } });
    case 'room-failed':
      if (event.generation !== call.room.generation) return UNCHANGED;
      return end(call, 'media-failed', BY_SERVER, null, now);
    case 'reached':
      if (call.reached) return UNCHANGED;
      return changed(call, { reached: true, ...withParty(call, 'callee', { displayName: event.displayName }) });
    case 'answer':
      return answer(call, event, now);
    case 'leave':
      return leave(call, event, now);
    case 'media':
      return media(call, event, now);
    case 'link':
      return link(call, event, now);
    case 'resumed':
      return resumed(call, event, now);
    case 'gone':
      return gone(call, event, now);
    case 'mute':
      return mute(call, event);
    case 'share':
      return say(call, event, 'sharing');
    case 'voice-only':
      return say(call, event, 'voiceOnly');
    case 'recording':
      return recording(call, event);
    case 'record':
      return record(call, event);
    case 'deadline':
      return deadline(call, now);
    case 'end':
      return end(call, 'ended-by-server', BY_SERVER, null, now);
  }
}

/** What arrives late changes nothing; whose call it was is told how it ended. Leaving it once more is no mistake. */
function afterTheEnd(call: Call, event: CallEvent): Outcome {
  switch (event.type) {
    case 'answer':
      return event.userId === call.callee.userId ? over(call) : NO_SUCH_CALL;
    case 'recording':
      return recording(call, event);
    case 'record':
    case 'mute':
    case 'share':
    case 'voice-only':
      return sideOf(call, event.session) === null ? NOT_IN_IT : over(call);
    case 'leave':
      return roleOf(call, event.userId) === null ? NO_SUCH_CALL : UNCHANGED;
    default:
      return UNCHANGED;
  }
}

import type {
  CallStage,
  CallType,
  EndReason,
  Json,
  Muted,
  RecordingProblem,
  RecordingState,
  RecordingWish,
} from 'omni-call/protocol';

/** Milliseconds since the epoch, on the server's clock. */
export type Time = number;

/** One side of a call, as the server keeps it. */
export interface Party {
  readonly userId: string;
  readonly displayName: string | null;
  /** The session that is in the call for this person. A callee has none before the answer. */
  readonly session: string | null;
  readonly muted: Muted;
  readonly sharing: boolean;
  readonly voiceOnly: boolean;
  /** The connection of that session to a call server. */
  readonly link: 'up' | 'down';
  /** Its place in the LiveKit room. */
  readonly media: 'out' | 'joined' | 'away';
  /** Since when, in a call, the link is down or the media not there. */
  readonly lostSince: Time | null;
}

/** The LiveKit room of a call. A lost one is replaced by the next generation. */
export interface CallRoom {
  readonly name: string;
  readonly generation: number;
  readonly ready: boolean;
}

export interface CallEnd {
  readonly reason: EndReason;
  readonly by: string;
  /** The session that did it, to tell it apart from the same person's other devices. */
  readonly session: string | null;
  readonly at: Time;
  /** The id of the call that goes on in its place. */
  readonly goesOn: string | null;
}

/** How long a call waits, in milliseconds. */
export interface CallLimits {
  readonly connect: number;
  readonly grace: number;
}

/** A call. Never changed, only replaced by one with a higher revision. */
export interface Call {
  readonly id: string;
  readonly revision: number;
  readonly stage: CallStage;
  readonly callType: CallType;
  /** What it was when it was offered. Who went towards the room by then may send no more than that. */
  readonly offeredAs: CallType;
  readonly caller: Party;
  readonly callee: Party;
  readonly data: Json;
  readonly recording: RecordingState;
  /** What the two last asked of the recorder, which tells by `recording` what it does. */
  readonly recordingWish: RecordingWish;
  readonly recordingProblem: RecordingProblem | null;
  readonly room: CallRoom;
  /** Sessions of the callee that wait in the room while it rings. */
  readonly waiting: readonly string[];
  /** Whether any device of the callee has been told of the call. */
  readonly reached: boolean;
  readonly offeredAt: Time;
  readonly ringEndsAt: Time;
  readonly answeredAt: Time | null;
  readonly connectedAt: Time | null;
  readonly end: CallEnd | null;
  readonly limits: CallLimits;
}

export type Role = 'caller' | 'callee';

/** Whose history an ended call belongs in: a callee's is not for those to fill who may not call. */
export const rememberedBy = ({ caller, callee, end }: Call): readonly string[] =>
  end?.reason === 'not-allowed' ? [caller.userId] : [caller.userId, callee.userId];

export const roleOf = (call: Call, userId: string): Role | null =>
  call.caller.userId === userId ? 'caller' : call.callee.userId === userId ? 'callee' : null;

/** The side that this very session is in the call for. */
export const sideOf = (call: Call, session: string): Role | null =>
  call.caller.session === session ? 'caller' : call.callee.session === session ? 'callee' : null;

export const otherRole = (role: Role): Role => (role === 'caller' ? 'callee' : 'caller');

/** When the call next has to be looked at without anybody doing anything; null once it is over. */
export function deadlineOf(call: Call): Time | null {
  const lost = [call.caller.lostSince, call.callee.lostSince]
    .filter((since) => since !== null)
    .map((since) => since + call.limits.grace);
  switch (call.stage) {
    case 'ringing':
      return Math.min(call.ringEndsAt, ...lost);
    case 'connecting':
      return Math.min((call.answeredAt ?? call.offeredAt) + call.limits.connect, ...lost);
    case 'connected':
      return lost.length > 0 ? Math.min(...lost) : null;
    case 'ended':
      return null;
  }
}

/** The two kinds of call. */
export const CALL_TYPE = { VIDEO_CALL: 'videocall', AUDIO_CALL: 'audiocall' } as const;
export type CallType = (typeof CALL_TYPE)[keyof typeof CALL_TYPE];

/** What a person sends and can mute. */
export const TRACK_TYPE = { VIDEO: 'video', AUDIO: 'audio' } as const;
export type TrackType = (typeof TRACK_TYPE)[keyof typeof TRACK_TYPE];

/** Whether a person who is here can be called. */
export const SESSION_STATE = { ACTIVE: 'active', BUSY: 'busy' } as const;
export type SessionState = (typeof SESSION_STATE)[keyof typeof SESSION_STATE];

/** How a call ends. The same word reaches both sides, the history, the webhooks and the API. */
export const END_REASONS = [
  'completed',
  'declined',
  'cancelled',
  'busy',
  'no-answer',
  'unreachable',
  'answered-elsewhere',
  'declined-elsewhere',
  'replaced',
  'connection-lost',
  'permission-denied',
  'media-failed',
  'not-allowed',
  'ended-by-server',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** `by` in an ending that no person caused. */
export const BY_SERVER = 'server';

export interface Ending {
  reason: EndReason;
  /** The user id of whoever caused it, or `server`. */
  by: string;
  /** Milliseconds from connected to ended; 0 for a call that never connected. */
  durationMs: number;
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Which of a person's tracks are, by their own wish, not sent. */
export interface Muted {
  audio: boolean;
  video: boolean;
}

export const RECORDING_STATES = [
  'off',
  /** Asked for by the caller: it starts once the call is connected. */
  'requested',
  /** The callee answered, or is to answer, without being recorded. */
  'declined',
  'recording',
  'paused',
  /** No more is recorded; the file is being put away. */
  'stopped',
  /** The file can be fetched. */
  'ready',
  'deleted',
  'failed',
] as const;
export type RecordingState = (typeof RECORDING_STATES)[number];

export const RECORDING_WISHES = ['on', 'paused', 'off'] as const;
/** What one of the two wants of the recording. `off` is for good. */
export type RecordingWish = (typeof RECORDING_WISHES)[number];

/**
 * Why a recording failed: its recorder broke down; no room for the file; LiveKit or the encoder; it could not be put
 * away; or as many calls were being recorded as may be at once.
 */
export const RECORDING_PROBLEMS = ['crashed', 'disk-full', 'media', 'storage', 'too-many'] as const;
export type RecordingProblem = (typeof RECORDING_PROBLEMS)[number];

/** One side of a call, as both sides see it. */
export interface PartyView {
  userId: string;
  displayName: string | null;
  /** The participant's identity in the LiveKit room; null until a device of this person is in the call. */
  identity: string | null;
  muted: Muted;
  /** Shares its screen. */
  sharing: boolean;
  /** Has given up the other side’s pictures: its connection is too weak for them beside the voice. */
  voiceOnly: boolean;
  /** The connection to this person is lost, and the grace period runs. */
  away: boolean;
}

/** What a session needs to enter the LiveKit room of its call. */
export interface RoomAccess {
  url: string;
  token: string;
  /** Counts the rooms of this call: it grows when a lost room is replaced by a new one. */
  generation: number;
}

export type CallStage = 'ringing' | 'connecting' | 'connected' | 'ended';

/**
 * A whole call as one session sees it. Each change is sent as a new one with a higher revision, so that a
 * session that missed some is right again with the next.
 */
export interface CallView {
  /** The call's id. */
  session: string;
  revision: number;
  stage: CallStage;
  role: 'caller' | 'callee';
  callType: CallType;
  caller: PartyView;
  callee: PartyView;
  /** While ringing: milliseconds until the ring times out, counted when the view was sent. */
  ringMsLeft: number | null;
  /** Since connected: milliseconds, counted when the view was sent. */
  connectedMsAgo: number | null;
  data: Json;
  recording: RecordingState;
  /** Set where whoever records can only stop. */
  cannotPause?: true | undefined;
  /** Null while the room is being made, and for who is to stay out of it. */
  room: RoomAccess | null;
  ending: Ending | null;
  /** See `Welcome.seal`; the latest one counts. The first view of a ring has none. */
  seal?: string;
}

/** Limits of what the wire takes. */
export const LIMITS = {
  /** Characters of a user id. */
  userId: 128,
  /** Characters of a display name. */
  displayName: 128,
  /** Characters of a text message. */
  message: 4000,
  /** Bytes of `data`, as JSON in UTF-8. */
  data: 4096,
  /** Seconds. */
  ringTimeoutMin: 1,
  ringTimeoutMax: 600,
  /** User ids watched by one session. */
  watched: 100,
  /** Calls of one look into the history. */
  history: 100,
  /** Bytes of one frame. */
  frame: 64 * 1024,
} as const;

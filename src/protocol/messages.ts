import * as v from 'valibot';
import type { SESSION_STATE } from './call.js';
import { CALL_TYPE, LIMITS, RECORDING_WISHES, type CallView, type Json } from './call.js';
import type { CallRecord } from './call-record.js';
import type { ClientMessage, RequestOf } from './client-messages.js';
import type { WireError } from './errors.js';
import { isUserId } from './user-id.js';

/*
 * A session is one WebSocket. It sends requests, each with an `id` of its own; the server answers each once,
 * with `re` naming it. Whatever else the server has to tell is pushed. The first request is `hello`.
 */

const userId = v.custom<string>(
  isUserId,
  `a user id is 1 to ${LIMITS.userId} characters, none of them a control character`,
);
const displayName = v.pipe(v.string(), v.maxLength(LIMITS.displayName));
const callType = v.picklist([CALL_TYPE.VIDEO_CALL, CALL_TYPE.AUDIO_CALL]);
const callId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const secretText = v.pipe(v.string(), v.maxLength(8192));
const sealText = v.pipe(v.string(), v.maxLength(16_384));
const muted = v.strictObject({ audio: v.boolean(), video: v.boolean() });

const utf8Length = (text: string): number => {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};
const json = v.custom<Json>(
  (value) => value !== undefined && utf8Length(JSON.stringify(value) ?? '') <= LIMITS.data,
  `data must be JSON of at most ${LIMITS.data} bytes`,
);

type Entries<Request> = {
  [Name in Exclude<keyof Request, 'id' | 'type'>]-?: v.GenericSchema<unknown, Request[Name]>;
};

const request = <const Type extends ClientMessage['type']>(type: Type, entries: Entries<RequestOf<Type>>) =>
  v.strictObject({ id: v.pipe(v.number(), v.integer(), v.minValue(0)), type: v.literal(type), ...entries });

const hello = request('hello', {
  userId: v.optional(userId),
  displayName: v.optional(displayName),
  token: v.optional(secretText),
  key: v.optional(secretText),
  resume: v.optional(v.strictObject({ session: callId, secret: secretText, seal: v.optional(sealText) })),
  call: v.optional(callId),
});
const offer = request('offer', {
  offerId: callId,
  callType,
  callee: userId,
  record: v.boolean(),
  ringTimeout: v.optional(v.pipe(v.number(), v.minValue(LIMITS.ringTimeoutMin), v.maxValue(LIMITS.ringTimeoutMax))),
  data: v.optional(json),
  muted,
});
const answer = request('answer', {
  call: v.optional(callId),
  caller: v.optional(userId),
  callType: v.optional(callType),
  record: v.optional(v.boolean()),
  muted,
});
const leave = request('leave', {
  call: callId,
  why: v.optional(v.picklist(['permission-denied', 'media-failed', 'connection-lost'])),
});
const media = request('media', {
  call: callId,
  generation: v.pipe(v.number(), v.integer(), v.minValue(0)),
  state: v.picklist(['joined', 'away', 'lost']),
});

const mute = request('mute', { call: callId, muted });
const share = request('share', { call: callId, on: v.boolean() });
const voiceOnly = request('voice-only', { call: callId, on: v.boolean() });
const record = request('record', { call: callId, wish: v.picklist(RECORDING_WISHES) });
const recordingLink = request('recording-link', { call: callId });
const message = request('message', {
  call: callId,
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.message)),
});
const list = request('list', { page: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1) });
const history = request('history', {
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.history)), 20),
});
const seen = request('seen', {});
const watch = request('watch', { users: v.pipe(v.array(userId), v.maxLength(LIMITS.watched)) });
const block = request('block', { user: userId, blocked: v.boolean() });
const ping = request('ping', {});
const bye = request('bye', { closing: v.boolean() });

const schemas = {
  hello,
  offer,
  answer,
  leave,
  media,
  mute,
  share,
  'voice-only': voiceOnly,
  record,
  'recording-link': recordingLink,
  message,
  list,
  history,
  seen,
  watch,
  block,
  ping,
  bye,
} satisfies { [Type in ClientMessage['type']]: v.GenericSchema<unknown, RequestOf<Type>> };

export const clientMessageSchema: v.GenericSchema<unknown, ClientMessage> = v.variant('type', Object.values(schemas));

/** The rules for what names its type: the whole schema tries all types in turn, and makes an issue of each passed over. */
export const schemaFor = (value: unknown): v.GenericSchema<unknown, ClientMessage> =>
  typeof value === 'object' && value !== null && 'type' in value && isType(value.type)
    ? schemas[value.type]
    : clientMessageSchema;

const isType = (type: unknown): type is ClientMessage['type'] =>
  typeof type === 'string' && Object.hasOwn(schemas, type);

/** What `hello` is answered with. */
export interface Welcome {
  session: string;
  /** Proves, on a later `hello`, that it is the same page. Never leaves the page. */
  secret: string;
  userId: string;
  displayName: string | null;
  /** False when the session asked for was gone, and this is a new one. */
  resumed: boolean;
  call: CallView | null;
  /** The end of the call that the page asked after, where `call` is another or the session a new one. */
  over?: CallView;
  /** Calls that this person has missed and not yet been shown, newest first. */
  missed: CallRecord[];
  /** Milliseconds for which a lost session can be resumed. */
  graceMs: number;
  /** For the page to keep and to show on `hello.resume`: a server that has lost its state knows session and call by it. */
  seal?: string;
}

export interface SessionPage {
  page: number;
  /** People on all pages. */
  count: number;
  list: SessionEntry[];
}
export interface CallHistory {
  list: CallRecord[];
}
export interface SessionEntry {
  user_id: string;
  state: (typeof SESSION_STATE)[keyof typeof SESSION_STATE];
  /** Of the call that this person is in, else null. */
  call_type: CallView['callType'] | null;
}

/** Where a recording can be fetched for a short while, by whoever has the link. */
export interface RecordingLink {
  /** Relative to the call server's address. */
  url: string;
  expires_at: string;
}

export type Presence = 'active' | 'busy' | 'offline';

/** What each request is answered with. */
export interface ReplyOf {
  hello: Welcome;
  offer: { session: string };
  answer: { session: string };
  leave: Record<never, never>;
  media: Record<never, never>;
  mute: Record<never, never>;
  share: Record<never, never>;
  'voice-only': Record<never, never>;
  record: Record<never, never>;
  'recording-link': RecordingLink;
  message: Record<never, never>;
  list: SessionPage;
  history: CallHistory;
  seen: Record<never, never>;
  watch: { users: Record<string, Presence> };
  block: Record<never, never>;
  ping: Record<never, never>;
  bye: Record<never, never>;
}

export type Reply = { re: number; ok: object } | { re: number; error: WireError };
export type Push =
  | { type: 'call'; call: CallView }
  | { type: 'message'; call: string; from: string; text: string }
  | { type: 'presence'; user: string; state: Presence };
export type ServerMessage = Reply | Push;

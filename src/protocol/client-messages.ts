import type { CallType, Json, Muted, RecordingWish } from './call.js';

/** What a session may ask of the server. `messages.ts` has the rules that each must keep to, and the answers. */
interface Requests {
  /** Opens the session, or resumes one. */
  hello: {
    /** Left out: the token's, or one the server gives. */
    userId?: string | undefined;
    displayName?: string | undefined;
    token?: string | undefined;
    key?: string | undefined;
    resume?: { session: string; secret: string; seal?: string | undefined } | undefined;
    /** The call that the page last knew of: told again, also when it is over by now. */
    call?: string | undefined;
  };
  /** The same `offerId` from the same session is the same offer, however often sent. */
  offer: {
    offerId: string;
    callType: CallType;
    callee: string;
    record: boolean;
    ringTimeout?: number | undefined;
    data?: Json | undefined;
    muted: Muted;
  };
  /**
   * Answers the named ringing call, or the one that `caller` offers. `callType` is what the callee sends; `record`,
   * whether it agrees to be recorded, where the caller asks for that: left out, it does not.
   */
  answer: {
    call?: string | undefined;
    caller?: string | undefined;
    callType?: CallType | undefined;
    record?: boolean | undefined;
    muted: Muted;
  };
  /**
   * Declines, cancels or hangs up, whichever the call's stage makes it. `connection-lost`: the page has told its person
   * so already, having been away for so long.
   */
  leave: { call: string; why?: 'permission-denied' | 'media-failed' | 'connection-lost' | undefined };
  /** This session is in the LiveKit room of that generation, or has lost it for good. */
  media: { call: string; generation: number; state: 'joined' | 'away' | 'lost' };
  mute: { call: string; muted: Muted };
  share: { call: string; on: boolean };
  /** This side’s connection is too weak for the other side’s pictures, or is no more. */
  'voice-only': { call: string; on: boolean };
  /** Either of the two pauses, resumes or stops the recording; a callee who is being rung can only stop it. */
  record: { call: string; wish: RecordingWish };
  /** Where the recording of one of this person's calls can be fetched. */
  'recording-link': { call: string };
  message: { call: string; text: string };
  list: { page: number };
  /** This person's own ended calls, newest first. */
  history: { limit: number };
  /** This person has seen the calls that were missed until now. */
  seen: object;
  /** Replaces the set of people whose presence is pushed to this session. */
  watch: { users: string[] };
  block: { user: string; blocked: boolean };
  /** A live connection answers; a dead one is noticed by the silence. */
  ping: object;
  /** The page is being left. `closing` when the browser says that it is not a reload. */
  bye: { closing: boolean };
}

type RequestType = keyof Requests;

/*
 * Written out, where valibot could infer it from the schemas: what it infers is too deep for the compiler of an app
 * that checks its libraries' types.
 */
export type ClientMessage = { [Type in RequestType]: { id: number; type: Type } & Requests[Type] }[RequestType];
export type RequestOf<Type extends RequestType> = Extract<ClientMessage, { type: Type }>;
export type Hello = RequestOf<'hello'>;

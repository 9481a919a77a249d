import type { CallType, EndReason, Json, OmniCallError, RecordingState, TrackType } from '../protocol/index.js';

/** `session` in each of them is the call's id, as `offerCall` and `answerCall` give it. */
interface OfCall<Command extends string> {
  cmd: Command;
  session: string;
}

interface Ring<Command extends string> extends OfCall<Command> {
  caller: string;
  callee: string;
  call_type: CallType;
  /** What the caller passed as `data`. Another person's text: never markup. */
  data?: Json;
}

/** The call is offered: the callee rings, or will as soon as one of its devices is here. */
export type RingbackMessage = Ring<'RINGBACK_EVENT'>;
/** Somebody calls. */
export type RingingMessage = Ring<'RINGING_EVENT'>;

/** Both sides are in the call; `user_id` is the other one. */
export interface ConnectedMessage extends OfCall<'CONNECTED_EVENT'> {
  user_id: string;
  call_type: CallType;
}

interface End<Command extends string> extends OfCall<Command> {
  reason: EndReason;
}

/**
 * The call is over. A page that was away for longer than the grace period says `connection-lost` by itself; when it
 * is back and the server knows of another end, that one is told too. By whom it ended: `snapshot.lastEnding`.
 */
export type LeaveMessage = End<'LEAVE_EVENT'>;
/** To the callee: the ring ended without its doing. */
export type CancelMessage = End<'CANCEL_EVENT'>;

/** The other side stopped or started sending a track. */
export interface MuteMessage extends OfCall<'MUTE_EVENT' | 'UNMUTE_EVENT'> {
  user_id: string;
  track: TrackType;
}

/** Somebody in the call, this side included, shares its screen, or stopped. */
export interface ScreenMessage extends OfCall<'SCREEN_SHARE_EVENT' | 'SCREEN_UNSHARE_EVENT'> {
  user_id: string;
}

/** A text from the other side. Another person's text: never markup. */
export interface TextMessage extends OfCall<'MESSAGE_EVENT'> {
  user_id: string;
  message: string;
}

/** The recording of the call came to another state, which both sides are told. */
export interface RecordingMessage extends OfCall<'RECORDING_EVENT'> {
  state: RecordingState;
}

/** What `on('event')` is called with, told apart by `cmd`. */
export type EventMessage =
  | RingbackMessage
  | RingingMessage
  | ConnectedMessage
  | LeaveMessage
  | CancelMessage
  | MuteMessage
  | ScreenMessage
  | TextMessage
  | RecordingMessage;

/** What `on('close')` is called with: a session that was lost, or ended by `close()` (then `problem` is null). */
export interface CloseMessage {
  session: string;
  problem: OmniCallError | null;
}

/** The events of a call service and what their listeners are called with. */
export interface ServiceEvents {
  event: EventMessage;
  close: CloseMessage;
}

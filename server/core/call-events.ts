import type { CallType, ErrorCode, Muted, RecordingProblem, RecordingWish } from 'omni-call/protocol';
import type { Call } from './call.js';

/** Whatever can happen to a call. */
export type CallEvent =
  /** The LiveKit room of that generation can be entered. */
  | { type: 'room-ready'; generation: number }
  /** The room could not be made, or LiveKit cannot be reached. */
  | { type: 'room-failed'; generation: number }
  /** A device of the callee has been told. */
  | { type: 'reached'; displayName: string | null }
  | {
      type: 'answer';
      session: string;
      userId: string;
      displayName: string | null;
      callType: CallType;
      record: boolean;
      muted: Muted;
    }
  | { type: 'leave'; session: string; userId: string; why?: 'permission-denied' | 'media-failed' | 'connection-lost' }
  | { type: 'media'; session: string; userId: string; generation: number; state: 'joined' | 'away' | 'lost' }
  /** The WebSocket of a session broke; or did not after all. */
  | { type: 'link'; session: string; up: boolean }
  /** The page of a session connected anew, be it after a reload: it tells again where its media is. */
  | { type: 'resumed'; session: string }
  /** A session ended for good: its page was closed, or it did not come back in time. */
  | { type: 'gone'; session: string; closed: boolean }
  | { type: 'mute'; session: string; muted: Muted }
  | { type: 'share'; session: string; on: boolean }
  | { type: 'voice-only'; session: string; on: boolean }
  /** One of the two asks for the recording to be paused, resumed or stopped. */
  | { type: 'record'; session: string; userId: string; wish: RecordingWish }
  /** What has become of the recording. */
  | { type: 'recording'; state: RecordingReport; problem?: RecordingProblem }
  | { type: 'deadline' }
  | { type: 'end' };

/** What is told of a recording by whoever makes and keeps it. */
export type RecordingReport = 'recording' | 'paused' | 'stopped' | 'ready' | 'deleted' | 'failed';

/** What the engine has to carry out after the new call is stored. Telling both sides goes without saying. */
export type Effect =
  | { do: 'make-room'; generation: number }
  | { do: 'close-room'; room: string }
  /** A recorder begins. Whoever carries this out looks after it until it has ended. */
  | { do: 'record' }
  /** The session may now send a camera's picture too, in the room. */
  | { do: 'admit'; session: string }
  /** The sessions leave the room. */
  | { do: 'expel'; sessions: readonly string[] };

export type Outcome =
  { call: Call; effects: readonly Effect[] } | { refused: { code: ErrorCode; message: string } } | { unchanged: true };

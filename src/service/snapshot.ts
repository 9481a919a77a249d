import type {
  CallRecord,
  CallType,
  Ending,
  Json,
  OmniCallError,
  PartyView,
  Presence,
  RecordingState,
} from '../protocol/index.js';
import type { DeviceLists } from '../media/devices.js';
import type { LocalMedia, RemoteMedia } from '../media/media.js';

/** Where a person's call stands, in the words of the `phase` attribute. */
export type Phase =
  'offline' | 'idle' | 'dialing' | 'ringback' | 'ringing' | 'connecting' | 'connected' | 'reconnecting' | 'ended';

/** The call that a view shows: from the first click until the ending is dismissed or a new call begins. */
export interface CallInfo {
  /** The call's id; null while dialing. */
  session: string | null;
  role: 'caller' | 'callee';
  callType: CallType;
  me: PartyView;
  peer: PartyView;
  /** While ringing: when the ring times out, on this page's clock (`Date.now()`). */
  ringEndsAt: number | null;
  /** When the call connected, on this page's clock (`Date.now()`). */
  connectedAt: number | null;
  /** The caller's own payload. Text of another person: never markup. */
  data: Json;
  recording: RecordingState;
  /** Set where the server's recorder can only stop: `setRecording('paused')` is refused there. */
  cannotPause?: true | undefined;
  /** Set once the call is over. */
  ending: Ending | null;
}

export interface LastEnding extends Ending {
  /** The call's id. */
  session: string;
}

/** The whole state of a call service, immutable: each change makes a new one. */
export interface CallSnapshot {
  phase: Phase;
  /** Null until the first session is there. */
  userId: string | null;
  displayName: string | null;
  session: string | null;
  call: CallInfo | null;
  /** How the last call ended, also when another one is shown by now. */
  lastEnding: LastEnding | null;
  local: LocalMedia;
  remote: RemoteMedia;
  devices: DeviceLists;
  /** Calls that this person missed, newest first, until `dismissMissed()`. Kept by the server. */
  missed: readonly CallRecord[];
  /** Of the people who are watched: whether they can be reached. Who is missing is not known. */
  presence: Readonly<Record<string, Presence>>;
  /** Why the service is offline; null while it is not, or has not tried. */
  problem: OmniCallError | null;
}

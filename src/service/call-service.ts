import type {
  CallRecord,
  CallType,
  Json,
  RecordingLink,
  RecordingWish,
  SessionPage,
  TrackType,
} from '../protocol/index.js';
import type { DeviceLists, Resolution } from '../media/devices.js';
import type { ServiceEvents } from './event-messages.js';
import type { CallSnapshot } from './snapshot.js';

/** Whose service it is, and where. */
export interface CallServiceOptions {
  /** The call server's address, as `https://calls.example.com`. */
  server: string;
  /** 1 to 128 characters. Left out: the token's, the one given to `createSession`, or one that the server makes up. */
  userId?: string;
  /** A JWT of the page's own back end, or a function that gets one: called again whenever a new one is needed. */
  token?: string | (() => string | Promise<string>);
  /** A publishable key, for visitors without a token. */
  key?: string;
  /** Shown to the other side; at most 128 characters. */
  displayName?: string;
  /**
   * Joins the room of a call while it still rings, with every device closed, so that the first picture comes at
   * once. Default true.
   */
  prepare?: boolean;
}

export interface OfferOptions {
  /** Seconds that it rings, 1 to 600. Default: the server's. */
  ringTimeout?: number;
  /** Shown to the callee before the answer; at most 4096 bytes as JSON. */
  data?: Json;
}

export interface AnswerOptions {
  /**
   * Whether this person agrees to be recorded, where the caller asks for that (`recording` is `requested`). Default:
   * true for a call that rings on this page, which has been told; false for one that it did not know of.
   */
  record?: boolean;
}

/**
 * One person's calls on one page. Everything it knows is in {@link snapshot}; every method that fails rejects
 * with an `OmniCallError`. Before the first `createSession` methods reject with `no-session`; while the server
 * cannot be reached they reject with `unreachable`, apart from those that a call has to get through (see each).
 */
export interface CallService {
  readonly snapshot: CallSnapshot;
  /** Calls `listener` after every change, with the new snapshot. Returns the way to stop. */
  subscribe(listener: (snapshot: CallSnapshot) => void): () => void;
  on<Name extends keyof ServiceEvents>(name: Name, listener: (message: ServiceEvents[Name]) => void): void;
  off<Name extends keyof ServiceEvents>(name: Name, listener: (message: ServiceEvents[Name]) => void): void;

  /**
   * Connects and registers. Called again for the same person it gives the same session; for another it rejects with
   * `bad-request`. Rejects with `unreachable` when the first attempt fails; attempts go on all the same, with
   * `snapshot.problem` set meanwhile, and a repeated call waits for the one under way. Rejects with `unauthorized`,
   * `not-allowed` or `rate-limited` as the server says.
   */
  createSession(userId?: string): Promise<{ session: string; user_id: string }>;
  /** Who is here, as far as this person may know. `page` counts from 1. */
  sessionList(page?: number): Promise<SessionPage>;
  /** This person's own ended calls, newest first: at most `limit`, from 1 to 100. */
  callHistory(limit?: number): Promise<CallRecord[]>;
  /** Empties `snapshot.missed`, here and for this person's later sessions. */
  dismissMissed(): Promise<void>;
  /**
   * Keeps `snapshot.presence` of that person up to date, as far as this one may know. Lasts over lost connections.
   * Returns the way to stop.
   */
  watch(userId: string): () => void;
  /**
   * Rings `callee`. `record` asks for the call to be recorded: the callee is told before the answer, and may answer
   * without it. Rejects with `already-in-call`, `bad-request` (nobody can call themselves), `busy`,
   * `not-allowed`, `rate-limited` or, before it rings anybody, `unsupported-browser`. Sent once more after a short loss of the connection; it still is one call.
   */
  offerCall(callType: CallType, callee: string, record?: boolean, options?: OfferOptions): Promise<{ session: string }>;
  /**
   * Answers the ringing call, or the one that `caller` offered before this session existed. `callType`
   * `audiocall` answers a video call by voice only. Rejects with `no-such-call` when nothing rings any more,
   * and with `unsupported-browser` where there is no WebRTC: the call goes on ringing, also on other devices.
   */
  answerCall(callType?: CallType, caller?: string, options?: AnswerOptions): Promise<{ session: string }>;
  /**
   * Declines, cancels or hangs up. Devices close at once; resolves once the server knows, which it is told again
   * after a lost connection until the call is over. A call that is being left already is not left twice: both
   * promises resolve. Rejects with `no-such-call` when there is no call.
   */
  leave(): Promise<void>;
  /** Forgets an ended call, so that the phase is `idle` again. */
  dismiss(): void;
  /**
   * Stops sending at once, before a call (for every later one) or during it; resolves when the other side's
   * server knows. Told again after a lost connection.
   */
  setMute(track: TrackType): Promise<void>;
  /** The opposite of `setMute`. `video` in a voice call makes it a video call; the other camera stays off. */
  setUnmute(track: TrackType): Promise<void>;
  getDeviceList(): Promise<DeviceLists>;
  /** Before or during a call; remembered. Rejects with `device-not-found`, `device-in-use` or `permission-denied`. */
  setVideoDevice(id: string): Promise<void>;
  setAudioDevice(id: string): Promise<void>;
  setAudioOutput(id: string): Promise<void>;
  /** Of the camera, for this call and those after it. A camera that does not have it gives what is nearest. */
  setResolution(resolution: Resolution): Promise<void>;
  /**
   * Blurs what is behind whoever sits at the camera, for this call and those after it. What does so is loaded from the
   * call server when it is first wished. Rejects with `media-failed` where it cannot be had.
   */
  setBlur(on: boolean): Promise<void>;
  /** How loud the other side is played, 0 to 1, for this call and those after it. On an iPhone only the system sets it. */
  setVolume(volume: number): Promise<void>;
  /** Asks what to share and shows it to the other side. Rejects with `no-such-call` outside of a call. */
  screenShare(): Promise<void>;
  screenUnshare(): Promise<void>;
  /**
   * Pauses (`paused`), resumes (`on`) or, for good, stops (`off`) the recording of the call, for both; either side may.
   * What comes of it, `snapshot.call.recording` shows. Rejects with `bad-request` when there is none to be had.
   */
  setRecording(wish: RecordingWish): Promise<void>;
  /**
   * An address at which the recording of one of this person's calls can be fetched for a short while, by whoever has
   * it. `session` is the call's id. Rejects with `no-such-call` when there is no recording (yet).
   */
  recordingLink(session: string): Promise<RecordingLink>;
  /** To the other side of the call, 1 to 4000 characters. */
  sendMessage(text: string): Promise<void>;
  /** Lets blocked sound play. Call it from a person's tap. */
  startPlayback(): Promise<void>;
  /** Tries again to open a camera or microphone that failed. */
  retryDevices(): void;
  /** Leaves the call, ends the session and lets go of everything. For good: another service is another start. */
  close(): Promise<void>;
}

import type { CallType } from 'omni-call/protocol';

/** A LiveKit room, and the way in. */
export interface RecordedRoom {
  room: string;
  /** `ws(s)://` address of LiveKit, as this server reaches it. */
  url: string;
  /** Enters as a hidden participant that may only subscribe. */
  token: string;
}

/** One side of a recorded call. */
export interface RecordedParty {
  /** The participant's identity in the room: that of the session. */
  identity: string;
  /** What the picture calls this person. */
  name: string;
}

/** What is to be recorded, and where to. */
export interface RecordingJob extends RecordedRoom {
  parties: readonly [caller: RecordedParty, callee: RecordedParty];
  kind: CallType;
  /** The path of the MP4 file. Its folder is there; the file is not until `ready`. */
  file: string;
}

/** `crashed`: the recorder itself; `media`: LiveKit let nobody in, or nothing could be encoded. */
export type RecordingFailure = 'crashed' | 'disk-full' | 'media';

/** The first is `started` or `failed`, the last `ready` or `failed`. */
export type RecorderEvent =
  | { type: 'started' }
  | { type: 'paused' }
  | { type: 'resumed' }
  | { type: 'ready'; file: string; bytes: number; durationMs: number }
  | { type: 'failed'; reason: RecordingFailure; detail: string };

/** One recorder at work for one call. */
export interface RecordingTask {
  /** What happens until `resume` is left out of the file. */
  pause(): void;
  resume(): void;
  /** The call goes on in another room; the same file goes on with it. */
  move(room: RecordedRoom): void;
  /** Ends it well. Resolves after `ready` or `failed`. */
  stop(): Promise<void>;
  /** Ends it at once and removes what was written. No event follows. */
  kill(): void;
}

export interface Recorder {
  readonly name: 'local' | 'egress';
  /** Whether `pause` leaves anything out. */
  readonly canPause: boolean;
  /** Throws a {@link RecorderFull} when as many calls are recorded as may be. */
  start(job: RecordingJob, onEvent: (event: RecorderEvent) => void): RecordingTask;
}

/** As many calls are recorded at once as this recorder takes. */
export class RecorderFull extends Error {
  override readonly name = 'RecorderFull';

  constructor(readonly limit: number) {
    super(`${limit} calls are being recorded, and no more may be at once.`);
  }
}

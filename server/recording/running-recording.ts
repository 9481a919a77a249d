import { join } from 'node:path';
import { OmniCallError, type RecordingProblem, type RecordingState, type RecordingWish } from 'omni-call/protocol';
import type { Call, Party, Time } from '../core/call.js';
import type { CallEvent } from '../core/call-events.js';
import { RecorderFull, type RecordedParty, type RecordedRoom, type Recorder, type RecorderEvent } from './recorder.js';
import { recordingOf, type Recording } from './recording.js';
import type { RecordingTask } from './recorder.js';

export interface RunningOptions {
  recorder: Recorder;
  /** The way into the call's room, for a recorder. */
  passFor: (call: Call) => RecordedRoom;
  /** Where recorders write. */
  folder: string;
  apply: (id: string, event: CallEvent) => Promise<void>;
  /** Puts the file away. */
  keep: (recording: Recording, file: string) => Promise<void>;
  now: () => Time;
  onError: (error: unknown, context: { call: string }) => void;
  onOver: () => void;
}

/** States of a call in which nothing of it is to be kept. */
const UNWANTED: ReadonlySet<RecordingState> = new Set<RecordingState>(['off', 'declined', 'failed']);

const partyOf = ({ userId, displayName, session }: Party): RecordedParty => ({
  identity: session ?? '',
  name: displayName ?? userId,
});

/** The recording of one call, from its beginning until its file is put away: the recorder follows the call. */
export class RunningRecording {
  readonly #options: RunningOptions;
  #call: Call;
  #task: RecordingTask | null = null;
  #startedAt: Time | null = null;
  #generation: number;
  /** What the recorder was last told. */
  #asked: RecordingWish = 'on';
  #isOver = false;
  /** What is told of it is told in order. */
  #telling: Promise<void> = Promise.resolve();

  constructor(call: Call, options: RunningOptions) {
    this.#call = call;
    this.#options = options;
    this.#generation = call.room.generation;
  }

  start(): void {
    const { recorder, passFor, folder } = this.#options;
    const { id, callType: kind, caller, callee } = this.#call;
    try {
      const room = passFor(this.#call);
      const parties = [partyOf(caller), partyOf(callee)] as const;
      const job = { ...room, parties, kind, file: join(folder, `${id}.mp4`) };
      this.#task = recorder.start(job, (event) => this.#hear(event));
    } catch (error) {
      this.#fail(error instanceof RecorderFull ? 'too-many' : 'crashed', error);
    }
    // The call may have changed before.
    this.follow(this.#call);
  }

  /** Brings the recorder in line with the call. */
  follow(call: Call): void {
    if (call.revision > this.#call.revision) this.#call = call;
    const { recording, recordingWish, room } = this.#call;
    if (!this.#task || this.#isOver) return;
    if (UNWANTED.has(recording)) this.#discard(this.#task);
    else if (recording === 'stopped' || recordingWish === 'off') this.#ask('off');
    else {
      if (room.generation !== this.#generation && room.ready) this.#move(this.#task);
      if (this.#startedAt !== null) this.#ask(recordingWish);
    }
  }

  /** Ends it well. Resolves once nothing more is to come. */
  async end(): Promise<void> {
    this.#ask('off');
    if (this.#asked === 'off') await this.#task?.stop().catch(() => undefined);
    await this.#telling;
  }

  /** It cannot begin. */
  giveUp(cause: unknown): void {
    this.#fail('crashed', cause);
  }

  #ask(wish: RecordingWish): void {
    if (!this.#task || this.#asked === wish || this.#asked === 'off') return;
    this.#asked = wish;
    if (wish === 'paused') this.#task.pause();
    else if (wish === 'on') this.#task.resume();
    else this.#task.stop().catch((error: unknown) => this.#options.onError(error, { call: this.#call.id }));
  }

  #move(task: RecordingTask): void {
    const call = this.#call;
    this.#generation = call.room.generation;
    task.move(this.#options.passFor(call));
  }

  #discard(task: RecordingTask): void {
    task.kill();
    this.#finish();
  }

  #hear(event: RecorderEvent): void {
    if (this.#isOver) return;
    switch (event.type) {
      case 'started':
        this.#startedAt = this.#options.now();
        this.#tell({ type: 'recording', state: 'recording' });
        // It may have been paused before it began.
        return this.follow(this.#call);
      case 'paused':
        return this.#tell({ type: 'recording', state: 'paused' });
      case 'resumed':
        return this.#tell({ type: 'recording', state: 'recording' });
      case 'failed':
        return this.#fail(event.reason, new Error(`The recorder failed, ${event.reason}: ${event.detail}`));
      case 'ready':
        this.#tell({ type: 'recording', state: 'stopped' });
        this.#telling = this.#telling.then(() => this.#keep(event));
        return this.#finish();
    }
  }

  async #keep({ file, bytes, durationMs }: Extract<RecorderEvent, { type: 'ready' }>): Promise<void> {
    const { keep, now, onError } = this.#options;
    const { id } = this.#call;
    const about = { startedAt: this.#startedAt ?? now(), storedAt: now(), bytes, durationMs };
    let event: CallEvent = { type: 'recording', state: 'ready' };
    try {
      await keep(recordingOf(this.#call, about), file);
    } catch (cause) {
      onError(new Error(`A recording could not be put away; it is at ${file}.`, { cause }), { call: id });
      event = { type: 'recording', state: 'failed', problem: 'storage' };
    }
    await this.#apply(event);
  }

  #fail(problem: RecordingProblem, cause: unknown): void {
    this.#options.onError(cause, { call: this.#call.id });
    this.#tell({ type: 'recording', state: 'failed', problem });
    this.#finish();
  }

  #tell(event: CallEvent): void {
    this.#telling = this.#telling.then(() => this.#apply(event));
  }

  async #apply(event: CallEvent): Promise<void> {
    const { apply, onError } = this.#options;
    try {
      await apply(this.#call.id, event);
    } catch (error) {
      // A call that is long over, and out of the history, has nobody to be told.
      if (!(error instanceof OmniCallError && error.code === 'no-such-call')) onError(error, { call: this.#call.id });
    }
  }

  #finish(): void {
    this.#isOver = true;
    void this.#telling.then(() => this.#options.onOver());
  }
}

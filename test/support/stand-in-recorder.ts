import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  RecorderFull,
  type RecordedRoom,
  type Recorder,
  type RecorderEvent,
  type RecordingJob,
  type RecordingTask,
} from '../../server/recording/recorder.js';

/** What its files hold. */
export const CONTENT = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));

/** A recorder that records nothing and does as it is told: the test says when it has done so. */
export class StandInTask implements RecordingTask {
  readonly asked: string[] = [];
  readonly moves: RecordedRoom[] = [];
  readonly #waiting = new Set<() => void>();
  #over: () => void = () => undefined;
  readonly #isOver = new Promise<void>((resolve) => (this.#over = resolve));

  constructor(
    readonly job: RecordingJob,
    readonly tell: (event: RecorderEvent) => void,
  ) {}

  /** The call that it records. */
  get call(): string {
    return basename(this.job.file, '.mp4');
  }

  pause(): void {
    this.#note('pause');
  }

  resume(): void {
    this.#note('resume');
  }

  move(room: RecordedRoom): void {
    this.moves.push(room);
    this.#note('move');
  }

  async stop(): Promise<void> {
    this.#note('stop');
    await this.#isOver;
  }

  kill(): void {
    this.#note('kill');
  }

  /** It has written its file. */
  async finish(durationMs = 5000): Promise<void> {
    const { file } = this.job;
    await writeFile(file, CONTENT);
    this.tell({ type: 'ready', file, bytes: CONTENT.length, durationMs });
    this.#over();
  }

  fail(reason: 'crashed' | 'disk-full' | 'media'): void {
    this.tell({ type: 'failed', reason, detail: 'the test has it so' });
    this.#over();
  }

  /** Resolves once it was asked that, for the nth time. */
  async until(what: string, times = 1): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (this.asked.filter((each) => each === what).length < times) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #note(what: string): void {
    this.asked.push(what);
    for (const look of [...this.#waiting]) look();
  }
}

export class StandInRecorder implements Recorder {
  readonly name = 'local';
  canPause = true;
  readonly tasks: StandInTask[] = [];
  /** How many it takes. */
  limit = Infinity;
  readonly #waiting = new Set<() => void>();

  start(job: RecordingJob, onEvent: (event: RecorderEvent) => void): RecordingTask {
    if (this.tasks.length >= this.limit) throw new RecorderFull(this.limit);
    const task = new StandInTask(job, onEvent);
    this.tasks.push(task);
    for (const look of [...this.#waiting]) look();
    return task;
  }

  /** Resolves with the recorder of that call. */
  async taskOf(call: string): Promise<StandInTask> {
    return new Promise((resolve) => {
      const look = (): void => {
        const task = this.tasks.find((each) => each.call === call);
        if (!task) return;
        this.#waiting.delete(look);
        resolve(task);
      };
      this.#waiting.add(look);
      look();
    });
  }
}

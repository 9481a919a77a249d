import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  RecorderFull,
  type RecordedRoom,
  type Recorder,
  type RecorderEvent,
  type RecordingJob,
  type RecordingTask,
} from '../recorder.js';
import { removeTraces } from './encoder.js';
import type { RecorderCommand } from './messages.js';

export interface LocalRecorderOptions {
  /** How many calls are recorded at once, at most. */
  limit: number;
}

/** What of our environment a recorder needs. Our secrets are not for it. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'XDG_CACHE_HOME', 'FONTCONFIG_PATH', 'FONTCONFIG_FILE'];
/** A stopped recorder that has not made its file whole by then is taken for dead. Milliseconds. */
const FINISHES_IN = 300_000;
const LAST_WORDS = 2000;
/**
 * A picture that comes in lies outside of V8's heap, 70 MB of them a second. Looking often through the little that is young finds
 * those that are done with; without these words V8 looks through all of its heap instead, five times a second, on every core.
 */
const GARBAGE = ['--max-semi-space-size=1', '--no-memory-reducer', '--single-threaded-gc'];

/** Records on this machine, each call in a process of its own, so that neither its load nor its crash is ours. */
export class LocalRecorder implements Recorder {
  readonly name = 'local';
  readonly canPause = true;
  readonly #limit: number;
  #running = 0;

  constructor({ limit }: LocalRecorderOptions) {
    this.#limit = limit;
  }

  start(job: RecordingJob, onEvent: (event: RecorderEvent) => void): RecordingTask {
    if (this.#running >= this.#limit) throw new RecorderFull(this.#limit);
    this.#running += 1;
    return new LocalTask(job, onEvent, () => (this.#running -= 1));
  }
}

class LocalTask implements RecordingTask {
  readonly #job: RecordingJob;
  readonly #onEvent: (event: RecorderEvent) => void;
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  #lastWords = '';
  /** The last event was told, or is not wanted. */
  #over = false;

  constructor(job: RecordingJob, onEvent: (event: RecorderEvent) => void, onGone: () => void) {
    this.#job = job;
    this.#onEvent = onEvent;
    this.#child = fork(fileURLToPath(new URL('./recorder-process.js', import.meta.url)), [], {
      env: Object.fromEntries(INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
      execArgv: [...process.execArgv, ...GARBAGE],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // A Ctrl-C reaches the whole process group: when a recording ends is for the call server to say.
      detached: true,
    });
    this.#child.stderr
      ?.setEncoding('utf8')
      .on('data', (text: string) => (this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS)));
    this.#child.on('message', (event: RecorderEvent) => this.#tell(event));
    this.#gone = once(this.#child, 'close')
      .then(
        () => `it ended with ${this.#child.signalCode ?? this.#child.exitCode}. ${this.#lastWords}`,
        (error: Error) => error.message,
      )
      .then((how) => {
        onGone();
        this.#tell({ type: 'failed', reason: 'crashed', detail: `The recorder broke: ${how}`.trim() });
      });
    this.#send({ do: 'start', job });
  }

  pause(): void {
    this.#send({ do: 'pause' });
  }

  resume(): void {
    this.#send({ do: 'resume' });
  }

  move({ room, url, token }: RecordedRoom): void {
    this.#send({ do: 'move', room: { room, url, token } });
  }

  async stop(): Promise<void> {
    this.#send({ do: 'stop' });
    const late = setTimeout(() => this.#end(), FINISHES_IN);
    await this.#gone;
    clearTimeout(late);
  }

  kill(): void {
    this.#over = true;
    this.#end();
    void this.#gone.then(() => removeTraces(this.#job.file));
  }

  #tell(event: RecorderEvent): void {
    if (this.#over) return;
    this.#over = event.type === 'ready' || event.type === 'failed';
    this.#onEvent(event);
  }

  #send(command: RecorderCommand): void {
    // To one that is gone: that is told by its end.
    if (this.#child.connected) this.#child.send(command, () => undefined);
  }

  /** With its ffmpeg: they are a process group. */
  #end(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    process.kill(-pid, 'SIGKILL');
  }
}

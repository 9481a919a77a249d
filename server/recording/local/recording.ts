import { setTimeout as wait } from 'node:timers/promises';
import { CALL_TYPE } from 'omni-call/protocol';
import type { RecordedRoom, RecorderEvent, RecordingJob } from '../recorder.js';
import { renderCard } from './cards.js';
import type { Moment } from './clock.js';
import { Encoder, removeTraces } from './encoder.js';
import { EncodingFailed } from './ffmpeg.js';
import { RoomFollower } from './room-follower.js';
import { Stage } from './stage.js';
import { Timeline } from './timeline.js';

/** Pictures a second. A voice call has none but a screen, now and then. */
const RATE = { [CALL_TYPE.VIDEO_CALL]: 20, [CALL_TYPE.AUDIO_CALL]: 5 } as const;
const ATTEMPTS_TO_JOIN = 20;

export interface RecordingOptions {
  job: RecordingJob;
  now: () => Moment;
  onEvent: (event: RecorderEvent) => void;
}

/** Records one call, from the first word to the whole file. */
export class Recording {
  readonly #options: RecordingOptions;
  readonly #stage: Stage;
  readonly #timeline: Timeline;
  readonly #encoder: Encoder;
  readonly #room: RoomFollower;
  #begun = false;

  constructor(options: RecordingOptions) {
    const { job, now } = options;
    const rate = RATE[job.kind];
    this.#options = options;
    this.#stage = new Stage(rate);
    this.#encoder = new Encoder({ file: job.file, rate });
    this.#timeline = new Timeline({ rate, stage: this.#stage, output: this.#encoder });
    const [caller, callee] = job.parties;
    const identities = [caller.identity, callee.identity] as const;
    this.#room = new RoomFollower(job, { identities, listener: this.#timeline, now });
  }

  pause(): void {
    if (this.#timeline.paused) return;
    this.#timeline.pause(this.#options.now());
    if (this.#begun) this.#options.onEvent({ type: 'paused' });
  }

  resume(): void {
    if (!this.#timeline.paused) return;
    this.#timeline.resume(this.#options.now());
    if (this.#begun) this.#options.onEvent({ type: 'resumed' });
  }

  move(room: RecordedRoom): void {
    this.#room.move(room);
  }

  stop(): void {
    this.#timeline.end(this.#options.now());
  }

  /** Resolves when all is told: `ready` or `failed`. */
  async run(): Promise<void> {
    const { job, onEvent } = this.#options;
    try {
      await Promise.race([this.#record(), this.#encoder.broken]);
      this.#room.close();
      const bytes = await this.#encoder.finish();
      onEvent({ type: 'ready', file: job.file, bytes, durationMs: Math.round(this.#timeline.duration) });
    } catch (error) {
      const { reason, message } = error instanceof EncodingFailed ? error : new EncodingFailed('media', String(error));
      await this.abandon();
      onEvent({ type: 'failed', reason, detail: message });
    }
  }

  /** Leaves what there is as far as it goes. */
  async abandon(): Promise<void> {
    await this.#encoder.close();
    if (this.#timeline.duration === 0) await removeTraces(this.#options.job.file);
  }

  async #record(): Promise<void> {
    const { job, now, onEvent } = this.#options;
    const [caller, callee] = job.parties;
    const cards = Promise.all([renderCard(caller.name), renderCard(callee.name)]);
    const [dealt] = await Promise.all([cards, this.#room.join(ATTEMPTS_TO_JOIN)]);
    this.#stage.deal(dealt);
    this.#timeline.begin(now());
    this.#begun = true;
    onEvent({ type: 'started' });
    if (this.#timeline.paused) onEvent({ type: 'paused' });
    while (this.#timeline.advance(now())) await wait(1000 / RATE[job.kind]);
    if (this.#timeline.duration === 0) throw new EncodingFailed('media', 'The call was over before it began.');
  }
}

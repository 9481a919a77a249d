import type { Call, Time } from '../core/call.js';
import { callChannel, type Bus } from '../store/bus.js';
import type { Store } from '../store/store.js';
import { RunningRecording, type RunningOptions } from './running-recording.js';

export interface RecordingKeeperOptions extends Omit<RunningOptions, 'onOver'> {
  bus: Pick<Bus, 'subscribe' | 'unsubscribe'>;
  store: Pick<Store, 'call' | 'putMark'>;
  /** Milliseconds between two signs of life of a recording. */
  signEvery: number;
}

/** The mark that says of a call's recording that somebody looks after it. */
export const recorderMark = (call: string): string => `recorder:${call}`;

/** Signs that may fail to come before a recording is taken for left alone. */
const MISSED_SIGNS = 5;

/** The recordings that this node looks after: those of the calls that it saw connect. */
export class RecordingKeeper {
  readonly #options: RecordingKeeperOptions;
  readonly #running = new Map<string, RunningRecording>();
  readonly #signs: NodeJS.Timeout;

  constructor(options: RecordingKeeperOptions) {
    this.#options = options;
    this.#signs = setInterval(() => void this.#giveSigns(), options.signEvery);
  }

  get size(): number {
    return this.#running.size;
  }

  begin(call: Call): void {
    const { id } = call;
    const running = new RunningRecording(call, { ...this.#options, onOver: () => this.#forget(id) });
    this.#running.set(id, running);
    // Signs of life of one that never began would keep the sweep from telling of it, for ever.
    this.#begin(id, running).catch((error: unknown) => running.giveUp(error));
  }

  /** Ends all of them well. */
  async close(): Promise<void> {
    clearInterval(this.#signs);
    await Promise.all([...this.#running.values()].map((recording) => recording.end()));
  }

  async #begin(id: string, running: RunningRecording): Promise<void> {
    const { bus, store } = this.#options;
    await this.#sign(id);
    // The other side's node may be another one.
    await bus.subscribe(callChannel(id), (news) => {
      if (news.kind === 'call') running.follow(news.call);
    });
    const current = await store.call(id);
    if (current) running.follow(current);
    running.start();
  }

  #forget(id: string): void {
    this.#running.delete(id);
    this.#options.bus.unsubscribe(callChannel(id));
  }

  async #giveSigns(): Promise<void> {
    for (const [id, running] of this.#running) {
      try {
        await this.#sign(id);
        // News may not have come through.
        const call = await this.#options.store.call(id);
        if (call) running.follow(call);
      } catch (error) {
        this.#options.onError(error, { call: id });
      }
    }
  }

  async #sign(id: string): Promise<void> {
    const { store, now, signEvery } = this.#options;
    const at: Time = now();
    await store.putMark(recorderMark(id), at, MISSED_SIGNS * signEvery, at);
  }
}

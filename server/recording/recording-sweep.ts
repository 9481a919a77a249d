import type { Call, Time } from '../core/call.js';
import type { CallEvent } from '../core/call-events.js';
import type { Store } from '../store/store.js';
import { recorderMark } from './recording-keeper.js';

export interface RecordingSweepOptions {
  /** The open calls that this node's pages are in. */
  shown: () => Iterable<Call>;
  store: Pick<Store, 'calls' | 'mark'>;
  apply: (id: string, event: CallEvent) => Promise<void>;
  now: () => Time;
  /** Milliseconds between two looks. */
  every: number;
  onError: (error: unknown) => void;
}

/** Of so many calls that ended last the recordings are looked after too: one may be on its way to be put away. */
const RECENT = 50;

/** What a recorder, or whoever puts a file away, is at work on. */
const isWorkedOn = ({ stage, recording }: Call): boolean =>
  recording === 'recording' ||
  recording === 'paused' ||
  recording === 'stopped' ||
  (recording === 'requested' && stage === 'connected');

/** Says of recordings that they failed, whose node died with them. The calls go on. */
export class RecordingSweep {
  readonly #options: RecordingSweepOptions;
  readonly #timer: NodeJS.Timeout;
  /** Nobody looked after them at the last look: one may just be about to. */
  #alone: ReadonlySet<string> = new Set();

  constructor(options: RecordingSweepOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look().catch(options.onError), options.every);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async look(): Promise<void> {
    const { shown, store, apply, now } = this.#options;
    const calls = [...shown(), ...(await store.calls('ended', 0, RECENT))];
    const alone = new Set<string>();
    for (const call of calls.filter(isWorkedOn)) {
      if ((await store.mark(recorderMark(call.id), now())) !== null) continue;
      if (this.#alone.has(call.id)) await apply(call.id, { type: 'recording', state: 'failed', problem: 'crashed' });
      else alone.add(call.id);
    }
    this.#alone = alone;
  }
}

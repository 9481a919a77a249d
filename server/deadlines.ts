import type { Session, Store } from './store/store.js';

export interface DeadlinesOptions {
  store: Pick<Store, 'due'>;
  now: () => number;
  onCall: (id: string) => Promise<void>;
  onSession: (id: string) => Promise<void>;
  onOrphan: (session: Session) => Promise<void>;
  onError: (error: unknown) => void;
}

/** How late, in milliseconds, a deadline may be noticed. */
const TICK = 200;

/** Turns stored deadlines into ordinary events. Any node may notice one: the compare-and-set lets it happen once. */
export class Deadlines {
  readonly #options: DeadlinesOptions;
  readonly #timer: NodeJS.Timeout;
  #looking = false;

  constructor(options: DeadlinesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), TICK);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const { store, now, onCall, onSession, onOrphan, onError } = this.#options;
    try {
      const { calls, sessions, orphans } = await store.due(now());
      const results = await Promise.allSettled([
        ...calls.map(onCall),
        ...sessions.map(onSession),
        ...orphans.map(onOrphan),
      ]);
      for (const result of results) if (result.status === 'rejected') onError(result.reason);
    } catch (error) {
      onError(error);
    } finally {
      this.#looking = false;
    }
  }
}

import type { Presence } from '../protocol/index.js';

/** Tells the server whom to watch; resolves with how they are now. */
export type SendWatch = (users: string[]) => Promise<Record<string, Presence>>;

/** Whom this page wants to hear of: several may ask for the same person. */
export class PresenceWatch {
  readonly #watchers = new Map<string, number>();
  readonly #send: SendWatch;
  readonly #onPresence: (presence: Record<string, Presence>) => void;
  #queued = false;

  constructor(send: SendWatch, onPresence: (presence: Record<string, Presence>) => void) {
    this.#send = send;
    this.#onPresence = onPresence;
  }

  /** Returns the way to stop. */
  watch(user: string): () => void {
    const watchers = this.#watchers.get(user) ?? 0;
    this.#watchers.set(user, watchers + 1);
    if (watchers === 0) this.#tell();
    let watching = true;
    return () => {
      if (!watching) return;
      watching = false;
      const left = (this.#watchers.get(user) ?? 1) - 1;
      if (left > 0) this.#watchers.set(user, left);
      else {
        this.#watchers.delete(user);
        this.#tell();
      }
    };
  }

  /** A new connection knows of no wishes yet. */
  welcome(): void {
    if (this.#watchers.size > 0) this.#tell();
  }

  /** Once for all that is asked for in one task. */
  #tell(): void {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      // Without a connection there is nobody to tell: the next one is told.
      this.#send([...this.#watchers.keys()]).then(this.#onPresence, () => undefined);
    });
  }
}

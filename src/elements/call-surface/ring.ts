import { RingAttention } from '../../attention/ring-attention.js';
import type { CallSnapshot } from '../../service/snapshot.js';
import type { Localize } from '../../locales/localize.js';
import { announcementWords } from './words.js';

/** How an element draws attention to an incoming call. */
export interface RingOptions {
  /** The address of a sound, `none`, or empty for the widget's own. */
  readonly ringtone: string;
  readonly notify: boolean;
}

/** The ring of an element: it begins and ends with the call's. */
export class Ring {
  readonly #onBlocked: (blocked: boolean) => void;
  #attention: RingAttention | null = null;
  #session: string | null = null;
  #blocked = false;

  constructor(onBlocked: (blocked: boolean) => void) {
    this.#onBlocked = onBlocked;
  }

  /** The browser keeps it silent. */
  get isBlocked(): boolean {
    return this.#blocked;
  }

  follow({ phase, call, userId }: CallSnapshot, rings: boolean, options: RingOptions, localize: Localize): void {
    const session = rings && phase === 'ringing' ? (call?.session ?? null) : null;
    if (session === this.#session) return;
    this.stop();
    this.#session = session;
    if (!call || session === null) return;
    const words = announcementWords({ phase } as CallSnapshot, call, localize);
    // The page is told of the ring after this, and may keep it for itself.
    queueMicrotask(() => {
      if (session !== this.#session) return;
      this.#attention ??= new RingAttention({
        session,
        who: userId ?? '',
        ...options,
        title: words,
        body: words,
        onBlocked: (blocked) => this.#setBlocked(blocked),
      });
    });
  }

  readonly unblock = (): void => void this.#attention?.unblock();

  stop(): void {
    this.#attention?.stop();
    this.#attention = null;
    this.#session = null;
    this.#setBlocked(false);
  }

  #setBlocked(blocked: boolean): void {
    if (blocked === this.#blocked) return;
    this.#blocked = blocked;
    this.#onBlocked(blocked);
  }
}

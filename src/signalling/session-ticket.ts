import { pageStorage } from '../page-storage.js';

/** What a page needs to take up its session again after a reload. */
export interface SessionTicket {
  session: string;
  secret: string;
  /** The call that it is in. */
  call: string | null;
  /** What the server left with the page, should it lose its state. */
  seal?: string | undefined;
}

/** Milliseconds for which a page that is just being replaced may still hold the lock. */
const LOCK_PATIENCE = 1_000;

const isTicket = (value: unknown): value is SessionTicket =>
  typeof value === 'object' && value !== null && 'session' in value && typeof value.session === 'string';

/**
 * Keeps the ticket in the tab's own storage. A duplicated tab starts with a copy of that, so the one page that
 * may use a ticket is the one that holds the Web Lock of its session.
 */
export class TicketBox {
  readonly #key: string;
  readonly #storage: Storage | null;
  readonly #locks: LockManager | null;
  #ticket: SessionTicket | null = null;
  #release: (() => void) | null = null;

  constructor(
    key: string,
    storage = pageStorage('sessionStorage'),
    // Not there without HTTPS.
    locks: LockManager | null = globalThis.navigator?.locks ?? null,
  ) {
    this.#key = `omni-call ${key}`;
    this.#storage = storage;
    this.#locks = locks;
  }

  /** The ticket to resume with; null when there is none, or another tab uses it. */
  async take(): Promise<SessionTicket | null> {
    if (this.#ticket && this.#release) return this.#ticket;
    const ticket = this.#ticket ?? this.#read();
    if (!ticket || !(await this.#lock(ticket.session))) return null;
    this.#ticket = ticket;
    return ticket;
  }

  async keep(ticket: SessionTicket): Promise<void> {
    const another = ticket.session !== this.#ticket?.session;
    this.#ticket = ticket;
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(ticket));
    } catch {
      // A full storage costs the reload, not the session.
    }
    if (!another) return;
    this.letGo();
    await this.#lock(ticket.session);
  }

  get ticket(): SessionTicket | null {
    return this.#ticket;
  }

  /** Lets the next page of this tab have it. */
  letGo(): void {
    this.#release?.();
    this.#release = null;
  }

  /** Forgets the session. */
  drop(): void {
    this.letGo();
    this.#ticket = null;
    this.#storage?.removeItem(this.#key);
  }

  #read(): SessionTicket | null {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(this.#key) ?? 'null');
      return isTicket(value) ? value : null;
    } catch {
      return null;
    }
  }

  #lock(session: string): Promise<boolean> {
    const locks = this.#locks;
    if (!locks) {
      this.#release = () => undefined;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const held = (): Promise<void> =>
        new Promise<void>((release) => {
          this.#release = release;
          resolve(true);
        });
      locks
        .request(`omni-call ${session}`, { signal: AbortSignal.timeout(LOCK_PATIENCE) }, held)
        .catch((error: unknown) => {
          // Waited in vain; or a frame that may not use locks, and then goes without.
          if (error instanceof DOMException && error.name === 'TimeoutError') resolve(false);
          else void held();
        });
    });
  }
}

import { OmniCallError } from '../protocol/index.js';

/** Milliseconds by which a token has to outlive the attempt that it is for. */
const MARGIN = 10_000;

/** When a JWT expires, in milliseconds since the epoch; never, for what does not say. */
function expiryOf(token: string): number {
  try {
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const { exp } = JSON.parse(atob(payload)) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : Infinity;
  } catch {
    // Only the server has to understand the token.
    return Infinity;
  }
}

/** Gives the token for each connection, and asks the page for another when the last is of no more use. */
export class TokenSource {
  readonly #source: string | (() => string | Promise<string>) | undefined;
  readonly #now: () => number;
  #kept: string | null = null;
  #fresh = false;

  constructor(source: string | (() => string | Promise<string>) | undefined, now: () => number) {
    this.#source = source;
    this.#now = now;
  }

  /** Rejects with `unauthorized`, worth another try, when the page's own function fails. */
  async get(): Promise<string | undefined> {
    if (typeof this.#source !== 'function') return this.#source;
    this.#fresh = this.#kept === null || expiryOf(this.#kept) - MARGIN <= this.#now();
    if (!this.#fresh) return this.#kept ?? undefined;
    try {
      this.#kept = await this.#source();
    } catch (cause) {
      throw new OmniCallError('unauthorized', 'The page could not get a token.', { cause, retryable: true });
    }
    return this.#kept;
  }

  /** The server refused the last one. Returns whether a newer one can be had that may fare better. */
  refused(): boolean {
    this.#kept = null;
    return typeof this.#source === 'function' && !this.#fresh;
  }
}

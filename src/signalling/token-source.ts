import { OmniCallError } from '../protocol/index.js';

/** Milliseconds by which a token has to outlive the attempt that it is for. */
const MARGIN = 10_000;

export type Token = string | (() => string | Promise<string>);

/** What a JWT claims. Nothing, for what is none: only the server has to understand the token. */
function claimsOf(token: string): { sub?: unknown; exp?: unknown } {
  try {
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    return (JSON.parse(atob(payload)) as object | null) ?? {};
  } catch {
    return {};
  }
}

/** When it expires, in milliseconds since the epoch; never, for what does not say. */
function expiryOf(token: string): number {
  const { exp } = claimsOf(token);
  return typeof exp === 'number' ? exp * 1000 : Infinity;
}

/** Whose token it is, as far as a page can tell: it has one function for one person. */
export const bearerOf = (token: Token | undefined): unknown =>
  typeof token === 'string' ? (claimsOf(token).sub ?? token) : typeof token;

/** Gives the token for each connection, and asks the page for another when the last is of no more use. */
export class TokenSource {
  #source: Token | undefined;
  readonly #now: () => number;
  #kept: string | null = null;
  #fresh = false;

  constructor(source: Token | undefined, now: () => number) {
    this.#source = source;
    this.#now = now;
  }

  /** Another token, or way to get one, of the same person. */
  renew(source: Token): void {
    this.#source = source;
    this.#kept = null;
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

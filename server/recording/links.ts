import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { RecordingLink } from 'omni-call/protocol';
import type { Time } from '../core/call.js';

/** Seconds for which a link is good, unless its maker says otherwise. */
export const LINK_FOR_S = 900;

/** What of a link's address says that it was made here. */
export interface LinkProof {
  readonly expires: string;
  readonly signature: string;
}

/** Makes links to recordings, and knows them again: on every node with the same secret. */
export class RecordingLinks {
  readonly #key: Buffer;
  readonly #now: () => Time;

  constructor(secret: string, now: () => Time) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, 'omni-call', 'links to recordings', 32));
    this.#now = now;
  }

  make(id: string, forSeconds = LINK_FOR_S): RecordingLink {
    const expiresAt = this.#now() + forSeconds * 1000;
    const query = new URLSearchParams({ expires: String(expiresAt), signature: this.#sign(id, String(expiresAt)) });
    return { url: `/recordings/${id}.mp4?${query}`, expires_at: new Date(expiresAt).toISOString() };
  }

  isGood(id: string, { expires, signature }: LinkProof): boolean {
    const expected = Buffer.from(this.#sign(id, expires));
    const shown = Buffer.from(signature);
    if (shown.length !== expected.length || !timingSafeEqual(shown, expected)) return false;
    return Number(expires) > this.#now();
  }

  #sign(id: string, expires: string): string {
    return createHmac('sha256', this.#key).update(`${id} ${expires}`).digest('base64url');
  }
}

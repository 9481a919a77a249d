import { Pool } from 'undici';
import { roomToken } from './room-token.js';
import type { LivekitOptions } from './rooms.js';

/** Milliseconds in which LiveKit has to answer, and for which a connection that is not used is kept. */
const ANSWER_WITHIN = 5_000;
const KEEP_FOR = 4_000;
/** Milliseconds for which a token is used again, well within its life. */
const TOKEN_FRESH = 60_000;

/**
 * The two requests to LiveKit that each call takes, over connections that are kept: by the SDK's `fetch` they cost the server
 * more than all the rest of a call.
 */
export class RoomRequests {
  readonly #options: LivekitOptions;
  readonly #pool: Pool;
  #token = { text: '', madeAt: -Infinity };

  constructor(options: LivekitOptions) {
    this.#options = options;
    this.#pool = new Pool(new URL(options.url.replace(/^ws/, 'http')).origin, {
      connectTimeout: ANSWER_WITHIN,
      headersTimeout: ANSWER_WITHIN,
      bodyTimeout: ANSWER_WITHIN,
      keepAliveTimeout: KEEP_FOR,
    });
  }

  /** Rejects unless LiveKit has done it. */
  async send(method: 'CreateRoom' | 'DeleteRoom', content: object): Promise<void> {
    const { statusCode, body } = await this.#pool.request({
      method: 'POST',
      path: `/twirp/livekit.RoomService/${method}`,
      headers: { authorization: `Bearer ${this.#freshToken()}`, 'content-type': 'application/json' },
      body: JSON.stringify(content),
    });
    // Read to its end, so that the connection can be used again.
    await body.dump();
    if (statusCode !== 200) throw new Error(`LiveKit answered ${method} with ${statusCode}.`);
  }

  #freshToken(): string {
    const now = Date.now();
    if (now - this.#token.madeAt > TOKEN_FRESH)
      this.#token = { text: roomToken(this.#options, { roomCreate: true }), madeAt: now };
    return this.#token.text;
  }
}

import http from 'node:http';
import https from 'node:https';
import { roomToken } from './room-token.js';
import type { LivekitOptions } from './rooms.js';

/** Milliseconds in which LiveKit has to answer, and for which a connection that is not used is kept. */
const ANSWER_WITHIN = 5_000;
const KEEP_FOR = 4_000;
/** Milliseconds for which a token is used again, well within its life. */
const TOKEN_FRESH = 60_000;

type Method = 'CreateRoom' | 'DeleteRoom';

/**
 * The two requests to LiveKit that each call takes, over connections that are kept: by the SDK's `fetch` they cost the server
 * more than all the rest of a call.
 */
export class RoomRequests {
  readonly #options: LivekitOptions;
  readonly #urls: Readonly<Record<Method, URL>>;
  readonly #isSecure: boolean;
  readonly #agent: http.Agent;
  #token = { text: '', madeAt: -Infinity };

  constructor(options: LivekitOptions) {
    this.#options = options;
    const base = options.url.replace(/^ws/, 'http');
    const urlOf = (method: Method): URL => new URL(`/twirp/livekit.RoomService/${method}`, base);
    this.#urls = { CreateRoom: urlOf('CreateRoom'), DeleteRoom: urlOf('DeleteRoom') };
    this.#isSecure = this.#urls.CreateRoom.protocol === 'https:';
    const kept = { keepAlive: true, timeout: KEEP_FOR };
    this.#agent = this.#isSecure ? new https.Agent(kept) : new http.Agent(kept);
  }

  /** Rejects unless LiveKit has done it. */
  async send(method: Method, content: object): Promise<void> {
    const body = JSON.stringify(content);
    const headers = {
      authorization: `Bearer ${this.#freshToken()}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    await new Promise<void>((resolve, reject) => {
      const { request: begin } = this.#isSecure ? https : http;
      const request = begin(this.#urls[method], {
        method: 'POST',
        agent: this.#agent,
        timeout: ANSWER_WITHIN,
        headers,
      });
      request.on('response', (response) => {
        response.on('error', reject);
        response.on('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`LiveKit answered ${method} with ${response.statusCode}.`));
        });
        response.resume();
      });
      request.on('error', reject);
      request.on('timeout', () => request.destroy(new Error(`LiveKit did not answer ${method}.`)));
      request.end(body);
    });
  }

  #freshToken(): string {
    const now = Date.now();
    if (now - this.#token.madeAt > TOKEN_FRESH)
      this.#token = { text: roomToken(this.#options, { roomCreate: true }), madeAt: now };
    return this.#token.text;
  }
}

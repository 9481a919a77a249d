import http from 'node:http';
import https from 'node:https';
import { roomToken } from './room-token.js';
import type { LivekitOptions } from './rooms.js';

/** Milliseconds in which LiveKit has to answer, and for which a connection that is not used is kept. */
const ANSWER_WITHIN = 5_000;
const KEEP_FOR = 4_000;

/**
 * The two requests to LiveKit that each call takes, over connections that are kept: by the SDK's `fetch` they cost the server
 * more than all the rest of a call.
 */
export class RoomRequests {
  readonly #options: LivekitOptions;
  readonly #url: URL;
  readonly #agent: http.Agent;

  constructor(options: LivekitOptions) {
    this.#options = options;
    this.#url = new URL(options.url.replace(/^ws/, 'http'));
    const kept = { keepAlive: true, timeout: KEEP_FOR };
    this.#agent = this.#isSecure ? new https.Agent(kept) : new http.Agent(kept);
  }

  /** Rejects unless LiveKit has done it. */
  async send(method: 'CreateRoom' | 'DeleteRoom', content: object): Promise<void> {
    const body = JSON.stringify(content);
    const headers = {
      authorization: `Bearer ${roomToken(this.#options, { roomCreate: true })}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const url = new URL(`/twirp/livekit.RoomService/${method}`, this.#url);
    await new Promise<void>((resolve, reject) => {
      const { request: begin } = this.#isSecure ? https : http;
      const request = begin(url, { method: 'POST', agent: this.#agent, timeout: ANSWER_WITHIN, headers });
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

  get #isSecure(): boolean {
    return this.#url.protocol === 'https:';
  }
}

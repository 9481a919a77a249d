import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { LoopbackHttp } from './loopback-http.js';

/** What a page hands to its back end. */
export interface PushSubscriptionJson {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

export interface Pushed {
  headers: IncomingHttpHeaders;
  /** Decrypted. */
  text: string;
}

const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64url');

/** Plays the push service of a browser, with one browser subscribed to it. It takes only what RFC 8292 and RFC 8291 have it take. */
export class PushService extends LoopbackHttp {
  readonly #keys = createECDH('prime256v1');
  readonly #auth = randomBytes(16);
  readonly #pushed: Pushed[] = [];
  readonly #refused: unknown[] = [];
  readonly #watchers = new Set<() => void>();

  /** `key`: the VAPID key that its subscription was made with. */
  constructor(readonly key: string) {
    super((request, response) => void this.#take(request, response));
    this.#keys.generateKeys();
  }

  get subscription(): PushSubscriptionJson {
    const keys = { p256dh: this.#keys.getPublicKey('base64url'), auth: this.#auth.toString('base64url') };
    return { endpoint: `${this.origin}/one-browser`, keys };
  }

  /** Resolves with the nth message, once it is there. Rejects when it was sent one that it had to refuse. */
  message(nth: number): Promise<Pushed> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.#pushed[nth];
        if (this.#refused.length > 0) reject(this.#refused[0]);
        else if (found) resolve(found);
        else return;
        this.#watchers.delete(look);
      };
      this.#watchers.add(look);
      look();
    });
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await buffer(request);
      this.#assertKnown(request.headers.authorization ?? '');
      if (request.headers['content-encoding'] !== 'aes128gcm') throw new Error('not encrypted as browsers want it');
      this.#pushed.push({ headers: request.headers, text: this.#decrypt(body) });
      response.writeHead(201).end();
    } catch (error) {
      this.#refused.push(error);
      response.writeHead(403).end();
    }
    for (const look of this.#watchers) look();
  }

  #assertKnown(authorization: string): void {
    const [, token = '', key] = /^vapid t=([^,]+), ?k=(\S+)$/.exec(authorization) ?? [];
    if (key !== this.key) throw new Error('a key that the subscription is not for');
    const point = fromBase64(key);
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
    const jwk = { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' };
    const [header = '', claims = '', signature = ''] = token.split('.');
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    const signed = Buffer.from(`${header}.${claims}`);
    if (!verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, fromBase64(signature)))
      throw new Error('a signature that is none');
    const { aud, exp, sub } = JSON.parse(fromBase64(claims).toString()) as Record<string, unknown>;
    const left = Number(exp) - Date.now() / 1000;
    if (aud !== this.origin || !(left > 0 && left <= 86_400) || !/^(mailto:|https:)/.test(String(sub)))
      throw new Error(`claims that do not hold: ${String(aud)}, ${String(exp)}, ${String(sub)}`);
  }

  #decrypt(body: Buffer): string {
    const salt = body.subarray(0, 16);
    const size = body.readUInt8(20);
    const sender = body.subarray(21, 21 + size);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#keys.getPublicKey(), sender]);
    const derive = (secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer =>
      Buffer.from(hkdfSync('sha256', secret, salt, info, length));
    const secret = derive(this.#keys.computeSecret(sender), this.#auth, info, 32);
    const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
    const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(body.subarray(-16));
    const record = Buffer.concat([decipher.update(body.subarray(21 + size, -16)), decipher.final()]);
    // The last record ends with a 2, and zeros as padding.
    return record.subarray(0, record.lastIndexOf(2)).toString();
  }
}

import { isIP } from 'node:net';
import type { CallServerOptions } from './call-server.js';
import { wrong } from './setting-error.js';

/** Where a server listens that is told nothing else. */
export const LOOPBACK = '127.0.0.1';

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Throws at what would let anybody in, or whoever guesses: by the names of the environment, also for an embedder. */
export function assertSafe({
  host = LOOPBACK,
  auth: { secret, jwksUrl } = {},
  apiKey,
  webhook,
}: Pick<CallServerOptions, 'host' | 'auth' | 'apiKey' | 'webhook'>): void {
  if (secret === undefined && jwksUrl === undefined && !isLoopback(host)) {
    throw wrong(
      'HOST',
      'a loopback address, unless AUTH_SECRET or AUTH_JWKS_URL is set: without them anybody may be anybody',
    );
  }
  // RFC 7518 §3.2: a key of HS256 has at least the size of the hash.
  if (secret !== undefined && Buffer.byteLength(secret) < 32) throw wrong('AUTH_SECRET', '32 bytes or more');
  if (apiKey !== undefined && apiKey.length < 16) throw wrong('API_KEY', '16 characters or more');
  if (webhook && webhook.secret.length < 16) throw wrong('WEBHOOK_SECRET', '16 characters or more');
}

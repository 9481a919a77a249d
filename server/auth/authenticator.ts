import { randomUUID } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LIMITS, OmniCallError, isUserId, type Hello } from 'omni-call/protocol';
import type { Identity } from '../sessions.js';

/** A key that a page may show: it lets visitors in, from these origins, to call these people and nobody else. */
export interface PublishableKey {
  key: string;
  origins: readonly string[];
  callees: readonly string[];
}

export interface AuthOptions {
  /** Shared secret of HS256 tokens. */
  secret?: string;
  /** Where the public keys of RS256, ES256 or EdDSA tokens are. */
  jwksUrl?: string;
  keys?: readonly PublishableKey[];
}

/** A token made for something else than calls says so in `aud`. */
const AUDIENCE = 'omni-call';
/** Seconds by which the clocks of the host's back end and of this server may differ. */
const CLOCK_SKEW = 30;
/** Milliseconds after which a key that is not known yet may be looked for again: new ones come into use by that. */
const LOOK_FOR_KEYS_EVERY = 5_000;

type Verifier = (token: string) => Promise<JWTPayload>;

function verifierOf({ secret, jwksUrl }: AuthOptions): Verifier | null {
  const options = { clockTolerance: CLOCK_SKEW };
  if (secret !== undefined) {
    const key = new TextEncoder().encode(secret);
    return async (token) => (await jwtVerify(token, key, { ...options, algorithms: ['HS256'] })).payload;
  }
  if (jwksUrl !== undefined) {
    const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(jwksUrl), { cooldownDuration: LOOK_FOR_KEYS_EVERY });
    const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
    return async (token) => (await jwtVerify(token, keys, { ...options, algorithms })).payload;
  }
  return null;
}

/** Tells who says hello. */
export class Authenticator {
  readonly #verify: Verifier | null;
  readonly #keys: ReadonlyMap<string, PublishableKey>;

  constructor(options: AuthOptions) {
    this.#verify = verifierOf(options);
    this.#keys = new Map((options.keys ?? []).map((key) => [key.key, key]));
  }

  /** `owner` is whose session the page has proved to be its own: an id that the server gave is asked for again by that. */
  async identify(hello: Hello, from: { origin: string | null; owner: string | null }): Promise<Identity> {
    if (hello.token !== undefined) return this.#byToken(hello.token, hello);
    if (hello.key !== undefined) return this.#byKey(hello.key, hello, from);
    if (this.#verify) throw new OmniCallError('unauthorized', 'This server wants a token, or a publishable key.');
    return {
      userId: hello.userId ?? from.owner ?? `guest-${randomUUID()}`,
      displayName: hello.displayName ?? null,
      callees: null,
    };
  }

  async #byToken(token: string, hello: Hello): Promise<Identity> {
    if (!this.#verify)
      throw new OmniCallError('unauthorized', 'This server has no AUTH_SECRET or AUTH_JWKS_URL to check tokens with.');
    const payload = await this.#verify(token).catch((cause: unknown) => {
      throw refusalOf(cause);
    });
    const { sub, name, callees, aud } = payload;
    if (aud !== undefined && ![aud].flat().includes(AUDIENCE)) throw badToken(`its "aud" is not "${AUDIENCE}"`);
    if (!isUserId(sub)) throw badToken('its "sub" is no user id');
    if (hello.userId !== undefined && hello.userId !== sub)
      throw badToken('its "sub" is another user id than the page named');
    if (name !== undefined && (typeof name !== 'string' || name.length > LIMITS.displayName))
      throw badToken('its "name" is no short text');
    if (callees !== undefined && !(Array.isArray(callees) && callees.every(isUserId)))
      throw badToken('its "callees" is no list of user ids');
    return { userId: sub, displayName: name ?? hello.displayName ?? null, callees: callees ?? null };
  }

  #byKey(key: string, hello: Hello, from: { origin: string | null; owner: string | null }): Identity {
    const known = this.#keys.get(key);
    if (!known) throw new OmniCallError('unauthorized', 'This publishable key is not known here.');
    if (from.origin === null || !known.origins.includes(from.origin)) {
      throw new OmniCallError('unauthorized', 'This publishable key is not for pages of this origin.');
    }
    // A visitor has no say in its id: else it could be taken for somebody.
    const again = from.owner?.startsWith('visitor-') ? from.owner : null;
    return {
      userId: again ?? `visitor-${randomUUID()}`,
      displayName: hello.displayName ?? null,
      callees: known.callees,
      visitor: true,
    };
  }
}

const badToken = (why: string): OmniCallError => new OmniCallError('unauthorized', `The token is refused: ${why}.`);

function refusalOf(cause: unknown): OmniCallError {
  if (isAboutKeys(cause))
    return new OmniCallError('server-error', 'The keys to check tokens with cannot be had at the moment.', { cause });
  const why = cause instanceof errors.JWTExpired ? 'it has expired' : 'its signature, form or time is not right';
  return new OmniCallError('unauthorized', `The token is refused: ${why}.`, { cause });
}

/** The server of the JWKS failed, not the token. */
const isAboutKeys = (cause: unknown): boolean =>
  !(cause instanceof errors.JOSEError) ||
  cause instanceof errors.JWKSTimeout ||
  cause instanceof errors.JWKSInvalid ||
  // What jose throws for an answer other than 200.
  cause.code === errors.JOSEError.code;

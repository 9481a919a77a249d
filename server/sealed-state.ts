import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Call, Time } from './core/call.js';
import { fewRandomBytes } from './few-random-bytes.js';
import type { Session } from './store/store.js';

/** What a server that keeps its state in memory leaves with a page, to know again should it die. */
export interface SealedState {
  /** Milliseconds since the epoch. */
  at: Time;
  session: Pick<Session, 'id' | 'userId' | 'secretHash'>;
  /** The call that the session is in, or was last in. */
  call: Call | null;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Stands before each seal, and in the key: a later form of the content is another version. */
const VERSION = '2';

/**
 * Seals state so that its keeper can neither read nor change it. Every node with the same secret opens it. Session and
 * call are sealed apart, each state of them once, for both sides of a call are given the same.
 */
export class Sealer {
  readonly #key: Buffer;
  readonly #sealed = new WeakMap<object, string>();

  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, 'omni-call', `sealed state ${VERSION}`, 32));
  }

  /** `at` is now. */
  seal(session: Session, call: Call | null, at: Time): string {
    const { id, userId, secretHash } = session;
    const parts = [this.#part('session', session, { at, session: { id, userId, secretHash } })];
    if (call) parts.push(this.#part('call', call, { at, call }));
    return [VERSION, ...parts].join('.');
  }

  /** Null for what is not a seal of ours. */
  open(seal: string): SealedState | null {
    const [version, session, call, ...more] = seal.split('.');
    if (version !== VERSION || session === undefined || more.length > 0) return null;
    try {
      const state = { ...this.#opened('session', session), call: null };
      return call === undefined ? state : { ...state, ...this.#opened('call', call) };
    } catch {
      return null;
    }
  }

  #part(kind: 'session' | 'call', of: object, content: Partial<SealedState>): string {
    const known = this.#sealed.get(of);
    if (known !== undefined) return known;
    const iv = fewRandomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, iv).setAAD(Buffer.from(kind));
    const text = [cipher.update(JSON.stringify(content)), cipher.final()];
    const sealed = Buffer.concat([iv, cipher.getAuthTag(), ...text]).toString('base64url');
    this.#sealed.set(of, sealed);
    return sealed;
  }

  /** Throws for what is not of that kind, or not ours. */
  #opened(kind: 'session' | 'call', sealed: string): SealedState {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(kind)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const content = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    // Only this class makes what opens: what is read back is what was sealed, one of the two parts.
    return JSON.parse(content.toString()) as SealedState;
  }
}

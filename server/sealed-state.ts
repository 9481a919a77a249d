import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Call } from './core/call.js';
import type { Session } from './store/store.js';

/** What a server that keeps its state in memory leaves with a page, to know again should it die. */
export interface SealedState {
  /** Milliseconds since the epoch. */
  at: number;
  session: Pick<Session, 'id' | 'userId' | 'secretHash'>;
  /** The call that the session is in, or was last in. */
  call: Call | null;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Stands before each seal, and in the key: a later form of the content is another version. */
const VERSION = '1.';

/** Seals state so that its keeper can neither read nor change it. Every node with the same secret opens it. */
export class Sealer {
  readonly #key: Buffer;

  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, 'omni-call', `sealed state ${VERSION}`, 32));
  }

  seal(state: SealedState): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, iv);
    const content = Buffer.concat([cipher.update(JSON.stringify(state)), cipher.final()]);
    return VERSION + Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64url');
  }

  /** Null for what is not a seal of ours. */
  open(seal: string): SealedState | null {
    if (!seal.startsWith(VERSION)) return null;
    const bytes = Buffer.from(seal.slice(VERSION.length), 'base64url');
    if (bytes.length <= IV_BYTES + TAG_BYTES) return null;
    try {
      const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const content = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
      return JSON.parse(content.toString()) as SealedState;
    } catch {
      return null;
    }
  }
}

import { hash, timingSafeEqual } from 'node:crypto';
import { OmniCallError } from 'omni-call/protocol';
import type { Time } from './core/call.js';
import type { CallEngine } from './engine.js';
import type { Bus } from './store/bus.js';
import type { Session, Store } from './store/store.js';

/** Who somebody is, once proved. */
export interface Identity {
  userId: string;
  displayName: string | null;
  callees: readonly string[] | null;
  visitor?: true;
}

export interface SessionsOptions {
  store: Store;
  bus: Bus;
  engine: CallEngine;
  now: () => Time;
  randomName: () => string;
  /** Milliseconds for which a lost session can be resumed. */
  grace: number;
  perUser: number;
  onPresenceChange: (userId: string) => void;
}

/** Opens, resumes, loses and ends the sessions of pages. */
export class Sessions {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  async open(identity: Identity, connection: string): Promise<{ session: Session; secret: string }> {
    const { store, randomName, perUser, onPresenceChange } = this.#options;
    if (await this.isShutOut(identity)) throw shutOut();
    if ((await store.sessionsOf(identity.userId)).length >= perUser) {
      throw new OmniCallError('rate-limited', `This person has ${perUser} sessions already.`);
    }
    const secret = randomName();
    const session: Session = { id: randomName(), ...identity, secretHash: hashOf(secret), connection, endsAt: null };
    await store.putSession(session);
    onPresenceChange(identity.userId);
    return { session, secret };
  }

  /** The session again, its page having come back; null when it is gone, another person's, or the secret is wrong. */
  async resume(id: string, secret: string, identity: Identity, connection: string): Promise<Session | null> {
    const { store, bus, engine } = this.#options;
    const found = await store.session(id);
    if (!found || found.userId !== identity.userId) return null;
    if (!isSecretOf(found, secret)) return null;
    if (await this.isShutOut(identity)) throw shutOut();
    const session: Session = { ...found, ...identity, connection, endsAt: null };
    await store.putSession(session);
    bus.publish(session.userId, { kind: 'session', session: id, connection });
    await engine.applyToCallOf(session, { type: 'resumed', session: id });
    return session;
  }

  /** The store may have forgotten this session, or taken it for lost. False when another connection has it by now. */
  async affirm(session: Session): Promise<boolean> {
    const { store, engine, onPresenceChange } = this.#options;
    const found = await store.session(session.id);
    if (found && found.connection !== null) return found.connection === session.connection;
    await store.putSession({ ...session, endsAt: null });
    await engine.applyToCallOf(session, { type: 'link', session: session.id, up: true });
    onPresenceChange(session.userId);
    return true;
  }

  /**
   * Whose session this is, for a page that resumes one whose id the server had given; null when the secret is wrong,
   * for the other side of a call knows the session by its name in the room.
   */
  async ownerOf(id: string, secret: string): Promise<string | null> {
    const found = await this.#options.store.session(id);
    return found && isSecretOf(found, secret) ? found.userId : null;
  }

  /** The connection broke, or its node died. The page has the grace period to come back. */
  async lose({ id, connection }: Session): Promise<void> {
    const { store, engine, now, grace } = this.#options;
    if (connection === null || !(await store.loseSession(id, connection, now() + grace))) return;
    const lost = await store.session(id);
    // Having come back on another node meanwhile, it may have said so already: that is not to be undone.
    const isLost = async (): Promise<boolean> => (await store.session(id))?.connection === null;
    if (lost) await engine.applyToCallOf(lost, { type: 'link', session: id, up: false }, isLost);
  }

  /** The page said that it is going for good, or was told to. */
  async end(session: Session): Promise<void> {
    await this.#drop(session, true);
  }

  /**
   * The host shuts this person out until then: call and sessions end, and new ones are refused. Returns how many
   * sessions that were.
   */
  async revoke(userId: string, until: Time): Promise<number> {
    const { store, bus, engine, now } = this.#options;
    await store.putMark(`revoked:${userId}`, until, Math.max(1, until - now()), now());
    const call = await store.callOf(userId);
    if (call) await engine.apply(call.id, { type: 'end' });
    const sessions = await store.sessionsOf(userId);
    for (const session of sessions) {
      await this.end(session);
      bus.publish(userId, { kind: 'session', session: session.id, connection: null });
    }
    return sessions.length;
  }

  async isShutOut({ userId }: Pick<Identity, 'userId'>): Promise<boolean> {
    const { store, now } = this.#options;
    return (await store.mark(`revoked:${userId}`, now())) !== null;
  }

  /** The grace period is over; nothing happens to a session that came back meanwhile. */
  async expire(id: string): Promise<void> {
    const session = await this.#options.store.session(id);
    if (session && session.endsAt !== null && session.endsAt <= this.#options.now()) await this.#drop(session, false);
  }

  async #drop(session: Session, closed: boolean): Promise<void> {
    const { store, engine, onPresenceChange } = this.#options;
    if (!(await store.dropSession(session.id, session.connection))) return;
    await engine.applyToCallOf(session, { type: 'gone', session: session.id, closed });
    onPresenceChange(session.userId);
  }
}

export const shutOut = (): OmniCallError =>
  new OmniCallError('unauthorized', 'This person has been shut out for a while.');

const hashOf = (secret: string): string => hash('sha256', secret, 'base64url');

export const isSecretOf = ({ secretHash }: Pick<Session, 'secretHash'>, secret: string): boolean =>
  timingSafeEqual(Buffer.from(secretHash), Buffer.from(hashOf(secret)));

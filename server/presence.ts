import { SESSION_STATE, type Presence, type SessionEntry, type SessionPage } from 'omni-call/protocol';
import type { CallEngine } from './engine.js';
import type { Bus } from './store/bus.js';
import type { Session, Store } from './store/store.js';

const PAGE_SIZE = 50;

/** Who is here and who is busy, as far as whoever asks may know. */
export class PresenceBook {
  readonly #store: Store;
  readonly #bus: Bus;
  readonly #engine: Pick<CallEngine, 'mayCall'>;

  constructor(store: Store, bus: Bus, engine: Pick<CallEngine, 'mayCall'>) {
    this.#store = store;
    this.#bus = bus;
    this.#engine = engine;
  }

  async page(asker: Session, page: number): Promise<SessionPage> {
    return this.#page(await this.#visibleTo(asker), page);
  }

  /** Everyone who is here, for the host itself. */
  async everyone(page: number): Promise<SessionPage> {
    return this.#page(await this.#store.userIds(), page);
  }

  async entry(userId: string): Promise<SessionEntry> {
    const call = await this.#store.callOf(userId);
    return {
      user_id: userId,
      state: call ? SESSION_STATE.BUSY : SESSION_STATE.ACTIVE,
      call_type: call?.callType ?? null,
    };
  }

  /** Null for somebody whom the asker may not call, be that one here or not. */
  async stateFor(asker: Session, userId: string): Promise<Presence | null> {
    return (await this.mayKnow(asker, userId)) ? this.#store.presenceOf(userId) : null;
  }

  async mayKnow(asker: Session, userId: string): Promise<boolean> {
    return userId === asker.userId || this.#engine.mayCall(asker, userId);
  }

  /** Tells whoever watches this person. */
  announce(userId: string): void {
    this.#bus.announce(userId);
  }

  async #page(all: readonly string[], page: number): Promise<SessionPage> {
    const users = all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    return { page, count: all.length, list: await Promise.all(users.map((user) => this.entry(user))) };
  }

  /** Whoever is blocked and watches is told no more. */
  hide(by: string, user: string): void {
    if (by !== user) this.#bus.publish(by, { kind: 'block', by, user });
  }

  async #visibleTo(asker: Session): Promise<string[]> {
    const users = await this.#store.userIds();
    const known = await Promise.all(users.map((user) => this.mayKnow(asker, user)));
    return users.filter((_, index) => known[index]);
  }
}

import { SESSION_STATE, type Presence, type SessionEntry, type SessionPage } from 'omni-call/protocol';
import type { Bus } from './store/bus.js';
import type { Session, Store } from './store/store.js';

const PAGE_SIZE = 50;

/** Who is here and who is busy, as far as whoever asks may know. */
export class PresenceBook {
  readonly #store: Store;
  readonly #bus: Bus;

  constructor(store: Store, bus: Bus) {
    this.#store = store;
    this.#bus = bus;
  }

  async page(asker: Session, page: number): Promise<SessionPage> {
    const { userId, callees } = asker;
    const here =
      callees === null
        ? await this.#store.userIds()
        : await this.#store.withSession([...new Set([userId, ...callees])].sort());
    return this.#page(await this.knownTo(asker, here), page);
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

  /** Those of these people whom the asker may know of: itself, and whom it may call. They cost one read, however many. */
  async knownTo({ userId, callees }: Session, users: readonly string[]): Promise<string[]> {
    const blockers = new Set(await this.#store.blockersOf(userId));
    const listed = callees && new Set(callees);
    return users.filter((user) => user === userId || (!blockers.has(user) && (listed?.has(user) ?? true)));
  }

  /** How those of them are. */
  async statesFor(asker: Session, users: readonly string[]): Promise<Map<string, Presence>> {
    const known = await this.knownTo(asker, users);
    return new Map(await Promise.all(known.map(async (user) => [user, await this.#store.presenceOf(user)] as const)));
  }

  async #page(all: readonly string[], page: number): Promise<SessionPage> {
    const users = all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    return { page, count: all.length, list: await Promise.all(users.map((user) => this.entry(user))) };
  }

  /** Whoever is blocked and watches is told no more. */
  hide(by: string, user: string): void {
    if (by !== user) this.#bus.publish(by, { kind: 'block', by, user });
  }
}

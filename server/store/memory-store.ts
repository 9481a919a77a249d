import { SESSION_STATE, type Presence } from 'omni-call/protocol';
import { deadlineOf, rememberedBy, type Call, type Time } from '../core/call.js';
import type { Recording } from '../recording/recording.js';
import { DueIndex } from './due-index.js';
import { BLOCKED_PER_USER, HISTORY_PER_USER, HISTORY_TOTAL, type Due, type Session, type Store } from './store.js';

/** The store of a single node. */
export class MemoryStore implements Store {
  readonly available = true;
  readonly #open = new Map<string, Call>();
  readonly #claims = new Map<string, string>();
  readonly #ended = new Map<string, Call>();
  readonly #endedOf = new Map<string, string[]>();
  readonly #recordings = new Map<string, Recording>();
  readonly #sessions = new Map<string, Session>();
  readonly #sessionsOf = new Map<string, Set<string>>();
  /** The ids of all who have a session, in order, once somebody has asked. */
  #userIds: readonly string[] | null = null;
  readonly #blocked = new Map<string, Set<string>>();
  readonly #blockers = new Map<string, Set<string>>();
  readonly #tokens = new Map<string, { windowEndsAt: Time; left: number }>();
  readonly #marks = new Map<string, { value: number; endsAt: Time }>();
  readonly #callsDue = new DueIndex();
  readonly #sessionsDue = new DueIndex();

  async openCall(call: Call): Promise<Call | null> {
    const claimed = this.#claimed(call.caller.userId) ?? this.#claimed(call.callee.userId);
    if (claimed) return claimed;
    this.#open.set(call.id, call);
    this.#claims.set(call.caller.userId, call.id);
    this.#claims.set(call.callee.userId, call.id);
    this.#callsDue.set(call.id, deadlineOf(call));
    return null;
  }

  async saveCall(call: Call, from: number): Promise<boolean> {
    if (this.#ended.get(call.id)?.revision === from && call.stage === 'ended') {
      this.#ended.set(call.id, call);
      return true;
    }
    if (this.#open.get(call.id)?.revision !== from) return false;
    this.#callsDue.set(call.id, deadlineOf(call));
    if (call.stage !== 'ended') {
      this.#open.set(call.id, call);
      return true;
    }
    this.#open.delete(call.id);
    this.#claims.delete(call.caller.userId);
    this.#claims.delete(call.callee.userId);
    this.#remember(call);
    return true;
  }

  async recordCall(call: Call): Promise<void> {
    this.#remember(call);
  }

  async call(id: string): Promise<Call | null> {
    return this.#open.get(id) ?? this.#ended.get(id) ?? null;
  }

  async callOf(userId: string): Promise<Call | null> {
    return this.#claimed(userId);
  }

  async historyOf(userId: string, limit: number): Promise<Call[]> {
    const ids = this.#endedOf.get(userId) ?? [];
    return ids
      .slice(-limit)
      .reverse()
      .flatMap((id) => this.#ended.get(id) ?? []);
  }

  async calls(which: 'open' | 'ended', offset: number, limit: number): Promise<Call[]> {
    const calls = [...(which === 'open' ? this.#open : this.#ended).values()];
    return calls.reverse().slice(offset, offset + limit);
  }

  async putMark(name: string, value: number, forMs: number, now: Time): Promise<void> {
    this.#marks.set(name, { value, endsAt: now + forMs });
  }

  async mark(name: string, now: Time): Promise<number | null> {
    const found = this.#marks.get(name);
    return found && found.endsAt > now ? found.value : null;
  }

  async putRecording(recording: Recording): Promise<void> {
    this.#recordings.set(recording.id, recording);
  }

  async recording(id: string): Promise<Recording | null> {
    return this.#recordings.get(id) ?? null;
  }

  async recordings(before: Time, offset: number, limit: number): Promise<Recording[]> {
    const begun = [...this.#recordings.values()].filter(({ startedAt }) => startedAt < before);
    return begun.sort((one, other) => other.startedAt - one.startedAt).slice(offset, offset + limit);
  }

  async dropRecording(id: string): Promise<boolean> {
    return this.#recordings.delete(id);
  }

  async putSession(session: Session): Promise<void> {
    this.#sessions.set(session.id, session);
    if (!this.#sessionsOf.has(session.userId)) this.#userIds = null;
    put(this.#sessionsOf, session.userId, session.id);
    this.#sessionsDue.set(session.id, session.endsAt);
  }

  async session(id: string): Promise<Session | null> {
    return this.#sessions.get(id) ?? null;
  }

  async loseSession(id: string, connection: string, endsAt: Time): Promise<boolean> {
    const session = this.#sessions.get(id);
    if (session?.connection !== connection) return false;
    await this.putSession({ ...session, connection: null, endsAt });
    return true;
  }

  async dropSession(id: string, connection: string | null): Promise<boolean> {
    const session = this.#sessions.get(id);
    if (!session || session.connection !== connection) return false;
    this.#sessions.delete(id);
    this.#sessionsDue.set(id, null);
    drop(this.#sessionsOf, session.userId, id);
    if (this.#sessionsOf.has(session.userId)) return true;
    this.#userIds = null;
    if (session.visitor) this.#dropBlocksOf(session.userId);
    return true;
  }

  async sessionsOf(userId: string): Promise<Session[]> {
    return [...(this.#sessionsOf.get(userId) ?? [])].flatMap((id) => this.#sessions.get(id) ?? []);
  }

  async presenceOf(userId: string): Promise<Presence> {
    if (!this.#sessionsOf.has(userId)) return 'offline';
    return this.#claimed(userId) ? SESSION_STATE.BUSY : SESSION_STATE.ACTIVE;
  }

  async userIds(): Promise<readonly string[]> {
    this.#userIds ??= [...this.#sessionsOf.keys()].sort();
    return this.#userIds;
  }

  async withSession(users: readonly string[]): Promise<string[]> {
    return users.filter((user) => this.#sessionsOf.has(user));
  }

  async setBlocked(by: string, user: string, blocked: boolean): Promise<boolean> {
    const users = this.#blocked.get(by);
    if (blocked && users && !users.has(user) && users.size >= BLOCKED_PER_USER) return false;
    const change = blocked ? put : drop;
    change(this.#blocked, by, user);
    change(this.#blockers, user, by);
    return true;
  }

  async isBlocked(by: string, user: string): Promise<boolean> {
    return this.#blocked.get(by)?.has(user) ?? false;
  }

  async blockersOf(user: string): Promise<string[]> {
    return [...(this.#blockers.get(user) ?? [])];
  }

  async takeToken(key: string, limit: number, windowMs: number, now: Time): Promise<boolean> {
    let bucket = this.#tokens.get(key);
    if (!bucket || bucket.windowEndsAt <= now) {
      bucket = { windowEndsAt: now + windowMs, left: limit };
      this.#tokens.delete(key);
      this.#tokens.set(key, bucket);
    }
    if (bucket.left === 0) return false;
    bucket.left -= 1;
    return true;
  }

  async due(now: Time): Promise<Due> {
    for (const [key, { windowEndsAt }] of this.#tokens) {
      // Kept in the order in which their windows began: the first that lasts ends the sweep.
      if (windowEndsAt > now) break;
      this.#tokens.delete(key);
    }
    for (const [name, { endsAt }] of this.#marks) if (endsAt <= now) this.#marks.delete(name);
    return { calls: this.#callsDue.due(now), sessions: this.#sessionsDue.due(now), orphans: [] };
  }

  async close(): Promise<void> {}

  #claimed(userId: string): Call | null {
    const id = this.#claims.get(userId);
    return (id !== undefined && this.#open.get(id)) || null;
  }

  #dropBlocksOf(userId: string): void {
    for (const user of this.#blocked.get(userId) ?? []) drop(this.#blockers, user, userId);
    for (const by of this.#blockers.get(userId) ?? []) drop(this.#blocked, by, userId);
    this.#blocked.delete(userId);
    this.#blockers.delete(userId);
  }

  #remember(call: Call): void {
    this.#ended.set(call.id, call);
    for (const userId of rememberedBy(call)) {
      const ids = this.#endedOf.get(userId) ?? [];
      ids.push(call.id);
      if (ids.length > HISTORY_PER_USER) ids.shift();
      this.#endedOf.set(userId, ids);
    }
    if (this.#ended.size <= HISTORY_TOTAL) return;
    const [oldest] = this.#ended.values();
    if (oldest) this.#forget(oldest);
  }

  #forget(call: Call): void {
    this.#ended.delete(call.id);
    for (const userId of [call.caller.userId, call.callee.userId]) {
      const ids = (this.#endedOf.get(userId) ?? []).filter((id) => id !== call.id);
      if (ids.length > 0) this.#endedOf.set(userId, ids);
      else this.#endedOf.delete(userId);
    }
  }
}

type Sets = Map<string, Set<string>>;

function put(sets: Sets, of: string, value: string): void {
  sets.set(of, (sets.get(of) ?? new Set()).add(value));
}

/** With its last value a set goes too. */
function drop(sets: Sets, of: string, value: string): void {
  const set = sets.get(of);
  set?.delete(value);
  if (set?.size === 0) sets.delete(of);
}

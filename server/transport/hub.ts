import { CLOSE, type CallView, type Presence } from 'omni-call/protocol';
import { sideOf, type Call, type Time } from '../core/call.js';
import { looksTheSame, mayEnter, viewFor } from '../core/call-view.js';
import type { CallEngine } from '../engine.js';
import { forgetOldest } from '../forget-oldest.js';
import type { RoomPasses } from '../livekit/room-passes.js';
import type { PresenceBook } from '../presence.js';
import type { Recorder } from '../recording/recorder.js';
import type { Bus, News } from '../store/bus.js';
import type { Sessions } from '../sessions.js';
import type { Session, Store } from '../store/store.js';
import type { Connection } from './connection.js';

export interface HubOptions {
  bus: Bus;
  passes: RoomPasses;
  now: () => Time;
  /** The connection that has this session. */
  holderOf: (session: string) => Promise<string | null>;
  /** What a page keeps for a server that forgets; null where the store outlives the server. */
  seal: ((session: Session, call: Call) => string) | null;
  /** Null where calls are not recorded. */
  recorder: Pick<Recorder, 'canPause'> | null;
  onError: (error: unknown) => void;
}

/** Calls of which the newest revision is remembered: as many as may go on, or have just ended, on one node. */
const CALLS_HEARD = 10_000;
/** Connections of which the store is told again at a time. */
const AFFIRMED_AT_ONCE = 100;

/** The connections of this node, and what each of them is told. */
export class Hub {
  readonly #options: HubOptions;
  /** By user: the connections of their sessions and of those who watch them. */
  readonly #audience = new Map<string, { connections: Set<Connection>; listening: Promise<void> }>();
  /** The newest revision of each call that was heard of here, the latest calls last. */
  readonly #newest = new Map<string, number>();

  constructor(options: HubOptions) {
    this.#options = options;
  }

  /** Resolves once this connection is told of all that happens to its person. */
  async join(connection: Connection, session: Session): Promise<void> {
    connection.session = session;
    await this.#listen(session.userId, connection);
  }

  leave(connection: Connection): void {
    const { session, watched } = connection;
    for (const user of watched.keys()) this.#unlisten(user, connection);
    if (session) this.#unlisten(session.userId, connection);
  }

  /** Replaces whom this page watches, and tells how those are of whom its person may know. */
  async watch(
    connection: Connection,
    asker: Session,
    users: readonly string[],
    presence: Pick<PresenceBook, 'knownTo' | 'statesFor'>,
  ): Promise<Map<string, Presence>> {
    const watched = [...new Set(await presence.knownTo(asker, users))];
    for (const user of connection.watched.keys()) if (user !== asker.userId) this.#unlisten(user, connection);
    connection.watched = new Map(watched.map((user) => [user, null]));
    await Promise.all(watched.map((user) => this.#listen(user, connection)));
    // From here on each change is told.
    const states = await presence.statesFor(asker, watched);
    for (const user of watched) {
      const state = states.get(user);
      // Who was blocked before there was news of that is told no more either.
      if (state === undefined) this.#unwatch(connection, user);
      // What was told meanwhile may be newer than what was read.
      else if (connection.watched.get(user) === null) connection.watched.set(user, state);
    }
    return new Map([...connection.watched].flatMap(([user, state]) => (state === null ? [] : [[user, state]])));
  }

  /**
   * The store may have forgotten the sessions of this node and their calls. A session that another connection has by
   * now is not held here.
   */
  async affirm(sessions: Pick<Sessions, 'affirm'>, engine: Pick<CallEngine, 'affirm'>): Promise<void> {
    const affirm = async (connection: Connection): Promise<void> => {
      const { session, shows } = connection;
      if (shows) await engine.affirm(shows);
      if (session && !(await sessions.affirm(session))) connection.close(CLOSE.REPLACED, 'the session connected anew');
    };
    // Nobody can call or come meanwhile: not one after the other.
    const connections = [...this.#connections()];
    for (let at = 0; at < connections.length; at += AFFIRMED_AT_ONCE)
      await Promise.all(connections.slice(at, at + AFFIRMED_AT_ONCE).map(affirm));
  }

  /** Tells everyone again how things are: some news may not have come through. */
  async refresh(store: Pick<Store, 'call' | 'callOf'>): Promise<void> {
    for (const connection of this.#connections()) {
      const { session, shows } = connection;
      if (!session) continue;
      const calls = await Promise.all([store.callOf(session.userId), shows && store.call(shows.id)]);
      for (const call of calls) if (call) this.show(connection, call);
    }
    const watched = new Set([...this.#connections()].flatMap((connection) => [...connection.watched.keys()]));
    for (const user of watched) this.#options.bus.announce(user);
  }

  /** The call as this connection's page is to see it, with its pass to the room where it may enter. */
  view(connection: Connection, call: Call): CallView | null {
    const { session } = connection;
    if (!session) return null;
    if (call.stage === 'ringing' && call.callee.userId === session.userId) this.concern(connection, call.id);
    // Other tabs of either person, which never rang for this call, have nothing to do with it.
    if (sideOf(call, session.id) === null && !connection.concerns.includes(call.id)) return null;
    const { passes, now, seal, recorder } = this.#options;
    const room = mayEnter(call, session.id, session.userId) ? passes.passFor(call, session.id) : null;
    const view = viewFor(call, session.id, session.userId, room, now());
    // Another node may have ended it.
    if (call.stage === 'ended') passes.forget(call.id);
    if (view?.stage === 'ended') connection.concerns = connection.concerns.filter((id) => id !== call.id);
    if (view && !this.#isOld(call)) connection.shows = view.stage === 'ended' ? null : call;
    return (
      view && {
        ...view,
        ...(recorder?.canPause === false && { cannotPause: true }),
        ...(seal && { seal: seal(session, call) }),
      }
    );
  }

  /** From now on the page is told of this call also where none of its person's devices, or another one, is in it. */
  concern(connection: Connection, call: string): void {
    if (!connection.concerns.includes(call)) connection.concerns = [...connection.concerns, call];
  }

  show(connection: Connection, call: Call): void {
    if (this.#isOld(call)) return;
    this.#note(call);
    const view = this.view(connection, call);
    if (view) connection.push({ type: 'call', call: view });
  }

  /** Sessions whose connections are here. */
  get size(): number {
    return this.#connections().size;
  }

  /** The open calls that pages of this node are in. */
  shown(): Call[] {
    const calls = [...this.#connections()].flatMap(({ shows }) => shows ?? []);
    return [...new Map(calls.map((call) => [call.id, call])).values()];
  }

  #connections(): Set<Connection> {
    return new Set([...this.#audience.values()].flatMap((audience) => [...audience.connections]));
  }

  /** News comes in another order than it happened where nodes differ in speed. */
  #isOld({ id, revision }: Call): boolean {
    return revision < (this.#newest.get(id) ?? 0);
  }

  #note({ id, revision }: Call): void {
    this.#newest.set(id, revision);
    forgetOldest(this.#newest, CALLS_HEARD);
  }

  #hear(userId: string, news: News): void {
    for (const connection of this.#audience.get(userId)?.connections ?? []) this.#tell(connection, userId, news);
  }

  #tell(connection: Connection, about: string, news: News): void {
    const { session } = connection;
    const own = session?.userId === about;
    switch (news.kind) {
      case 'call':
        if (own) this.#update(connection, news.call);
        return;
      case 'text':
        if (news.to !== session?.id) return;
        connection.push({ type: 'message', call: news.call, from: news.from, text: news.text });
        return;
      case 'presence':
        this.#tellOf(connection, news.user, news.state);
        return;
      case 'block':
        if (session?.userId === news.user) this.#hide(connection, news.by);
        return;
      case 'session':
        if (news.session !== session?.id || news.connection === connection.id) return;
        if (news.connection === null) connection.close(CLOSE.REVOKED, 'the session was ended');
        else this.#giveWay(connection, news.session).catch(this.#options.onError);
    }
  }

  /** A page is not told of what it would not show. */
  #update(connection: Connection, call: Call): void {
    if (!connection.shows || !looksTheSame(connection.shows, call)) this.show(connection, call);
  }

  /** News of a connection that has itself been replaced since may be late: what counts is who has the session now. */
  async #giveWay(connection: Connection, session: string): Promise<void> {
    if ((await this.#options.holderOf(session)) === connection.id) return;
    connection.close(CLOSE.REPLACED, 'the session connected anew');
  }

  #tellOf(connection: Connection, user: string, state: Presence): void {
    const { watched } = connection;
    if (!watched.has(user) || watched.get(user) === state) return;
    watched.set(user, state);
    connection.push({ type: 'presence', user, state });
  }

  /** False where this page did not watch that person. */
  #unwatch(connection: Connection, user: string): boolean {
    if (!connection.watched.delete(user)) return false;
    this.#unlisten(user, connection);
    return true;
  }

  /** From now on that person is to this page what somebody is who is not there. */
  #hide(connection: Connection, user: string): void {
    if (!this.#unwatch(connection, user)) return;
    connection.push({ type: 'presence', user, state: 'offline' });
  }

  #listen(userId: string, connection: Connection): Promise<void> {
    const there = this.#audience.get(userId);
    if (there) {
      there.connections.add(connection);
      return there.listening;
    }
    const listening = this.#options.bus.subscribe(userId, (news) => this.#hear(userId, news));
    this.#audience.set(userId, { connections: new Set([connection]), listening });
    return listening;
  }

  #unlisten(userId: string, connection: Connection): void {
    const there = this.#audience.get(userId);
    there?.connections.delete(connection);
    if (there?.connections.size !== 0) return;
    this.#audience.delete(userId);
    this.#options.bus.unsubscribe(userId);
  }
}

import {
  CALL_TYPE,
  OmniCallError,
  type CallRecord,
  type CallView,
  type ClientMessage,
  type Hello,
  type ReplyOf,
  type RequestOf,
  type Welcome,
} from 'omni-call/protocol';
import { roleOf, type Call, type Time } from '../core/call.js';
import { isMissed, recordOf } from '../core/call-record.js';
import { viewFor } from '../core/call-view.js';
import type { Authenticator } from '../auth/authenticator.js';
import type { CallEngine } from '../engine.js';
import type { PresenceBook } from '../presence.js';
import type { Recordings } from '../recording/recordings.js';
import type { Restorer } from '../restorer.js';
import { shutOut, type Sessions } from '../sessions.js';
import type { Session, Store } from '../store/store.js';
import type { Connection } from './connection.js';
import type { Hub } from './hub.js';

/** Ended calls in which missed ones are looked for. */
const MISSED_AT_MOST = 50;
/** Milliseconds for which it is known what a person has seen: longer than a history is of use. */
const SEEN_FOR = 90 * 24 * 3_600_000;

/** Looks at who is here that one person may take in a minute: each may go through everybody. */
const LOOKS_PER_MINUTE = 600;

export interface RequestsOptions {
  store: Store;
  engine: CallEngine;
  sessions: Sessions;
  presence: PresenceBook;
  hub: Hub;
  authenticator: Authenticator;
  /** Null where the store outlives the server. */
  restorer: Restorer | null;
  /** Null where calls are not recorded. */
  recordings: Pick<Recordings, 'assertCan' | 'linkFor'> | null;
  now: () => Time;
  /** Seconds. */
  ringTimeout: number;
  /** Milliseconds. */
  grace: number;
  /** Throws when this server takes nothing new at the moment. */
  assertOpen: () => void;
}

type Handler<Type extends ClientMessage['type']> = (
  connection: Connection,
  session: Session,
  message: RequestOf<Type>,
) => Promise<ReplyOf[Type]>;

/** What each request does. */
export class Requests {
  readonly #options: RequestsOptions;

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  async handle(connection: Connection, message: ClientMessage): Promise<object> {
    if (message.type === 'hello') return this.#hello(connection, message);
    const { session } = connection;
    if (!session) throw new OmniCallError('no-session', 'Say hello first.');
    // Each handler takes the message of its own type, which TypeScript cannot follow through the lookup.
    const handler = this.#handlers[message.type] as Handler<typeof message.type>;
    return handler(connection, session, message);
  }

  async #hello(connection: Connection, message: Hello): Promise<Welcome> {
    const { store, engine, sessions, hub, authenticator, grace, restorer, assertOpen } = this.#options;
    if (connection.session) throw new OmniCallError('bad-request', 'This connection has a session already.');
    assertOpen();
    const { resume } = message;
    if (restorer && resume?.seal !== undefined) await restorer.restore({ ...resume, seal: resume.seal });
    const owner = resume ? await sessions.ownerOf(resume.session, resume.secret) : null;
    const identity = await authenticator.identify(message, { origin: connection.origin, owner });
    const resumed = resume ? await sessions.resume(resume.session, resume.secret, identity, connection.id) : null;
    const opened =
      resumed && resume ? { session: resumed, secret: resume.secret } : await sessions.open(identity, connection.id);
    const { session, secret } = opened;
    await hub.join(connection, session);
    // From here on it is told. Whoever shut this person out before may have found no session to end, or told nobody.
    if (await sessions.isShutOut(session)) {
      await this.#end(connection, session);
      throw shutOut();
    }
    const open = await store.callOf(session.userId);
    if (open?.stage === 'ringing' && open.callee.userId === session.userId && !open.reached) {
      await engine.apply(open.id, { type: 'reached', displayName: session.displayName });
    }
    // The node that was to make the room may have died before it did.
    if (open && !open.room.ready) engine.makeRoom(open);
    // A page that knew a call is told how it ended, also when another device of the same person took it.
    if (resumed && message.call !== undefined) hub.concern(connection, message.call);
    const current = open && hub.view(connection, open);
    const asked =
      message.call === undefined || message.call === current?.session ? null : await store.call(message.call);
    const askedView = asked && (resumed ? hub.view(connection, asked) : this.#endFor(session, resume, asked));
    const isCall = resumed !== null && current === null;
    return {
      session: session.id,
      secret,
      userId: session.userId,
      displayName: session.displayName,
      resumed: resumed !== null,
      call: isCall ? askedView : current,
      ...(askedView && !isCall && { over: askedView }),
      missed: await this.#missedBy(session.userId),
      graceMs: grace,
      ...(restorer && { seal: restorer.seal(session, open ?? asked) }),
    };
  }

  /** How a call ended for a session that is no more, as its person's next one may know. */
  #endFor({ userId }: Session, former: Hello['resume'], call: Call): CallView | null {
    if (!former || roleOf(call, userId) === null) return null;
    const view = viewFor(call, former.session, userId, null, this.#options.now());
    return view?.ending ? view : null;
  }

  /** Missed calls that this person has not been shown yet. */
  async #missedBy(userId: string): Promise<CallRecord[]> {
    const { store, now } = this.#options;
    const recent = await store.historyOf(userId, MISSED_AT_MOST);
    const missed = recent.filter((call) => call.callee.userId === userId && isMissed(call));
    if (missed.length === 0) return [];
    const seenAt = (await store.mark(`seen:${userId}`, now())) ?? 0;
    return missed.filter(({ end }) => end !== null && end.at > seenAt).map(recordOf);
  }

  async #end(connection: Connection, session: Session): Promise<void> {
    this.#options.hub.leave(connection);
    connection.session = null;
    await this.#options.sessions.end(session);
  }

  async #takeLook({ userId }: Session): Promise<void> {
    const { store, now } = this.#options;
    if (!(await store.takeToken(`looks:${userId}`, LOOKS_PER_MINUTE, 60_000, now())))
      throw new OmniCallError('rate-limited', 'Too many looks at who is here in a minute. Wait a little.');
  }

  readonly #handlers: { [Type in Exclude<ClientMessage['type'], 'hello'>]: Handler<Type> } = {
    offer: async ({ address }, session, message) => {
      const { engine, ringTimeout, assertOpen } = this.#options;
      assertOpen();
      const call = await engine.offer(session, {
        ...message,
        ringTimeout: (message.ringTimeout ?? ringTimeout) * 1000,
        data: message.data ?? null,
        address,
      });
      return { session: call };
    },

    answer: async (connection, session, message) => {
      const { engine, store, hub } = this.#options;
      const answer = {
        type: 'answer' as const,
        session: session.id,
        userId: session.userId,
        displayName: session.displayName,
        callType: message.callType ?? CALL_TYPE.VIDEO_CALL,
        record: message.record ?? false,
        muted: message.muted,
      };
      if (message.call !== undefined) {
        await engine.apply(message.call, answer);
        return { session: message.call };
      }
      if (message.caller === undefined) throw new OmniCallError('bad-request', 'Name the call, or its caller.');
      const call = await engine.callFrom(message.caller, session.userId);
      if (!call) throw new OmniCallError('no-such-call', 'This person is not calling.');
      try {
        await engine.apply(call.id, answer);
        return { session: call.id };
      } catch (error) {
        // Too late: the page shows how the call ended, and by whom.
        const late = await store.call(call.id);
        if (late) {
          hub.concern(connection, late.id);
          hub.show(connection, late);
        }
        throw error;
      }
    },

    leave: async (connection, session, { call, why }) => {
      const { engine, store, hub } = this.#options;
      await engine.apply(call, { type: 'leave', session: session.id, userId: session.userId, ...(why ? { why } : {}) });
      // Its page is in it still: it was over, and the news of that did not come through.
      const over = connection.shows?.id === call ? await store.call(call) : null;
      if (over) hub.show(connection, over);
      return {};
    },

    media: async (_connection, session, { call, generation, state }) => {
      const { engine } = this.#options;
      await engine.apply(call, { type: 'media', session: session.id, userId: session.userId, generation, state });
      return {};
    },

    mute: async (_connection, session, { call, muted }) => {
      await this.#options.engine.apply(call, { type: 'mute', session: session.id, muted });
      return {};
    },

    share: async (_connection, session, { call, on }) => {
      await this.#options.engine.apply(call, { type: 'share', session: session.id, on });
      return {};
    },

    'voice-only': async (_connection, session, { call, on }) => {
      await this.#options.engine.apply(call, { type: 'voice-only', session: session.id, on });
      return {};
    },

    record: async (_connection, session, { call, wish }) => {
      const { engine, recordings } = this.#options;
      recordings?.assertCan(wish);
      await engine.apply(call, { type: 'record', session: session.id, userId: session.userId, wish });
      return {};
    },

    'recording-link': async (_connection, session, { call }) => {
      const link = await this.#options.recordings?.linkFor(session.userId, call);
      if (!link) throw new OmniCallError('no-such-call', 'There is no recording of such a call of yours.');
      return link;
    },

    message: async (_connection, session, { call, text }) => {
      await this.#options.engine.sendText(call, session, text);
      return {};
    },

    list: async (_connection, session, { page }) => {
      await this.#takeLook(session);
      return this.#options.presence.page(session, page);
    },

    history: async (_connection, session, { limit }) => ({
      list: (await this.#options.store.historyOf(session.userId, limit)).map(recordOf),
    }),

    seen: async (_connection, session) => {
      const { store, now } = this.#options;
      // For whoever has missed nothing there is nothing to keep: visitors come and go without end.
      if ((await this.#missedBy(session.userId)).length === 0) return {};
      await store.putMark(`seen:${session.userId}`, now(), SEEN_FOR, now());
      return {};
    },

    watch: async (connection, session, { users }) => {
      const { hub, presence } = this.#options;
      await this.#takeLook(session);
      const states = await hub.watch(connection, session, users, presence);
      // Of somebody whom one may not call it tells what it tells of nobody.
      return { users: Object.fromEntries(users.map((user) => [user, states.get(user) ?? 'offline'])) };
    },

    block: async (_connection, session, { user, blocked }) => {
      const { store, presence } = this.#options;
      if (!(await store.setBlocked(session.userId, user, blocked))) {
        throw new OmniCallError('bad-request', 'You have blocked as many people as one may. Unblock somebody first.');
      }
      if (blocked) presence.hide(session.userId, user);
      return {};
    },

    ping: async () => ({}),

    bye: async (connection, session, { closing }) => {
      if (closing) await this.#end(connection, session);
      return {};
    },
  };
}

import { createHash } from 'node:crypto';
import { RoomKeeper } from '../../../server/room-keeper.js';
import { Authenticator } from '../../../server/auth/authenticator.js';
import type { Call } from '../../../server/core/call.js';
import { CallEngine } from '../../../server/engine.js';
import { RoomPasses } from '../../../server/livekit/room-passes.js';
import { PresenceBook } from '../../../server/presence.js';
import { Sessions } from '../../../server/sessions.js';
import { LocalBus } from '../../../server/store/bus.js';
import { MemoryStore } from '../../../server/store/memory-store.js';
import { Connection } from '../../../server/transport/connection.js';
import { Hub } from '../../../server/transport/hub.js';
import { Requests } from '../../../server/transport/requests.js';
import type { FakeClock } from '../../unit/signalling/fake-clock.js';
import type { Wire } from './wire.js';

export const GRACE = 20_000;

const NEVER = 2 ** 30;

/** Everything of a call server but its sockets, its timers and its LiveKit. */
export class ServerOfModel {
  readonly store = new MemoryStore();
  /** LiveKit's rooms. */
  readonly rooms = new Set<string>();
  /** What went wrong that nothing should have made go wrong. */
  readonly errors: unknown[] = [];
  readonly engine: CallEngine;
  readonly sessions: Sessions;
  readonly passes: RoomPasses;
  readonly #hub: Hub;
  readonly #requests: Requests;
  readonly #clock: FakeClock;
  #names = 0;

  constructor(clock: FakeClock) {
    this.#clock = clock;
    const now = (): number => clock.now();
    const randomName = (): string => createHash('sha256').update(`${++this.#names}`).digest('base64url').slice(0, 22);
    const onError = (error: unknown): void => void this.errors.push(error);
    const { store, rooms } = this;
    const bus = new LocalBus(store);
    this.passes = new RoomPasses(
      { access: (call) => ({ url: 'ws://livekit', token: call.room.name, generation: call.room.generation }) },
      now,
    );
    const keeper = new RoomKeeper({
      rooms: {
        make: async (call) => void rooms.add(call.room.name),
        close: async (room) => void rooms.delete(room),
        admit: async () => true,
        expel: async () => undefined,
      },
      call: (id) => store.call(id),
      apply: (id, event) => this.engine.apply(id, event),
      retryEvery: 500,
      wait: (ms) => new Promise((resolve) => clock.after(ms, resolve)),
      onError,
    });
    this.engine = new CallEngine({
      store,
      bus,
      now,
      randomName,
      limits: { connect: 30_000, grace: GRACE },
      offersPerMinute: 1000,
      records: false,
      perform: (call, effect) => {
        if (effect.do !== 'record') keeper.perform(call, effect);
      },
      observe: (call: Call) => {
        if (call.stage === 'ended') this.passes.forget(call.id);
      },
    });
    this.sessions = new Sessions({
      store,
      bus,
      engine: this.engine,
      now,
      randomName,
      grace: GRACE,
      perUser: 20,
      onPresenceChange: () => undefined,
    });
    this.#hub = new Hub({
      bus,
      passes: this.passes,
      now,
      holderOf: async (session) => (await store.session(session))?.connection ?? null,
      seal: null,
      recorder: null,
      onError,
    });
    this.#requests = new Requests({
      store,
      engine: this.engine,
      sessions: this.sessions,
      presence: new PresenceBook(store, bus),
      hub: this.#hub,
      authenticator: new Authenticator({}),
      restorer: null,
      recordings: null,
      now,
      ringTimeout: 60,
      grace: GRACE,
      assertOpen: () => undefined,
    });
  }

  accept(wire: Wire): void {
    new Connection(
      wire.serverSocket,
      { origin: null, address: '', stream: { cork: () => undefined, uncork: () => undefined } },
      {
        handle: (connection, message) => this.#requests.handle(connection, message),
        onClose: async (connection) => {
          this.#hub.leave(connection);
          if (connection.session)
            await this.sessions.lose(connection.session).catch((error) => this.errors.push(error));
        },
        onRefusal: () => undefined,
        onUnexpected: (error) => void this.errors.push(error),
      },
      { hello: NEVER, messagesPerSecond: NEVER, backlog: NEVER },
    );
  }

  /** Does what is due by now. */
  async lookAtDeadlines(): Promise<void> {
    const { calls, sessions } = await this.store.due(this.#clock.now());
    await Promise.all([
      ...calls.map((id) => this.engine.apply(id, { type: 'deadline' })),
      ...sessions.map((id) => this.sessions.expire(id)),
    ]);
  }
}

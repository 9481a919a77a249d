import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Presence, Push } from 'omni-call/protocol';
import { offered } from '../../server/core/call-machine.js';
import type { Call } from '../../server/core/call.js';
import { PresenceBook } from '../../server/presence.js';
import { LocalBus } from '../../server/store/bus.js';
import { MemoryStore } from '../../server/store/memory-store.js';
import { RedisBus } from '../../server/store/redis-bus.js';
import { RedisStore } from '../../server/store/redis-store.js';
import type { Session, Store } from '../../server/store/store.js';
import type { Connection } from '../../server/transport/connection.js';
import { Hub } from '../../server/transport/hub.js';
import { RedisServer } from '../support/redis.js';
import { watched } from '../support/watched-store.js';
import { BEGIN, offerOf } from './core/calls.js';

const sessionOf = (userId: string): Session => ({
  ...{ id: `session of ${userId}`, userId, displayName: null, secretHash: '', callees: null },
  ...{ connection: 'connection', endsAt: null },
});

/** Alice calls Bob. */
const ringing = (): Call => offered(offerOf(), BEGIN).call;
const over = (call: Call): Call => ({
  ...call,
  ...{ revision: call.revision + 1, stage: 'ended' },
  end: { reason: 'cancelled', by: 'alice', session: 'a', at: BEGIN, goesOn: null },
});

/** A store at which something happens right after what it is asked for by that name was read, once. */
function interrupted<Kept extends Store>(store: Kept, at: keyof Store, act: () => Promise<void>): Kept {
  let isDone = false;
  return watched(store, async (name) => {
    if (name !== at || isDone) return;
    isDone = true;
    await act();
  }).store;
}

describe('whoever watches somebody', () => {
  let store: MemoryStore;
  let bus: LocalBus;
  let hub: Hub;
  let pushes: Push[];
  let connection: Connection;

  /** The answer to Carol's page, which asks after Bob, with something happening meanwhile. */
  async function watch(at: keyof Store, act: () => Promise<void>): Promise<Presence | undefined> {
    const presence = new PresenceBook(interrupted(store, at, act), bus);
    return (await hub.watch(connection, sessionOf('carol'), ['bob'], presence)).get('bob');
  }

  beforeEach(async () => {
    store = new MemoryStore();
    bus = new LocalBus(store);
    pushes = [];
    hub = new Hub({
      ...{ bus, now: () => BEGIN, holderOf: async () => null, seal: null, recorder: null },
      passes: { passFor: () => assert.fail(), forget: () => undefined } as never,
      onError: (error) => assert.fail(String(error)),
    });
    // A real one wants a socket.
    connection = { session: null, watched: new Map(), push: (push: Push) => void pushes.push(push) } as never;
    await hub.join(connection, sessionOf('carol'));
    await store.putSession(sessionOf('bob'));
  });

  it('is not answered with what is older than what was told meanwhile', async () => {
    const call = ringing();
    await store.openCall(call);
    const state = await watch('presenceOf', async () => {
      await store.saveCall(over(call), call.revision);
      bus.announce('bob');
      await new Promise((resolve) => setImmediate(resolve));
    });
    assert.deepEqual([state, pushes.length], ['active', 1]);
  });

  it('is told nothing of somebody who blocks meanwhile', async () => {
    const state = await watch('blockersOf', async () => {
      await store.setBlocked('bob', 'carol', true);
      bus.publish('bob', { kind: 'block', by: 'bob', user: 'carol' });
    });
    assert.equal(state, undefined);
    await store.openCall(ringing());
    bus.announce('bob');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(pushes, []);
  });

  it('is told of each change once', async () => {
    await watch('presenceOf', async () => undefined);
    await store.openCall(ringing());
    for (let n = 0; n < 3; n += 1) bus.announce('bob');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(pushes, [{ type: 'presence', user: 'bob', state: 'busy' }]);
  });
});

describe('two nodes that tell of one person', () => {
  let redis: RedisServer;
  const open: { close(): Promise<void> }[] = [];

  function node(): { store: RedisStore; bus: RedisBus } {
    const options = { url: redis.url, onError: (error: unknown): void => console.error(error) };
    const store = new RedisStore({
      ...{ ...options, holds: () => true, onRevived: async () => undefined, onNodeGone: () => undefined },
    });
    const bus = new RedisBus({ ...options, onGap: () => undefined });
    open.push(bus, store);
    return { store, bus };
  }

  before(async () => {
    redis = await RedisServer.start();
  });
  after(async () => {
    await Promise.all(open.map((each) => each.close()));
    await redis?.stop();
  });

  it('tell how that person is by now', async () => {
    const [one, other, watching] = [node(), node(), node()];
    const call = ringing();
    await one.store.putSession(sessionOf('bob'));
    await one.store.openCall(call);
    const heard: Presence[] = [];
    const waiting = new Set<() => void>();
    await watching.bus.subscribe('bob', (news) => {
      if (news.kind === 'presence') heard.push(news.state);
      for (const look of [...waiting]) look();
    });
    const until = (count: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => void (heard.length >= count && waiting.delete(look) && resolve());
        waiting.add(look);
        look();
      });
    one.bus.announce('bob');
    await until(1);
    await other.store.saveCall(over(call), call.revision);
    other.bus.announce('bob');
    await until(2);
    assert.deepEqual(heard, ['busy', 'active']);
  });
});

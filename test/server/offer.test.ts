import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Call } from '../../server/core/call.js';
import { CallEngine } from '../../server/engine.js';
import { LocalBus } from '../../server/store/bus.js';
import { MemoryStore } from '../../server/store/memory-store.js';
import type { Session, Store } from '../../server/store/store.js';
import { watched } from '../support/watched-store.js';

const NOW = 1_800_000_000_000;

const sessionOf = (userId: string): Session => ({
  ...{ id: `session of ${userId}`, userId, displayName: `The ${userId}`, secretHash: '', callees: null },
  ...{ connection: 'connection', endsAt: null },
});

const toBob = {
  ...{ offerId: 'offer', callType: 'videocall' as const, callee: 'bob', record: false },
  ...{ ringTimeout: 60_000, data: null, muted: { audio: false, video: false }, address: '127.0.0.1' },
};

describe('an offer', () => {
  let store: MemoryStore;
  /** What the store was asked, in order. */
  let asked: string[];
  /** Done as the store is asked this. */
  let meanwhile: { at: keyof Store; act: () => Promise<void> } | null;
  /** What was told of the call, to anybody. */
  let told: Call[];
  let engine: CallEngine;

  beforeEach(() => {
    store = new MemoryStore();
    [told, meanwhile] = [[], null];
    const seen = watched(store, async (name) => {
      if (meanwhile?.at === name) await meanwhile.act();
    });
    asked = seen.asked;
    engine = new CallEngine({
      ...{ store: seen.store, bus: new LocalBus(store), now: () => NOW, randomName: () => 'room' },
      ...{ limits: { connect: 30_000, grace: 20_000 }, offersPerMinute: 1000, records: false },
      perform: () => undefined,
      observe: (call) => void told.push(call),
    });
  });

  it('to somebody who is there is written once before it rings, and reads what it can side by side', async () => {
    await store.putSession(sessionOf('bob'));
    await engine.offer(sessionOf('alice'), toBob);
    assert.deepEqual(asked, ['call', 'isBlocked', 'takeToken', 'sessionsOf', 'openCall']);
    assert.deepEqual(
      told.map(({ revision, reached, callee }) => [revision, reached, callee.displayName]),
      [[1, true, 'The bob']],
    );
  });

  it('to nobody is not told to have reached anybody', async () => {
    await engine.offer(sessionOf('alice'), toBob);
    assert.deepEqual(
      told.map(({ reached }) => reached),
      [false],
    );
  });

  it('reaches whoever came while it was being made', async () => {
    meanwhile = { at: 'sessionsOf', act: () => store.putSession(sessionOf('bob')) };
    await engine.offer(sessionOf('alice'), toBob);
    assert.deepEqual(
      told.map(({ reached, callee }) => [reached, callee.displayName]),
      [[true, 'The bob']],
    );
    assert.equal((await store.callOf('bob'))?.reached, true);
  });
});

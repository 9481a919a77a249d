import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { PresenceBook } from '../../server/presence.js';
import { LocalBus } from '../../server/store/bus.js';
import { MemoryStore } from '../../server/store/memory-store.js';
import type { Session, Store } from '../../server/store/store.js';
import { watched } from '../support/watched-store.js';

const PAGE = 50;

const sessionOf = (userId: string, callees: readonly string[] | null = null): Session => ({
  ...{ id: `session of ${userId}`, userId, displayName: null, secretHash: '', callees },
  ...{ connection: 'connection', endsAt: null },
});
const nameOf = (n: number): string => `person ${String(n).padStart(4, '0')}`;

let store: Store;
let asked: string[];
let presence: PresenceBook;
beforeEach(() => {
  ({ store, asked } = watched(new MemoryStore()));
  presence = new PresenceBook(store, new LocalBus(store));
});

describe('a look at who is here', () => {
  for (const [who, asker] of Object.entries({
    'somebody who may call anyone': sessionOf(nameOf(0)),
    'somebody who may call some': sessionOf(
      nameOf(0),
      Array.from({ length: 200 }, (_, n) => nameOf(n)),
    ),
  })) {
    it(`costs what a page of it does, however many are here: ${who}`, async () => {
      for (let n = 0; n < 500; n++) await store.putSession(sessionOf(nameOf(n)));
      for (let n = 100; n < 120; n++) await store.setBlocked(nameOf(n), nameOf(0), true);
      asked.length = 0;
      const { count, list } = await presence.page(asker, 3);
      assert.equal(count, (asker.callees?.length ?? 500) - 20);
      assert.deepEqual(
        list.map(({ user_id }) => user_id),
        Array.from({ length: PAGE }, (_, n) => nameOf(120 + n)),
      );
      assert.ok(asked.length <= PAGE + 2, `${asked.length} reads`);

      asked.length = 0;
      const states = await presence.statesFor(
        asker,
        Array.from({ length: 100 }, (_, n) => nameOf(n + 1)),
      );
      assert.deepEqual([states.get(nameOf(1)), states.get(nameOf(100))], ['active', undefined]);
      assert.equal(asked.filter((name) => name.startsWith('isBlocked')).length, 0);
    });
  }

  it('shows itself to somebody who may call nobody, and follows who comes and goes', async () => {
    const asker = sessionOf('asker', []);
    await store.putSession(asker);
    await store.putSession(sessionOf('other'));
    const seenBy = async (session: Session): Promise<string[]> =>
      (await presence.page(session, 1)).list.map(({ user_id }) => user_id);
    assert.deepEqual(await seenBy(asker), ['asker']);
    assert.deepEqual(await seenBy(sessionOf('asker')), ['asker', 'other']);
    await store.putSession(sessionOf('another'));
    assert.deepEqual(await seenBy(sessionOf('asker')), ['another', 'asker', 'other']);
    await store.dropSession('session of other', 'connection');
    assert.deepEqual(await seenBy(sessionOf('asker')), ['another', 'asker']);
  });
});

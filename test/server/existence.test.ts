import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallEngine } from '../../server/engine.js';
import { PresenceBook } from '../../server/presence.js';
import { LocalBus } from '../../server/store/bus.js';
import { MemoryStore } from '../../server/store/memory-store.js';
import type { Session } from '../../server/store/store.js';
import { watched } from '../support/watched-store.js';

const NOW = 1_800_000_000_000;
const NOTHING_MUTED = { audio: false, video: false };

const sessionOf = (userId: string, callees: readonly string[] | null = null): Session => ({
  ...{ id: `session of ${userId}`, userId, displayName: null, secretHash: '', callees },
  ...{ connection: 'connection', endsAt: null },
});

/** Somebody who is idle, one in a call, one who blocks whoever asks, and one who never was. */
const PEOPLE = ['idle', 'busy', 'blocker', 'nobody'];

describe('what the server does about a person whom one may not call', () => {
  for (const [who, session] of Object.entries({
    'a person with a list of callees': sessionOf('spy', ['somebody-else']),
    'a person whom everyone blocks': sessionOf('spy'),
  })) {
    it(`is the same, be that one here or not, so that its time tells nothing: ${who}`, async () => {
      const { store, asked } = watched(new MemoryStore());
      const bus = new LocalBus(store);
      let names = 0;
      const engine = new CallEngine({
        ...{ store, bus, now: () => NOW, randomName: () => `room ${++names}`, records: false, offersPerMinute: 1000 },
        limits: { connect: 30_000, grace: 20_000 },
        perform: () => undefined,
        observe: () => undefined,
      });
      const presence = new PresenceBook(store, bus);
      for (const user of ['idle', 'busy', 'other', 'blocker']) await store.putSession(sessionOf(user));
      const offer = (callee: string) => ({
        ...{ offerId: `offer to ${callee}`, callType: 'videocall' as const, callee, record: false },
        ...{ ringTimeout: 60_000, data: null, muted: NOTHING_MUTED, address: '' },
      });
      await engine.offer(sessionOf('busy'), offer('other'));
      for (const user of session.callees ? ['blocker'] : PEOPLE) await store.setBlocked(user, 'spy', true);

      const paths = [];
      for (const user of PEOPLE) {
        asked.length = 0;
        await assert.rejects(engine.offer(session, offer(user)), { code: 'not-allowed' });
        assert.deepEqual(await presence.statesFor(session, [user]), new Map());
        assert.equal(await engine.callFrom(user, 'spy'), null);
        paths.push([...asked]);
      }
      for (const path of paths) assert.deepEqual(path, paths[0]);
    });
  }
});

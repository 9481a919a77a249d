import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallEngine } from '../../server/engine.js';
import { PresenceBook } from '../../server/presence.js';
import { LocalBus } from '../../server/store/bus.js';
import { MemoryStore } from '../../server/store/memory-store.js';
import type { Session, Store } from '../../server/store/store.js';

const NOW = 1_800_000_000_000;
const NOTHING_MUTED = { audio: false, video: false };

const sessionOf = (userId: string, callees: readonly string[] | null = null): Session => ({
  ...{ id: `session of ${userId}`, userId, displayName: null, secretHash: '', callees },
  ...{ connection: 'connection', endsAt: null },
});

/** A store that notes what it is asked: the names of its methods, in order. */
function watched(store: Store): { store: Store; asked: string[] } {
  const asked: string[] = [];
  const note = (target: Store, name: string | symbol): unknown => {
    const value: unknown = Reflect.get(target, name, target);
    if (typeof value !== 'function') return value;
    return (...args: unknown[]): unknown => {
      asked.push(String(name));
      return Reflect.apply(value, target, args);
    };
  };
  return { store: new Proxy(store, { get: note }), asked };
}

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
      const presence = new PresenceBook(store, bus, engine);
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
        assert.equal(await presence.stateFor(session, user), null);
        const answer = {
          type: 'answer' as const,
          session: session.id,
          userId: 'spy',
          displayName: null,
          record: false,
        };
        await assert.rejects(engine.answerFrom(user, { ...answer, callType: 'videocall', muted: NOTHING_MUTED }), {
          code: 'no-such-call',
        });
        paths.push([...asked]);
      }
      for (const path of paths) assert.deepEqual(path, paths[0]);
    });
  }
});

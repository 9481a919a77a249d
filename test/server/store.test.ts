import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Redis } from 'ioredis';
import type { Call } from '../../server/core/call.js';
import { offered, refusedAtOnce, type Offer } from '../../server/core/call-machine.js';
import type { Recording } from '../../server/recording/recording.js';
import { MemoryStore } from '../../server/store/memory-store.js';
import { RedisStore } from '../../server/store/redis-store.js';
import { BLOCKED_PER_USER, HISTORY_PER_USER, type Session, type Store } from '../../server/store/store.js';
import { RedisServer } from '../support/redis.js';

const NOW = 1_800_000_000_000;
let made = 0;
const fresh = (what: string): string => `${what}-${++made}`;

const offerOf = (caller: string, callee: string): Offer => ({
  id: fresh('call'),
  callType: 'videocall',
  caller: { userId: caller, displayName: null, session: `${caller}-session` },
  callee,
  muted: { audio: false, video: false },
  data: { text: 'für <Zoë> 🙂' },
  record: false,
  ringTimeout: 60_000,
  room: fresh('room'),
  limits: { connect: 30_000, grace: 20_000 },
});
const ringing = (caller: string, callee: string): Call => offered(offerOf(caller, callee), NOW).call;
const ended = (call: Call): Call => ({
  ...call,
  revision: call.revision + 1,
  stage: 'ended',
  end: { reason: 'cancelled', by: call.caller.userId, session: call.caller.session, at: NOW + 1000, goesOn: null },
});
const recordingOf = (startedAt: number): Recording => ({
  id: fresh('recording'),
  callType: 'videocall',
  caller: { userId: 'alice', displayName: 'Zoë' },
  callee: { userId: 'bob', displayName: null },
  startedAt,
  storedAt: startedAt + 1,
  durationMs: 1,
  bytes: 1,
});
const sessionOf = (userId: string, change: Partial<Session> = {}): Session => ({
  id: fresh('session'),
  userId,
  displayName: 'Someone',
  secretHash: 'hash',
  callees: null,
  connection: fresh('connection'),
  endsAt: null,
  ...change,
});

/** What holds for every store. */
function aStore(name: string, open: () => Promise<Store>, closeAll: () => Promise<void>): void {
  describe(name, () => {
    let store: Store;
    before(async () => {
      store = await open();
    });
    after(async () => {
      await store?.close();
      await closeAll();
    });

    it('keeps a call, and gives it back as it was', async () => {
      const [alice, bob] = [fresh('alice'), fresh('bob')];
      const call = ringing(alice, bob);
      assert.equal(await store.openCall(call), null);
      assert.deepEqual(await store.call(call.id), call);
      assert.deepEqual(await store.callOf(alice), call);
      assert.deepEqual(await store.callOf(bob), call);
      assert.equal(await store.call('no such call'), null);
      assert.equal(await store.callOf(fresh('nobody')), null);
    });

    it('lets a person be in one call only, in either part, and says which', async () => {
      const [alice, bob, carol] = [fresh('alice'), fresh('bob'), fresh('carol')];
      const call = ringing(alice, bob);
      await store.openCall(call);
      for (const other of [ringing(carol, alice), ringing(carol, bob), ringing(alice, carol), ringing(bob, carol)]) {
        assert.deepEqual(await store.openCall(other), call);
        assert.equal(await store.call(other.id), null);
      }
      assert.equal(await store.callOf(carol), null);
    });

    it('lists open and ended calls, newest first, and moves a call from one to the other', async () => {
      const [first, second] = [ringing(fresh('alice'), fresh('bob')), ringing(fresh('alice'), fresh('bob'))];
      await store.openCall(first);
      await store.openCall({ ...second, offeredAt: NOW + 1 });
      const ids = async (which: 'open' | 'ended') => (await store.calls(which, 0, 2)).map(({ id }) => id);
      assert.deepEqual(await ids('open'), [second.id, first.id]);
      await store.saveCall(ended(first), first.revision);
      await store.saveCall(ended(second), second.revision);
      assert.ok(!(await ids('open')).includes(first.id));
      assert.deepEqual(await ids('ended'), [second.id, first.id]);
      assert.deepEqual(await store.calls('ended', 1, 1), [ended(first)]);
    });

    it('replaces an ended call where it is, over the revision that the change was made from', async () => {
      const call = ringing(fresh('alice'), fresh('bob'));
      await store.openCall(call);
      const over = ended(call);
      await store.saveCall(over, call.revision);
      const changed: Call = { ...over, revision: over.revision + 1, recording: 'failed' };
      assert.equal(await store.saveCall(changed, call.revision), false);
      assert.equal(await store.saveCall(changed, over.revision), true);
      assert.deepEqual(await store.call(call.id), changed);
      assert.deepEqual(await store.calls('ended', 0, 1), [changed]);
      assert.equal((await store.historyOf(call.caller.userId, 10)).length, 1);
      assert.equal(await store.callOf(call.caller.userId), null);
      // It does not go on again.
      assert.equal(await store.saveCall({ ...call, revision: changed.revision + 1 }, changed.revision), false);
    });

    it('keeps recordings, newest first, until they are dropped', async () => {
      const [first, second] = [recordingOf(NOW), recordingOf(NOW + 1)];
      for (const recording of [second, first]) await store.putRecording(recording);
      assert.deepEqual(await store.recording(first.id), first);
      assert.deepEqual(await store.recordings(Number.MAX_SAFE_INTEGER, 0, 10), [second, first]);
      assert.deepEqual(await store.recordings(NOW + 1, 0, 10), [first]);
      assert.deepEqual(await store.recordings(NOW + 2, 1, 1), [first]);
      assert.equal(await store.dropRecording(first.id), true);
      assert.equal(await store.dropRecording(first.id), false);
      assert.equal(await store.recording(first.id), null);
      assert.deepEqual(await store.recordings(NOW + 2, 0, 10), [second]);
    });

    it('keeps a number by name until its time is over', async () => {
      const mark = fresh('mark');
      assert.equal(await store.mark(mark, NOW), null);
      await store.putMark(mark, 7, 60_000, NOW);
      assert.equal(await store.mark(mark, NOW), 7);
      await store.putMark(mark, 8, 60_000, NOW);
      assert.equal(await store.mark(mark, NOW), 8);
    });

    it('lets one of many that open a call with the same person at once', async () => {
      const bob = fresh('bob');
      const calls = Array.from({ length: 20 }, () => ringing(fresh('alice'), bob));
      const holders = await Promise.all(calls.map((call) => store.openCall(call)));
      assert.equal(holders.filter((holder) => holder === null).length, 1);
      const winner = calls[holders.indexOf(null)];
      for (const holder of holders) if (holder) assert.equal(holder.id, winner?.id);
    });

    it('saves a change only over the revision that it was made from', async () => {
      const call = ringing(fresh('alice'), fresh('bob'));
      await store.openCall(call);
      const reached = { ...call, revision: 2, reached: true };
      assert.equal(await store.saveCall(reached, 1), true);
      assert.equal(await store.saveCall({ ...call, revision: 2 }, 1), false);
      assert.deepEqual(await store.call(call.id), reached);
      assert.equal(await store.saveCall({ ...call, id: 'unknown' }, 1), false);
    });

    it('lets one of many that change a call at once', async () => {
      const call = ringing(fresh('alice'), fresh('bob'));
      await store.openCall(call);
      const saved = await Promise.all(
        Array.from({ length: 20 }, (_, n) => store.saveCall({ ...call, revision: 2, data: n }, 1)),
      );
      assert.equal(saved.filter(Boolean).length, 1);
      assert.equal((await store.call(call.id))?.data, saved.indexOf(true));
    });

    it('moves an ended call to the history of both, releases both, and lets nothing change it any more', async () => {
      const [alice, bob] = [fresh('alice'), fresh('bob')];
      const first = ringing(alice, bob);
      await store.openCall(first);
      assert.deepEqual(await store.historyOf(alice, 10), []);
      assert.equal(await store.saveCall(ended(first), 1), true);
      assert.equal(await store.callOf(alice), null);
      assert.equal(await store.callOf(bob), null);
      assert.deepEqual(await store.call(first.id), ended(first));
      assert.equal(await store.saveCall({ ...first, revision: 3 }, 2), false);
      const second = ringing(bob, alice);
      assert.equal(await store.openCall(second), null);
      await store.saveCall(ended(second), 1);
      for (const user of [alice, bob]) {
        assert.deepEqual(
          (await store.historyOf(user, 10)).map(({ id }) => id),
          [second.id, first.id],
        );
        assert.deepEqual(
          (await store.historyOf(user, 1)).map(({ id }) => id),
          [second.id],
        );
      }
    });

    it('records a call that was over at once, beside one that goes on', async () => {
      const [alice, bob, carol] = [fresh('alice'), fresh('bob'), fresh('carol')];
      const going = ringing(alice, bob);
      await store.openCall(going);
      const refused = refusedAtOnce(offerOf(carol, bob), 'busy', NOW);
      await store.recordCall(refused);
      assert.deepEqual(await store.historyOf(carol, 10), [refused]);
      assert.deepEqual(await store.call(refused.id), refused);
      assert.deepEqual(await store.callOf(bob), going);
    });

    it('forgets the oldest of too many calls of one person', async () => {
      const [alice, bob] = [fresh('alice'), fresh('bob')];
      for (let n = 0; n <= HISTORY_PER_USER; n++) {
        const call = ringing(alice, bob);
        await store.openCall(call);
        await store.saveCall(ended(call), 1);
      }
      assert.equal((await store.historyOf(alice, 1000)).length, HISTORY_PER_USER);
    });

    it('keeps sessions by id and by person', async () => {
      const [alice, bob] = [fresh('alice'), fresh('bob')];
      const phone = sessionOf(alice, { callees: [bob] });
      const laptop = sessionOf(alice);
      await store.putSession(phone);
      await store.putSession(laptop);
      assert.deepEqual(await store.session(phone.id), phone);
      assert.equal(await store.session('no such session'), null);
      const byId = (one: Session, other: Session): number => (one.id < other.id ? -1 : 1);
      assert.deepEqual((await store.sessionsOf(alice)).sort(byId), [phone, laptop].sort(byId));
      assert.deepEqual(await store.sessionsOf(bob), []);
      const ids = await store.userIds();
      assert.ok(ids.includes(alice) && !ids.includes(bob));
      assert.deepEqual(ids, [...ids].sort());
    });

    it('lets only the connection that holds a session lose it', async () => {
      const session = sessionOf(fresh('alice'));
      await store.putSession(session);
      assert.equal(await store.loseSession(session.id, 'another', NOW + 20_000), false);
      assert.equal(await store.loseSession(session.id, session.connection ?? '', NOW + 20_000), true);
      assert.deepEqual(await store.session(session.id), { ...session, connection: null, endsAt: NOW + 20_000 });
      const again = { ...session, connection: fresh('connection') };
      await store.putSession(again);
      assert.equal(await store.loseSession(session.id, session.connection ?? '', NOW + 20_000), false);
      assert.deepEqual(await store.session(session.id), again);
    });

    it('drops a session that nobody else holds, and with the last one its person', async () => {
      const alice = fresh('alice');
      const session = sessionOf(alice);
      await store.putSession(session);
      assert.equal(await store.dropSession(session.id, null), false);
      assert.equal(await store.dropSession(session.id, session.connection), true);
      assert.equal(await store.dropSession(session.id, session.connection), false);
      assert.equal(await store.session(session.id), null);
      assert.ok(!(await store.userIds()).includes(alice));
    });

    it('tells whether a person is here, and in a call', async () => {
      const [alice, bob] = [fresh('alice'), fresh('bob')];
      const session = sessionOf(bob);
      const call = ringing(alice, bob);
      assert.equal(await store.presenceOf(bob), 'offline');
      await store.putSession(session);
      assert.equal(await store.presenceOf(bob), 'active');
      await store.openCall(call);
      assert.equal(await store.presenceOf(bob), 'busy');
      assert.equal(await store.presenceOf(alice), 'offline', 'a call makes nobody be here');
      await store.saveCall(ended(call), 1);
      assert.equal(await store.presenceOf(bob), 'active');
      await store.dropSession(session.id, session.connection);
      assert.equal(await store.presenceOf(bob), 'offline');
    });

    it('tells what is due, until it is dealt with', async () => {
      const [alice, bob] = [fresh('alice'), fresh('bob')];
      const call = ringing(alice, bob);
      const lost = sessionOf(alice, { connection: null, endsAt: NOW + 20_000 });
      await store.openCall(call);
      await store.putSession(lost);
      const early = await store.due(NOW + 19_999);
      assert.ok(!early.calls.includes(call.id) && !early.sessions.includes(lost.id));
      const due = await store.due(call.ringEndsAt);
      assert.ok(due.calls.includes(call.id) && due.sessions.includes(lost.id));
      await store.saveCall(ended(call), 1);
      await store.putSession({ ...lost, connection: 'back', endsAt: null });
      const later = await store.due(call.ringEndsAt);
      assert.ok(!later.calls.includes(call.id) && !later.sessions.includes(lost.id));
    });

    it('knows who has blocked whom, one way', async () => {
      const [alice, bob] = [fresh('alice'), fresh('bob')];
      await store.setBlocked(bob, alice, true);
      await store.setBlocked(bob, alice, true);
      assert.equal(await store.isBlocked(bob, alice), true);
      assert.equal(await store.isBlocked(alice, bob), false);
      assert.deepEqual([await store.blockersOf(alice), await store.blockersOf(bob)], [[bob], []]);
      await store.setBlocked(bob, alice, false);
      assert.equal(await store.isBlocked(bob, alice), false);
      assert.deepEqual(await store.blockersOf(alice), []);
    });

    it('says who of many has a session', async () => {
      const [alice, bob, carol] = [fresh('alice'), fresh('bob'), fresh('carol')];
      const sessions = [sessionOf(carol), sessionOf(alice)];
      for (const session of sessions) await store.putSession(session);
      assert.deepEqual(await store.withSession([carol, bob, alice]), [carol, alice]);
      assert.deepEqual(await store.withSession([]), []);
      for (const { id, connection } of sessions) await store.dropSession(id, connection);
      assert.deepEqual(await store.withSession([carol, bob, alice]), []);
    });

    it('lets nobody block without end', async () => {
      const bob = fresh('bob');
      const people = Array.from({ length: BLOCKED_PER_USER }, () => fresh('pest'));
      for (const each of people) assert.equal(await store.setBlocked(bob, each, true), true);
      const last = fresh('pest');
      assert.equal(await store.setBlocked(bob, last, true), false);
      assert.equal(await store.isBlocked(bob, last), false);
      assert.deepEqual(await store.blockersOf(last), []);
      assert.equal(await store.setBlocked(bob, people[0] ?? '', true), true, 'blocked already');
      await store.setBlocked(bob, people[0] ?? '', false);
      assert.equal(await store.setBlocked(bob, last, true), true);
    });

    it('forgets the blocks of a visitor with its last session, both ways, and nobody else’s', async () => {
      const [bob, carol] = [fresh('bob'), fresh('carol')];
      for (const kind of [{ visitor: true }, {}] as const) {
        const guest = fresh('guest');
        const sessions = [1, 2].map(() => sessionOf(guest, kind));
        for (const session of sessions) await store.putSession(session);
        await store.setBlocked(guest, bob, true);
        await store.setBlocked(bob, guest, true);
        await store.setBlocked(bob, carol, true);
        const blocks = async () => [
          await store.isBlocked(guest, bob),
          await store.isBlocked(bob, guest),
          (await store.blockersOf(bob)).includes(guest),
          (await store.blockersOf(guest)).includes(bob),
        ];
        for (const { id, connection } of sessions) {
          assert.ok((await blocks()).every(Boolean));
          await store.dropSession(id, connection);
        }
        assert.ok((await blocks()).every((each) => each !== 'visitor' in kind));
        assert.equal(await store.isBlocked(bob, carol), true);
      }
    });

    it('keeps calls of those who may not call out of the history of the callee', async () => {
      const [alice, bob] = [fresh('alice'), fresh('bob')];
      const refused = refusedAtOnce(offerOf(alice, bob), 'not-allowed', NOW);
      const busy = refusedAtOnce(offerOf(alice, bob), 'busy', NOW);
      await store.recordCall(refused);
      await store.recordCall(busy);
      assert.deepEqual(await store.historyOf(alice, 10), [busy, refused]);
      assert.deepEqual(await store.historyOf(bob, 10), [busy]);
      assert.deepEqual(await store.call(refused.id), refused);
    });

    it('gives so many tokens in a window, each key its own, also to many at once', async () => {
      const key = fresh('offers');
      const taken = await Promise.all(Array.from({ length: 8 }, () => store.takeToken(key, 5, 60_000, NOW)));
      assert.equal(taken.filter(Boolean).length, 5);
      assert.equal(await store.takeToken(fresh('offers'), 5, 60_000, NOW), true);
    });

    it('takes ids that mean something elsewhere', async () => {
      const users = ['__proto__', 'constructor', 'a:b', '*', "Robert'); --", 'имя 🙂'].map(
        (id) => `${id} ${fresh('')}`,
      );
      for (const user of users) await store.putSession(sessionOf(user));
      const ids = await store.userIds();
      for (const user of users) {
        assert.ok(ids.includes(user));
        assert.equal((await store.sessionsOf(user)).length, 1);
      }
    });
  });
}

aStore(
  'the store in memory',
  async () => new MemoryStore(),
  async () => undefined,
);

let redis: RedisServer;
const storeOnRedis = (onRevived: () => Promise<void> = async () => undefined): RedisStore =>
  new RedisStore({
    url: redis.url,
    onError: () => undefined,
    holds: () => true,
    onRevived,
    onNodeGone: () => undefined,
  });

aStore(
  'the store on Redis',
  async () => {
    redis = await RedisServer.start();
    return storeOnRedis();
  },
  () => redis?.stop(),
);

describe('two nodes on one Redis', () => {
  let here: RedisStore;
  let there: RedisStore;
  before(async () => {
    redis = await RedisServer.start();
    [here, there] = [storeOnRedis(), storeOnRedis()];
  });
  after(async () => {
    await Promise.all([here?.close(), there?.close()]);
    await redis?.stop();
  });

  it('let one of them change a call at a time', async () => {
    const call = ringing(fresh('alice'), fresh('bob'));
    await here.openCall(call);
    const saves = await Promise.all(
      [here, there, here, there].map((store, n) => store.saveCall({ ...call, revision: 2, data: n }, 1)),
    );
    assert.equal(saves.filter(Boolean).length, 1);
    assert.deepEqual(await there.call(call.id), await here.call(call.id));
  });

  it('know who was blocked while blocks were kept one way, as version 0.1.0 did', async () => {
    const [alice, bob, carol] = [fresh('alice'), fresh('bob'), fresh('carol:1')];
    const client = new Redis(redis.url);
    await client.sadd(`omni:blocks:${carol}`, alice);
    await here.setBlocked(bob, alice, true);
    assert.deepEqual((await there.blockersOf(alice)).sort(), [bob, carol]);
    await there.setBlocked(carol, alice, false);
    assert.deepEqual(await here.blockersOf(alice), [bob]);
    client.disconnect();
  });

  it('find the sessions of the one that closed at once', async () => {
    const session = sessionOf(fresh('alice'));
    const third = storeOnRedis();
    await third.putSession(session);
    assert.deepEqual((await here.due(NOW)).orphans, []);
    await third.close();
    assert.deepEqual((await here.due(NOW)).orphans, [session]);
    assert.equal(await there.loseSession(session.id, session.connection ?? '', NOW), true);
    assert.deepEqual((await here.due(NOW)).orphans, []);
  });

  it('are not ready, after Redis came back empty, before they have written down again what they hold', async () => {
    let written: () => void = () => undefined;
    let began: () => void = () => undefined;
    const beginning = new Promise<void>((resolve) => (began = resolve));
    const store = storeOnRedis(() => {
      began();
      return new Promise((resolve) => (written = resolve));
    });
    try {
      await store.userIds();
      assert.equal(store.available, true);
      await redis.stop();
      await redis.start();
      await beginning;
      // It can be reached by now.
      await store.userIds();
      assert.equal(store.available, false);
      written();
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(store.available, true);
    } finally {
      await store.close();
    }
  });

  it('wait for a Redis that is away for a moment, and refuse, with words that help, when it stays away', async () => {
    await redis.stop();
    const call = ringing(fresh('alice'), fresh('bob'));
    const opening = here.openCall(call);
    await redis.start();
    assert.equal(await opening, null);
    assert.deepEqual(await there.call(call.id), call);

    await redis.stop();
    await assert.rejects(here.openCall(ringing(fresh('alice'), fresh('bob'))), (error: { code?: string }) => {
      assert.equal(error.code, 'server-error');
      assert.match(String(error), /Redis/);
      return true;
    });
    assert.equal(here.available, false);
  });
});

import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { CLOSE } from 'omni-call/protocol';
import { FakeClock } from '../unit/signalling/fake-clock.js';
import { ServerOfModel } from './model/server-of-model.js';
import { Wire } from './model/wire.js';

const USER = 'alice';

let clock: FakeClock;
let server: ServerOfModel;
beforeEach(() => {
  clock = new FakeClock();
  server = new ServerOfModel(clock);
});

/** Sends requests on a connection of its own. Resolves with all that came back, once nothing goes on any more. */
async function say(...requests: object[]): Promise<unknown[]> {
  const wire = new Wire();
  server.accept(wire);
  wire.open();
  for (const [id, request] of requests.entries()) wire.pageSocket.send(JSON.stringify({ id, ...request }));
  while (wire.toServer.length > 0) wire.deliver('server');
  // All of this server is in memory: a turn of the loop is enough.
  await new Promise((resolve) => setImmediate(resolve));
  return wire.toPage.map((parcel) => ('data' in parcel ? (JSON.parse(parcel.data) as unknown) : parcel.code));
}

/** Has the host shut the person out while its session is being stored, once. */
function revokeWhileStored(when: 'before' | 'after'): void {
  const { store } = server;
  const put = store.putSession.bind(store);
  store.putSession = async (session) => {
    store.putSession = put;
    if (when === 'after') await put(session);
    await server.sessions.revoke(USER, clock.now() + 60_000);
    if (when === 'before') await put(session);
  };
}

describe('a person who is shut out while it says hello', () => {
  for (const when of ['before', 'after'] as const) {
    it(`is not let in: just ${when} its new session is stored`, async () => {
      revokeWhileStored(when);
      const [reply, code, ...more] = await say({ type: 'hello', userId: USER }, { type: 'list' });
      assert.deepEqual((reply as { error: { code: string } }).error?.code, 'unauthorized');
      assert.deepEqual([code, more], [CLOSE.UNAUTHORIZED, []]);
      assert.deepEqual(await server.store.sessionsOf(USER), []);
    });

    it(`is not let in: just ${when} its resumed session is stored`, async () => {
      const [welcome] = (await say({ type: 'hello', userId: USER })) as [{ ok: { session: string; secret: string } }];
      revokeWhileStored(when);
      const { session, secret } = welcome.ok;
      const [reply, code, ...more] = await say({ type: 'hello', userId: USER, resume: { session, secret } });
      assert.deepEqual((reply as { error: { code: string } }).error?.code, 'unauthorized');
      assert.deepEqual([code, more], [CLOSE.UNAUTHORIZED, []]);
      assert.deepEqual(await server.store.sessionsOf(USER), []);
    });
  }
});

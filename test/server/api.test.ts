import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLOSE, LIMITS, type CallRecord } from 'omni-call/protocol';
import { startStack, type Stack } from '../support/stack.js';
import { WsClient } from '../support/ws-client.js';

const API_KEY = 'a key for the back end alone';
let stack: Stack;
let people = 0;
const name = (): string => `person-${++people}`;

interface Answer<T> {
  status: number;
  body: T;
}

async function ask<T>(path: string, init: RequestInit = {}, key: string | null = API_KEY): Promise<Answer<T>> {
  const headers = new Headers(init.headers);
  if (key !== null) headers.set('authorization', `Bearer ${key}`);
  const response = await fetch(`${stack.origin}/api/v1${path}`, { ...init, headers });
  return { status: response.status, body: (await response.json()) as T };
}
const post = <T>(path: string, body?: object) =>
  ask<T>(path, {
    method: 'POST',
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });

interface Page {
  list: CallRecord[];
  next: string | null;
}

/** A call of these two that the callee declines. */
async function declined(caller: WsClient, callee: WsClient, calleeId: string): Promise<string> {
  const call = await caller.offer(calleeId);
  await callee.stage(call, 'ringing');
  await callee.leave(call);
  await caller.stage(call, 'ended');
  return call;
}

before(async () => {
  stack = await startStack({ apiKey: API_KEY, offersPerMinute: 100 });
});
after(() => stack?.close());

describe('the HTTP API', () => {
  it('lets nobody in without its key', async () => {
    for (const key of [null, 'another key', '']) {
      const { status, body } = await ask<{ code: string }>('/sessions', {}, key);
      assert.equal(status, 401);
      assert.equal(body.code, 'unauthorized');
    }
  });

  it('tells who is here, and who is busy', async () => {
    const [alice, bob] = [name(), name()];
    const [caller] = await Promise.all([WsClient.join(stack.origin, alice), WsClient.join(stack.origin, bob)]);
    await caller.offer(bob, { callType: 'audiocall' });
    const { body } = await ask<{ count: number; list: { user_id: string; state: string; call_type: string | null }[] }>(
      '/sessions',
    );
    assert.ok(body.count >= 2);
    assert.deepEqual(
      body.list.find(({ user_id }) => user_id === bob),
      { user_id: bob, state: 'busy', call_type: 'audiocall' },
    );
  });

  it('shows a call while it goes on, ends it for both, and shows it in the history', async () => {
    const [alice, bob] = [name(), name()];
    const [caller, callee] = await Promise.all([
      WsClient.join(stack.origin, alice, { displayName: 'Alice' }),
      WsClient.join(stack.origin, bob),
    ]);
    const call = await caller.offer(bob, { data: { order: 7 } });
    await callee.stage(call, 'ringing');
    const open = await ask<Page>(`/calls?state=open&user=${alice}`);
    assert.deepEqual(
      open.body.list.map(({ session, stage, data }) => ({ session, stage, data })),
      [{ session: call, stage: 'ringing', data: { order: 7 } }],
    );
    const ended = await post<CallRecord>(`/calls/${call}/end`);
    assert.equal(ended.status, 200);
    for (const client of [caller, callee]) {
      const { ending } = await client.stage(call, 'ended');
      assert.deepEqual(ending, { reason: 'ended-by-server', by: 'server', durationMs: 0 });
    }
    assert.equal((await post<CallRecord>(`/calls/${call}/end`)).body.reason, 'ended-by-server');
    const history = await ask<Page>(`/calls?user=${bob}`);
    assert.deepEqual(history.body.list, [ended.body]);
    assert.deepEqual((await ask<CallRecord>(`/calls/${call}`)).body, ended.body);
    assert.deepEqual(ended.body.caller, { user_id: alice, display_name: 'Alice' });
    assert.equal((await ask<Page>(`/calls?state=open&user=${bob}`)).body.list.length, 0);
  });

  it('pages and filters the history, newest first, without a call twice or left out', async () => {
    const [alice, bob] = [name(), name()];
    const [caller, callee] = await Promise.all([WsClient.join(stack.origin, alice), WsClient.join(stack.origin, bob)]);
    const calls: string[] = [];
    for (let count = 0; count < 5; count += 1) calls.unshift(await declined(caller, callee, bob));
    const first = await ask<Page>(`/calls?user=${bob}&limit=2`);
    assert.deepEqual(
      first.body.list.map(({ session }) => session),
      calls.slice(0, 2),
    );
    await declined(caller, callee, bob);
    const second = await ask<Page>(`/calls?user=${bob}&limit=2&after=${first.body.next}`);
    assert.deepEqual(
      second.body.list.map(({ session }) => session),
      calls.slice(2, 4),
    );
    const last = await ask<Page>(`/calls?user=${bob}&limit=2&after=${second.body.next}`);
    assert.deepEqual(last.body, { list: [{ ...last.body.list[0], session: calls[4] }], next: null });
    const from = last.body.list[0]?.offered_at ?? '';
    assert.equal((await ask<Page>(`/calls?user=${bob}&offered_before=${from}`)).body.list.length, 0);
    assert.equal((await ask<Page>(`/calls?user=${bob}&offered_from=${from}`)).body.list.length, 6);
    assert.equal((await ask<Page>(`/calls?user=${bob}&reason=busy`)).body.list.length, 0);
    assert.equal((await ask<Page>(`/calls?user=${bob}&reason=declined`)).body.list.length, 6);
  });

  it('refuses what its document does not describe, in the words of its errors', async () => {
    for (const path of ['/calls?limit=0', '/calls?reason=none', '/calls?offered_from=today', '/calls?after=nothing']) {
      const { status, body } = await ask<{ code: string }>(path);
      assert.deepEqual([path, status, body.code], [path, 400, 'bad-request']);
    }
    const { status, body } = await ask<{ code: string }>('/calls/none');
    assert.deepEqual([status, body.code], [404, 'no-such-call']);
    for (const body of [{ for_seconds: 'long' }, { for_seconds: '60' }, { for_seconds: null }, { for_second: 60 }])
      assert.equal((await post('/users/x/revoke', body)).status, 400, JSON.stringify(body));
    assert.equal((await ask('/no-such-thing')).status, 404);
    assert.deepEqual((await ask<{ code: string }>('/calls/%E0%A4%A')).body.code, 'bad-request');
  });

  it('tells by which methods an address is asked', async () => {
    const headers = { authorization: `Bearer ${API_KEY}` };
    const methods = async (path: string) => {
      const { status, headers: told } = await fetch(`${stack.origin}/api/v1${path}`, { method: 'PUT', headers });
      return [status, told.get('allow')];
    };
    assert.deepEqual(await methods('/calls?limit=1'), [405, 'GET, HEAD']);
    assert.deepEqual(await methods('/calls/one/end'), [405, 'POST']);
    assert.deepEqual(await methods('/no-such-thing'), [404, null]);
  });

  it('revokes a user: the call ends, the sessions close, and new ones are refused', async () => {
    // As long as a user's id can be.
    const [alice, bob] = [name(), name().padEnd(LIMITS.userId, '-')];
    const [caller, callee] = await Promise.all([WsClient.join(stack.origin, alice), WsClient.join(stack.origin, bob)]);
    const call = await caller.offer(bob);
    await callee.stage(call, 'ringing');
    assert.deepEqual((await post(`/users/${bob}/revoke`)).body, { sessions: 1 });
    assert.equal((await caller.stage(call, 'ended')).ending?.reason, 'ended-by-server');
    assert.equal((await callee.closed).code, CLOSE.REVOKED);
    await assert.rejects(WsClient.join(stack.origin, bob), { code: 'unauthorized' });
  });

  it('is described by a document that names every operation and needs no key', async () => {
    const { status, body } = await ask<{ openapi: string; paths: Record<string, object> }>('/openapi.json', {}, null);
    assert.equal(status, 200);
    assert.equal(body.openapi, '3.1.0');
    for (const path of ['/sessions', '/calls', '/calls/{id}', '/calls/{id}/end', '/users/{id}/revoke'])
      assert.ok(body.paths[path], path);
  });
});

describe('an offer to be recorded', () => {
  it('is refused, and rings nobody: there is no recording to be told of', async () => {
    const [alice, bob] = [name(), name()];
    const [caller, callee] = await Promise.all([WsClient.join(stack.origin, alice), WsClient.join(stack.origin, bob)]);
    await assert.rejects(caller.offer(bob, { record: true }), { code: 'bad-request' });
    const call = await caller.offer(bob);
    assert.equal((await callee.stage(call, 'ringing')).recording, 'off');
    assert.deepEqual(new Set(callee.calls.map(({ session }) => session)), new Set([call]));
  });
});

describe("a person's own history", () => {
  it('holds the calls of that person alone', async () => {
    const [alice, bob] = [name(), name()];
    const [caller, callee, other] = await Promise.all([
      WsClient.join(stack.origin, alice),
      WsClient.join(stack.origin, bob),
      WsClient.join(stack.origin, name()),
    ]);
    const call = await declined(caller, callee, bob);
    for (const client of [caller, callee]) {
      const { list } = await client.request('history', { limit: 10 });
      assert.deepEqual(
        list.map(({ session, reason, by }) => ({ session, reason, by })),
        [{ session: call, reason: 'declined', by: bob }],
      );
    }
    assert.deepEqual((await other.request('history', { limit: 10 })).list, []);
  });

  it('shows the callee a missed call next time, until it was seen', async () => {
    const [alice, bob] = [name(), name()];
    const caller = await WsClient.join(stack.origin, alice);
    const call = await caller.offer(bob);
    await caller.leave(call);
    await caller.stage(call, 'ended');
    const callee = await WsClient.join(stack.origin, bob);
    assert.deepEqual(
      callee.welcome?.missed.map(({ session, caller: from }) => [session, from.user_id]),
      [[call, alice]],
    );
    assert.deepEqual((await WsClient.join(stack.origin, alice)).welcome?.missed, []);
    await callee.request('seen', {});
    assert.deepEqual((await WsClient.join(stack.origin, bob)).welcome?.missed, []);
  });
});

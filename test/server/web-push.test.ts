import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withWebPushExample } from '../support/web-push-example.js';
import { WsClient } from '../support/ws-client.js';

describe('the back end of the Web Push example', () => {
  const here = withWebPushExample();

  const subscribe = (cookie?: string): Promise<Response> =>
    fetch(`${here.home}/push-subscriptions`, {
      method: 'POST',
      body: JSON.stringify(here.push.subscription),
      ...(cookie !== undefined && { headers: { cookie } }),
    });

  it('pushes a call to whoever has no page open, and that it was missed, as browsers and push services want it', async () => {
    assert.equal((await subscribe('user=bob')).status, 204);
    const alice = await WsClient.join(here.stack.origin, 'alice', { displayName: 'Alice' });
    const session = await alice.offer('bob');
    const { text, headers } = await here.push.message(0);
    assert.deepEqual(JSON.parse(text), { type: 'call.offered', session, caller: 'Alice' });
    assert.deepEqual([headers.ttl, headers['urgency'], headers['topic']], ['60', 'high', session]);
    // A page that opens now rings.
    const bob = await WsClient.join(here.stack.origin, 'bob');
    assert.equal(bob.welcome?.call?.stage, 'ringing');
    await alice.leave(session);
    assert.deepEqual(JSON.parse((await here.push.message(1)).text), { type: 'call.missed', session, caller: 'Alice' });
  });

  it('believes no webhook that the call server did not sign, and subscribes nobody who is not signed in', async () => {
    const body = JSON.stringify({ type: 'call.offered', data: { callee: { user_id: 'bob' } } });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = { 'webhook-id': 'x', 'webhook-timestamp': timestamp, 'webhook-signature': 'v1,bm90IG91cnM=' };
    assert.equal((await fetch(`${here.home}/call-webhooks`, { method: 'POST', headers, body })).status, 401);
    assert.equal((await subscribe()).status, 401);
  });

  it('serves the page, the service worker and the key to subscribe with', async () => {
    for (const path of ['/', '/be-reachable.js', '/service-worker.js'])
      assert.equal((await fetch(here.home + path)).status, 200, path);
    const me = await fetch(`${here.home}/me`, { headers: { cookie: 'user=bob' } });
    assert.deepEqual(await me.json(), { user: 'bob', callServer: here.stack.origin, pushKey: here.push.key });
  });
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../support/free-port.js';
import { PushService } from '../support/push-service.js';
import { startStack, type Stack } from '../support/stack.js';
import { WsClient } from '../support/ws-client.js';

const EXAMPLE = fileURLToPath(new URL('../../examples/web-push/', import.meta.url));
const SECRET = 'what only the two of us know';

interface Options {
  callServer: string;
  webhookSecret: string;
  vapid: { subject: string; publicKey: string; privateKey: string };
  userOf: (request: IncomingMessage) => string | null;
}

describe('the back end of the Web Push example', () => {
  let stack: Stack;
  let backEnd: Server;
  let push: PushService;
  let home: string;

  before(async () => {
    await promisify(execFile)('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: EXAMPLE });
    const { default: webPush } = (await import(`${EXAMPLE}node_modules/web-push/src/index.js`)) as {
      default: { generateVAPIDKeys(): { publicKey: string; privateKey: string } };
    };
    const { createBackEnd } = (await import(`${EXAMPLE}back-end.js`)) as { createBackEnd(options: Options): Server };
    const { userOf } = (await import(`${EXAMPLE}session.js`)) as Pick<Options, 'userOf'>;
    const vapid = { subject: 'mailto:host@example.com', ...webPush.generateVAPIDKeys() };
    push = new PushService(vapid.publicKey);
    await push.listen();
    const port = await freePort();
    home = `http://127.0.0.1:${port}`;
    stack = await startStack({ webhook: { url: `${home}/call-webhooks`, secret: SECRET } });
    backEnd = createBackEnd({ callServer: stack.origin, webhookSecret: SECRET, vapid, userOf });
    await once(backEnd.listen(port, '127.0.0.1'), 'listening');
  });
  after(async () => {
    await stack?.close();
    backEnd?.close();
    backEnd?.closeAllConnections();
    await push?.close();
  });

  const subscribe = (cookie?: string): Promise<Response> =>
    fetch(`${home}/push-subscriptions`, {
      method: 'POST',
      body: JSON.stringify(push.subscription),
      ...(cookie !== undefined && { headers: { cookie } }),
    });

  it('pushes a call to whoever has no page open, and that it was missed, as browsers and push services want it', async () => {
    assert.equal((await subscribe('user=bob')).status, 204);
    const alice = await WsClient.join(stack.origin, 'alice', { displayName: 'Alice' });
    const session = await alice.offer('bob');
    const { text, headers } = await push.message(0);
    assert.deepEqual(JSON.parse(text), { type: 'call.offered', session, caller: 'Alice' });
    assert.deepEqual([headers.ttl, headers['urgency'], headers['topic']], ['60', 'high', session]);
    // A page that opens now rings.
    const bob = await WsClient.join(stack.origin, 'bob');
    assert.equal(bob.welcome?.call?.stage, 'ringing');
    await alice.leave(session);
    assert.deepEqual(JSON.parse((await push.message(1)).text), { type: 'call.missed', session, caller: 'Alice' });
  });

  it('believes no webhook that the call server did not sign, and subscribes nobody who is not signed in', async () => {
    const body = JSON.stringify({ type: 'call.offered', data: { callee: { user_id: 'bob' } } });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = { 'webhook-id': 'x', 'webhook-timestamp': timestamp, 'webhook-signature': 'v1,bm90IG91cnM=' };
    assert.equal((await fetch(`${home}/call-webhooks`, { method: 'POST', headers, body })).status, 401);
    assert.equal((await subscribe()).status, 401);
  });

  it('serves the page, the service worker and the key to subscribe with', async () => {
    for (const path of ['/', '/be-reachable.js', '/service-worker.js'])
      assert.equal((await fetch(home + path)).status, 200, path);
    const me = await fetch(`${home}/me`, { headers: { cookie: 'user=bob' } });
    assert.deepEqual(await me.json(), { user: 'bob', callServer: stack.origin, pushKey: push.key });
  });
});

// The host's back end: keeps whom it can reach by Web Push, and rings them when the call server tells of a call.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import webPush from 'web-push';
import { isGenuine } from './webhook-signature.js';

const FILES = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/be-reachable.js': ['be-reachable.js', 'text/javascript'],
  '/service-worker.js': ['service-worker.js', 'text/javascript'],
};
/** Seconds for which a push service keeps a message for a device that is off: no longer than it rings. */
const RINGS_FOR = 60;

/** `vapid`: what `npx web-push generate-vapid-keys` gives, and a `subject`. `userOf`: who is signed in, or null. */
export function createBackEnd({ callServer, webhookSecret, vapid, userOf }) {
  /** Of each user, by endpoint. A database, in life. */
  const subscriptions = new Map();
  const of = (user) => subscriptions.get(user) ?? subscriptions.set(user, new Map()).get(user);

  async function push(subscription, user, message) {
    const { endpoint, method, headers, body } = webPush.generateRequestDetails(subscription, JSON.stringify(message), {
      vapidDetails: vapid,
      TTL: RINGS_FOR,
      urgency: 'high',
      // A later message on the same call takes the place of one that was not delivered yet.
      topic: message.session,
    });
    const { status } = await fetch(endpoint, { method, headers, body });
    if (status === 404 || status === 410) of(user).delete(endpoint);
  }

  async function hear({ type, data }) {
    if (type !== 'call.offered' && type !== 'call.missed') return;
    const user = data.callee.user_id;
    const message = { type, session: data.session, caller: data.caller.display_name ?? data.caller.user_id };
    await Promise.allSettled([...of(user).values()].map((subscription) => push(subscription, user, message)));
  }

  async function answer(request) {
    const { method, url, headers } = request;
    const user = userOf(request);
    switch (`${method} ${url}`) {
      case 'POST /call-webhooks': {
        const body = await textOf(request);
        if (!isGenuine(headers, body, webhookSecret)) return { status: 401 };
        await hear(JSON.parse(body));
        return { status: 204 };
      }
      case 'GET /me':
        return { status: 200, json: { user, callServer, pushKey: vapid.publicKey } };
      case 'POST /push-subscriptions': {
        if (user === null) return { status: 401 };
        const subscription = JSON.parse(await textOf(request));
        of(user).set(subscription.endpoint, subscription);
        return { status: 204 };
      }
      default: {
        const [name, type] = (method === 'GET' && FILES[url]) || [];
        if (!name) return { status: 404 };
        return { status: 200, type, body: await readFile(new URL(`public/${name}`, import.meta.url)) };
      }
    }
  }

  return createServer(async (request, response) => {
    const { status, json, type = 'application/json', body } = await answer(request).catch(() => ({ status: 500 }));
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(json === undefined ? body : JSON.stringify(json));
  });
}

async function textOf(request) {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return text;
}

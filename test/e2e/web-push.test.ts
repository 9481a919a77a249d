import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, CDPSession, Protocol } from 'puppeteer-core';
import { launchBrowser, openPage } from '../support/browsers.js';
import { CallPage } from '../support/call-page.js';
import type { PushSubscriptionJson } from '../support/push-service.js';
import { withWebPushExample } from '../support/web-push-example.js';

/** A page behind others may get no frames to wait for. */
const LOOK = { polling: 25 };
/** What the service worker shows, and what it opened. */
interface Worker {
  registration: { getNotifications(): Promise<{ title: string; tag: string; requireInteraction: boolean }[]> };
  clients: { openWindow(url: string): Promise<null>; matchAll(options: object): Promise<unknown[]> };
  opened: string[];
}

const here = withWebPushExample();
let browser: Browser;
before(async () => {
  browser = await launchBrowser('chromium');
});
after(() => browser?.close());

/** The browser's own push service cannot be reached from here: the page gets a subscription to ours. */
function subscribedTo(subscription: PushSubscriptionJson): void {
  PushManager.prototype.subscribe = async () => ({ toJSON: () => subscription }) as unknown as PushSubscription;
}

/** Resolves with the title of the next notification once it is there. To ask for all, sooner, makes Chromium forget it. */
function displayed(devtools: CDPSession): Promise<string | undefined> {
  return new Promise((resolve) => {
    const hear = ({
      backgroundServiceEvent: { eventName, eventMetadata },
    }: Protocol.BackgroundService.BackgroundServiceEventReceivedEvent): void => {
      if (eventName !== 'Notification displayed') return;
      devtools.off('BackgroundService.backgroundServiceEventReceived', hear);
      resolve(eventMetadata.find(({ key }) => key === 'Title')?.value);
    };
    devtools.on('BackgroundService.backgroundServiceEventReceived', hear);
  });
}

/** Hands the browser a message as its push service does. */
async function deliver(devtools: CDPSession, registrationId: string, data: string): Promise<void> {
  await devtools.send('ServiceWorker.deliverPushMessage', { origin: here.home, registrationId, data });
}

describe('the example of Web Push', { timeout: 60_000 }, () => {
  it('rings a person whose page is closed, by the webhook of the call, and the page it opens rings', async () => {
    const context = await browser.createBrowserContext();
    await context.overridePermissions(here.home, ['notifications']);
    await context.setCookie({ name: 'user', value: 'bob', domain: '127.0.0.1' });
    // Keeps the window, and speaks to the service worker when the page is closed.
    const other = await context.newPage();
    const devtools = await other.createCDPSession();
    const registered = new Promise<string>((resolve) =>
      devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const found = registrations.find(({ scopeURL }) => scopeURL.startsWith(here.home));
        if (found) resolve(found.registrationId);
      }),
    );
    await devtools.send('ServiceWorker.enable');
    await devtools.send('BackgroundService.startObserving', { service: 'notifications' });
    await devtools.send('BackgroundService.setRecording', { shouldRecord: true, service: 'notifications' });

    const page = await openPage(context, 'about:blank');
    await page.evaluateOnNewDocument(subscribedTo, here.push.subscription);
    await page.goto(here.home);
    await page.waitForFunction(() => document.querySelector('omni-incoming[phase=idle]'), LOOK);
    await page.evaluate(() => document.querySelector<HTMLButtonElement>('#reach')?.click());
    const said = () => document.querySelector('#state')?.textContent;
    await page.waitForFunction(said, LOOK);
    assert.equal(await page.evaluate(said), 'You can close this page.');
    const registrationId = await registered;
    await page.close();

    const alice = await CallPage.open(
      browser,
      here.stack.site.page(
        `<omni-call server="${here.stack.origin}" user-id="alice" display-name="Alice" callee="bob"></omni-call>`,
      ),
    );
    await alice.phase('idle');
    await alice.press('call-button');
    const { text, headers } = await here.push.message(0);
    const { session, ...rest } = JSON.parse(text) as { session: string };
    assert.deepEqual(rest, { type: 'call.offered', caller: 'Alice' });
    assert.deepEqual([headers.ttl, headers.urgency, headers.topic], ['60', 'high', session]);

    const ring = displayed(devtools);
    await deliver(devtools, registrationId, text);
    await ring;
    const target = await browser.waitForTarget(
      (each) => each.type() === 'service_worker' && each.url().startsWith(here.home),
    );
    const worker = await target.worker();
    assert.ok(worker);
    const shown = () =>
      worker.evaluate(async () => {
        const { registration } = self as unknown as Worker;
        const notifications = await registration.getNotifications();
        return notifications.map(({ title, tag, requireInteraction }) => ({ title, tag, requireInteraction }));
      });
    assert.deepEqual(await shown(), [{ title: 'Alice is calling', tag: session, requireInteraction: true }]);

    // A click is the system's to make, and a window is opened only after one.
    const opened = await worker.evaluate(async () => {
      const { registration, clients } = self as unknown as Worker;
      const [notification] = await registration.getNotifications();
      const opens = new Promise<string>((resolve) => {
        clients.openWindow = async (url) => {
          resolve(url);
          return null;
        };
      });
      const init = { notification } as unknown as EventInit;
      const Click = (self as unknown as { NotificationEvent: typeof Event }).NotificationEvent;
      self.dispatchEvent(new Click('notificationclick', init));
      return opens;
    });
    assert.deepEqual(await shown(), []);

    const bob = await CallPage.ofTag(await openPage(context, new URL(opened, here.home).href));
    await bob.phase('ringing');
    await bob.press('answer-button');
    await Promise.all([alice.phase('connected'), bob.phase('connected')]);
    assert.equal(await alice.session(), session);
    await alice.press('hangup-button');
    assert.equal((await bob.ending()).reason, 'completed');
    await bob.close();
    await worker.evaluate(async () => {
      // It leaves the ring to a page, as long as it sees one.
      const { clients } = self as unknown as Worker;
      while ((await clients.matchAll({ includeUncontrolled: true })).length > 0);
    });

    // Nobody answers the next one: what was shown of it says so.
    await alice.call('offerCall', 'videocall', 'bob');
    const offered = await here.push.message(1);
    const secondRing = displayed(devtools);
    await deliver(devtools, registrationId, offered.text);
    await secondRing;
    await alice.press('hangup-button');
    const missed = await here.push.message(2);
    const trace = displayed(devtools);
    await deliver(devtools, registrationId, missed.text);
    assert.equal(await trace, 'Alice called');
    assert.deepEqual(
      (await shown()).map(({ title, requireInteraction }) => [title, requireInteraction]),
      [['Alice called', false]],
    );
    await alice.close();
    await context.close();
  });
});

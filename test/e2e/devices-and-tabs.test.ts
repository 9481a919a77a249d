import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { Browser, BrowserContext } from 'puppeteer-core';
import { CallPage } from '../support/call-page.js';
import { withChromium } from '../support/with-chromium.js';

describe('one person on many devices and tabs', () => {
  const here = withChromium();
  let opened: CallPage[] = [];
  let people = 0;

  afterEach(async () => {
    await Promise.all(opened.map((page) => page.drop()));
    opened = [];
  });

  const page = async (where: Browser | BrowserContext, tag: string): Promise<CallPage> => {
    const opening = await CallPage.open(where, here.stack.site.page(tag));
    opened.push(opening);
    await opening.phase('idle');
    return opening;
  };
  const incoming = (user: string, where: Browser | BrowserContext): Promise<CallPage> =>
    page(where, `<omni-incoming server="${here.stack.origin}" user-id="${user}"></omni-incoming>`);

  /** A caller, and a callee with two tabs in one browser and a device elsewhere. */
  async function open(): Promise<{ ids: { caller: string; callee: string }; caller: CallPage; callee: CallPage[] }> {
    people += 1;
    const ids = { caller: `Ann ${people}`, callee: `Ben ${people}` };
    const context = await here.browser.createBrowserContext();
    const [caller, ...callee] = await Promise.all([
      page(
        here.browser,
        `<omni-call server="${here.stack.origin}" user-id="${ids.caller}" callee="${ids.callee}" silent></omni-call>`,
      ),
      incoming(ids.callee, context),
      incoming(ids.callee, context),
      incoming(ids.callee, here.browser),
    ]);
    assert.ok(caller);
    return { ids, caller, callee };
  }

  const ring = async (caller: CallPage, callee: readonly CallPage[]): Promise<void> => {
    await caller.press('call-button');
    await Promise.all([caller.phase('ringback'), ...callee.map((each) => each.phase('ringing'))]);
  };

  it('rings on all; one answers, and the others stop and say so', async () => {
    const { ids, caller, callee } = await open();
    await ring(caller, callee);
    const [first, ...others] = callee;
    await first?.press('answer-button');
    await Promise.all([caller, first].map((each) => each?.phase('connected')));
    for (const other of others) {
      await other.words('Answered on another device');
      const { reason, by } = await other.ending();
      assert.deepEqual([reason, by], ['answered-elsewhere', ids.callee]);
      await other.untilQuiet();
      assert.equal(await other.page.evaluate(() => window.watch.captured.length), 0, 'it opened no device');
    }
    await caller.press('hangup-button');
    await first?.ending();
    await here.stack.untilNoRoom();
  });

  it('rings on all; one declines, and all stop', async () => {
    const { ids, caller, callee } = await open();
    await ring(caller, callee);
    const [first, ...others] = callee;
    await first?.press('decline-button');
    await first?.words('You declined the call');
    await caller.words(`${ids.callee} declined the call`);
    for (const other of others) {
      await other.words('Declined on another device');
      const { reason, by } = await other.ending();
      assert.deepEqual([reason, by], ['declined-elsewhere', ids.callee]);
    }
    await Promise.all([caller, ...callee].map((each) => each.untilQuiet()));
    await here.stack.untilNoRoom();
  });

  it('answers once when two devices answer in the same moment', async () => {
    const { caller, callee } = await open();
    await ring(caller, callee);
    await Promise.all(callee.map((each) => each.begin('answerCall')));
    await caller.phase('connected');
    await Promise.all(
      callee.map((each) => each.until('its part', ({ phase }) => phase === 'connected' || phase === 'ended')),
    );
    const phases = await Promise.all(callee.map((each) => each.page.evaluate(() => window.service.snapshot.phase)));
    assert.deepEqual(phases.sort(), ['connected', 'ended', 'ended']);
    for (const each of callee) {
      const isIn = (await each.page.evaluate(() => window.service.snapshot.phase)) === 'connected';
      if (!isIn) await each.untilQuiet();
    }
    await caller.press('hangup-button');
    await Promise.all([caller, ...callee].map((each) => each.untilQuiet()));
    await here.stack.untilNoRoom();
  });

  it('is heard from one tab of a browser, and from the next when that one closes', async () => {
    const { caller, callee } = await open();
    await ring(caller, callee);
    const tabs = callee.slice(0, 2);
    const [heard, elsewhere] = await Promise.all([
      Promise.all(tabs.map((tab) => tab.sounds())),
      callee[2]?.sounds() ?? false,
    ]);
    assert.deepEqual([...heard].sort(), [false, true], 'one tab of the two rings');
    assert.equal(elsewhere, true, 'another device rings by itself');
    const [ringer, silent] = heard[0] ? tabs : [...tabs].reverse();
    await ringer?.close();
    await silent?.untilAudible();
    await caller.press('hangup-button');
    await silent?.words('Missed call from');
    await Promise.all([silent, callee[2]].map((each) => each?.untilQuiet()));
    await here.stack.untilNoRoom();
  });

  it('makes one call of two that meet, connected by itself', async () => {
    people += 1;
    const ids = [`Cid ${people}`, `Dot ${people}`] as const;
    const tag = (user: string, callee: string): string =>
      `<omni-call server="${here.stack.origin}" user-id="${user}" callee="${callee}"></omni-call>`;
    const both = await Promise.all([page(here.browser, tag(ids[0], ids[1])), page(here.browser, tag(ids[1], ids[0]))]);
    await Promise.all(both.map((each) => each.press('call-button')));
    await Promise.all(both.map((each) => each.phase('connected')));
    const [one, other] = await Promise.all(both.map((each) => each.session()));
    assert.equal(one, other);
    assert.equal((await here.stack.rooms()).length, 1);
    for (const each of both) assert.ok(!(await each.phases()).includes('ended'));
    const histories = await Promise.all(both.map((each) => each.call('callHistory')));
    // Where one was rung before its own click came through, that click was the answer.
    for (const [offer, ...more] of histories) {
      assert.deepEqual(
        [offer?.reason ?? 'replaced', more.length],
        ['replaced', 0],
        'the offer that the other one answered',
      );
      assert.notEqual(offer?.session, one);
    }
    await both[0].press('hangup-button');
    const endings = await Promise.all(both.map((each) => each.ending()));
    assert.deepEqual(
      endings.map(({ reason, by }) => [reason, by]),
      [
        ['completed', ids[0]],
        ['completed', ids[0]],
      ],
    );
    await Promise.all(both.map((each) => each.untilQuiet()));
    await here.stack.untilNoRoom();
  });

  it('makes one ring of a double click, and one of a redial', async () => {
    const { caller, callee } = await open();
    const button = await caller.part<HTMLButtonElement>('call-button');
    await button.evaluate((button) => {
      button.click();
      button.click();
    });
    await Promise.all([caller.phase('ringback'), ...callee.map((each) => each.phase('ringing'))]);
    assert.equal((await here.stack.rooms()).length, 1);
    const first = await caller.session();
    await caller.press('hangup-button');
    await caller.words('Call cancelled');
    await caller.begin('offerCall', 'videocall', `Ben ${people}`);
    await caller.phase('ringback');
    await Promise.all(
      callee.map((each) => each.until('the second ring', ({ phase, call }) => phase === 'ringing' && call !== null)),
    );
    const second = await caller.session();
    assert.notEqual(second, first);
    for (const each of callee) assert.equal(await each.session(), second);
    for (const each of callee) {
      const rung = await each.page.evaluate(() => window.messages.filter(({ cmd }) => cmd === 'RINGING_EVENT').length);
      assert.equal(rung, 2);
    }
    await callee[0]?.press('decline-button');
    await Promise.all([caller, ...callee].map((each) => each.untilQuiet()));
    await here.stack.untilNoRoom();
  });
});

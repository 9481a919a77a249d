import type { Browser, Page } from 'puppeteer-core';
import { launchBrowser } from '../../test/support/browsers.js';
import type { Measurement } from '../support/figures.js';
import { servePages } from '../support/pages.js';
import { startContenders, type Contender } from './contenders.js';
import type { PageConfig } from './pages/bench-page.js';

/*
 * From the click on answer to the first remote frame that is not black, at both ends, in two headless Chromiums with
 * fake devices at 640×480. Four ways to carry the call take turns, round by round.
 */

const ROUNDS = Number(process.env['ROUNDS'] ?? 9);
/** Milliseconds between the ring and the answer: nobody answers sooner. The same for all. */
const PICKS_UP_AFTER = 2000;

interface Times {
  /** Milliseconds. */
  callee: number;
  caller: number;
}

async function open(browser: Browser, url: string, config: PageConfig): Promise<Page> {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument('globalThis.__name ??= (target) => target;');
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in window);
  await page.evaluate((given) => window.bench.start(given), config);
  return page;
}

async function measureOnce(
  contender: Contender,
  round: number,
  { pages, browsers }: { pages: string; browsers: Record<PageConfig['role'], Browser> },
): Promise<Times> {
  const { server, relay, tokens } = await contender.config(round);
  const names = { caller: `caller-${contender.page}-${round}`, callee: `callee-${contender.page}-${round}` };
  const openAs = (role: PageConfig['role']): Promise<Page> =>
    open(browsers[role], `${pages}/${contender.page}`, {
      role,
      me: names[role],
      other: names[role === 'caller' ? 'callee' : 'caller'],
      server,
      relay,
      ...(tokens && { token: tokens[role] }),
    });
  const callee = await openAs('callee');
  const caller = await openAs('caller');
  try {
    const rung = callee.evaluate(() => window.bench.rung());
    await caller.evaluate(() => window.bench.ring());
    await rung;
    await new Promise((resolve) => setTimeout(resolve, PICKS_UP_AFTER));
    const button = await callee.waitForSelector(contender.answer, { visible: true });
    await button?.click();
    const [atCallee, atCaller, answered] = await Promise.all([
      callee.evaluate(() => window.firstFrame),
      caller.evaluate(() => window.firstFrame),
      callee.evaluate(() => window.answeredAt),
    ]);
    if (answered === undefined) throw new Error('the answer button was not clicked');
    await caller.evaluate(() => window.bench.hangUp());
    return { callee: atCallee - answered, caller: atCaller - answered };
  } finally {
    await Promise.all([caller.close(), callee.close()]);
  }
}

/** At most so many times as long as the peer. */
const LIMITS: Readonly<Record<string, number>> = { 'PeerJS 1.5.5': 0.8, 'Janus VideoCall': 0.7, 'plain LiveKit': 0.3 };

export async function measure(): Promise<Measurement> {
  const { contenders, close } = await startContenders();
  const pages = await servePages({
    omni: 'bench/first-frame/pages/omni.ts',
    peerjs: 'bench/first-frame/pages/peerjs.ts',
    janus: 'bench/first-frame/pages/janus.ts',
    livekit: 'bench/first-frame/pages/livekit.ts',
  });
  const [caller, callee] = await Promise.all([launchBrowser('chromium'), launchBrowser('chromium')]);
  const times = new Map<string, Times[]>(contenders.map(({ name }) => [name, []]));
  try {
    // One round that does not count: caches, just-in-time compilers and the servers' first requests.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const contender of contenders) {
        const measured = await measureOnce(contender, round, { pages: pages.url, browsers: { caller, callee } });
        if (round > 0) times.get(contender.name)?.push(measured);
      }
    }
  } finally {
    await Promise.all([caller.close(), callee.close(), pages.close()]);
    await close();
  }
  const of = (name: string, side: keyof Times): number[] => (times.get(name) ?? []).map((time) => time[side]);
  return {
    compared:
      'Answer click → first remote frame that is not black. Two headless Chromiums, fake devices, 640×480, all on ' +
      'loopback; the ways to carry the call take turns, each answered two seconds after it rang.',
    figures: (['callee', 'caller'] as const).flatMap((side) =>
      Object.entries(LIMITS).map(([name, atMost]) => ({
        what: side === 'callee' ? 'answer → callee sees caller' : 'answer → caller sees callee',
        unit: 'ms',
        ours: of('omni-call', side),
        peer: { name, values: of(name, side) },
        atMost,
      })),
    ),
  };
}

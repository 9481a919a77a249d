import type { Browser, Page } from 'puppeteer-core';
import type { Contender } from './contenders.js';
import type { PageConfig } from './pages/bench-page.js';

/**
 * Milliseconds between the ring and the answer, the same for all. People take as long; and Chromium keeps what drives
 * the camera for five seconds after its last use, which would spare some callees, and not others, 80 ms.
 */
const PICKS_UP_AFTER = 6000;

export interface Surroundings {
  /** Where the pages are. */
  pages: string;
  browsers: Record<PageConfig['role'], Browser>;
}

export interface RunningCall {
  /** Milliseconds from the click on answer to the first remote frame that is not black. */
  firstFrame: Record<PageConfig['role'], number>;
  /** Hangs up and closes the pages. */
  end(): Promise<void>;
}

async function open(browser: Browser, url: string, config: PageConfig): Promise<Page> {
  const page = await browser.newPage();
  // The compiler marks functions with this helper of its own, also those that are sent into a page.
  await page.evaluateOnNewDocument('globalThis.__name ??= (target) => target;');
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in window);
  await page.evaluate((given) => window.bench.start(given), config);
  return page;
}

/** Places a call and answers it; resolves once both see each other. */
export async function startCall(
  contender: Contender,
  name: string,
  { pages, browsers }: Surroundings,
): Promise<RunningCall> {
  const { tokens, ...config } = await contender.config(name);
  const names = { caller: `caller-${contender.page}-${name}`, callee: `callee-${contender.page}-${name}` };
  const openAs = (role: PageConfig['role']): Promise<Page> =>
    open(browsers[role], `${pages}/${contender.page}`, {
      ...config,
      role,
      me: names[role],
      other: names[role === 'caller' ? 'callee' : 'caller'],
      ...(tokens && { token: tokens[role] }),
    });
  const callee = await openAs('callee');
  const caller = await openAs('caller');
  const end = async (): Promise<void> => {
    await caller.evaluate(() => window.bench.hangUp());
    await Promise.all([caller.close(), callee.close()]);
  };
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
  return { firstFrame: { callee: atCallee - answered, caller: atCaller - answered }, end };
}

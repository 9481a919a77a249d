import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Page, TracingOptions } from 'puppeteer-core';
import { createCallServer } from 'omni-call-server';
import { launchBrowser, openPage } from '../../test/support/browsers.js';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import type { Figure, Measurement } from '../support/figures.js';

const ROUNDS = 9;
const SLOWER = 4;
const TRACE: TracingOptions = { categories: ['disabled-by-default-devtools.timeline', 'toplevel', '__metadata'] };

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds in which the thread ran, other programs' turns left out. */
  tdur?: number;
  args: { name?: string };
}

/** What scripts/sizes.mjs, the check of `npm test`, says. */
function weights(): Figure[] {
  const { stdout } = spawnSync(process.execPath, ['scripts/sizes.mjs'], { encoding: 'utf8' });
  return [...stdout.matchAll(/^(.+): ([\d.]+) kB of (\d+) kB$/gm)].map(([, what, weight, limit]) => ({
    what: `weight ${what}`,
    unit: 'kB',
    ours: [Number(weight)],
    atMost: Number(limit),
  }));
}

/** Milliseconds of the longest task on a page's main thread. */
function longestTask(trace: readonly TraceEvent[]): number {
  const mains = new Set(
    trace
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = trace.filter(({ name, pid, tid }) => name === 'RunTask' && mains.has(`${pid} ${tid}`));
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000));
}

/** Loads an empty page, then adds the script and what stands for the tag; resolves with the longest task from there. */
async function blockedBy(page: Page, add: () => Promise<void>): Promise<number> {
  const session = await page.createCDPSession();
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.tracing.start(TRACE);
  await page.evaluate(add);
  const trace = await page.tracing.stop();
  return longestTask((JSON.parse(new TextDecoder().decode(trace)) as { traceEvents: TraceEvent[] }).traceEvents);
}

export async function measure(): Promise<Measurement> {
  const livekit = await provideLivekit({ env: process.env, log: console.error });
  const { url, apiKey, apiSecret } = livekit;
  const calls = await createCallServer({
    livekit: { url, apiKey, apiSecret },
    port: 0,
    pages: fileURLToPath(new URL('page', import.meta.url)),
    logger: pino({ level: 'silent' }),
  });
  const browser = await launchBrowser('chromium');
  const requests: number[] = [];
  const blocked: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const page = await openPage(browser, `${calls.url}/empty.html`);
      let asked = 0;
      page.on('request', () => (asked += 1));
      blocked.push(
        await blockedBy(page, async () => {
          const server = location.origin;
          const script = document.createElement('script');
          script.type = 'module';
          script.src = `${server}/omni-call.js`;
          const tag = document.createElement('omni-call');
          for (const [name, value] of Object.entries({ server, callee: 'bob' })) tag.setAttribute(name, value);
          document.body.append(script, tag);
          while (tag.getAttribute('phase') !== 'idle') await new Promise(requestAnimationFrame);
        }),
      );
      // The WebSocket is one more, which the browser does not tell of as a request.
      requests.push(asked + 1);
      await page.browserContext().close();
    }
  } finally {
    await browser.close();
    await calls.close();
    await livekit.close();
  }
  return {
    compared:
      'What a page with <omni-call> loads, minified and in brotli 11; the requests that it makes before a call, its ' +
      `WebSocket included; the longest task on the main thread of Chromium, its processor slowed ${SLOWER} ×, from ` +
      'adding script and tag to idle.',
    figures: [
      ...weights(),
      { what: 'requests before a call', unit: '', ours: requests, atMost: 3 },
      { what: `longest task on a ${SLOWER} × slower processor`, unit: 'ms', ours: blocked, atMost: 50 },
    ],
  };
}

import { PeerServer } from 'peer';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import type { Page } from 'puppeteer-core';
import { createCallServer } from 'omni-call-server';
import { pino } from 'pino';
import { launchChromium } from '../../test/support/browsers.js';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import { startJanus } from '../support/janus.js';
import { startRelay } from '../support/relay.js';
import { servePages } from '../support/pages.js';
import { freePort } from '../support/free-port.js';
import { median, spread } from '../support/stats.js';
import type { PageConfig } from './pages/bench-page.js';

/*
 * From the click on answer to the first remote frame that is not black, at both ends, in two headless Chromiums with
 * fake devices at 640×480. Four ways to carry the call take turns, round by round.
 */

const ROUNDS = Number(process.env['ROUNDS'] ?? 9);
/** Milliseconds between the ring and the answer: nobody answers sooner. The same for all. */
const PICKS_UP_AFTER = 2000;

interface Contender {
  name: string;
  page: string;
  /** Where the page finds the answer button. */
  answer: string;
  config(round: number): Promise<Pick<PageConfig, 'server'> & { tokens?: Record<PageConfig['role'], string> }>;
}

interface Times {
  /** Milliseconds. */
  callee: number;
  caller: number;
}

const livekit = await provideLivekit({ log: console.error });
const calls = await createCallServer({ livekit, port: 0, logger: pino({ level: 'silent' }), offersPerMinute: 10_000 });
const peerPort = await freePort();
const peerServer = PeerServer({ port: peerPort, host: '127.0.0.1', path: '/' });
const janus = await startJanus();
const relay = await startRelay();
const pages = await servePages({
  omni: 'bench/first-frame/pages/omni.ts',
  peerjs: 'bench/first-frame/pages/peerjs.ts',
  janus: 'bench/first-frame/pages/janus.ts',
  livekit: 'bench/first-frame/pages/livekit.ts',
});
const browsers = await Promise.all([launchChromium(), launchChromium()]);

const tokenFor = async (room: string, identity: string): Promise<string> => {
  const token = new AccessToken(livekit.apiKey, livekit.apiSecret, { identity });
  token.addGrant({ room, roomJoin: true });
  return token.toJwt();
};

const contenders: Contender[] = [
  {
    name: 'omni-call',
    page: 'omni',
    answer: 'omni-incoming >>> [part~=answer-button]',
    config: async () => ({ server: calls.url }),
  },
  {
    name: 'PeerJS 1.5.5',
    page: 'peerjs',
    answer: '#answer',
    config: async () => ({ server: `http://127.0.0.1:${peerPort}` }),
  },
  { name: 'Janus VideoCall', page: 'janus', answer: '#answer', config: async () => ({ server: janus.url }) },
  {
    name: 'plain LiveKit',
    page: 'livekit',
    answer: '#answer',
    config: async (round) => {
      const room = `plain-${round}`;
      const api = new RoomServiceClient(livekit.url.replace(/^ws/, 'http'), livekit.apiKey, livekit.apiSecret);
      await api.createRoom({ name: room });
      const [caller, callee] = await Promise.all([tokenFor(room, 'caller'), tokenFor(room, 'callee')]);
      return { server: livekit.url, tokens: { caller, callee } };
    },
  },
];

async function open(browser: (typeof browsers)[number], page: string, config: PageConfig): Promise<Page> {
  const opened = await browser.newPage();
  await opened.goto(`${pages.url}/${page}`);
  await opened.waitForFunction(() => 'bench' in window);
  await opened.evaluate((given) => window.bench.start(given), config);
  return opened;
}

async function measure(contender: Contender, round: number): Promise<Times> {
  const { server, tokens } = await contender.config(round);
  const names = { caller: `caller-${contender.page}-${round}`, callee: `callee-${contender.page}-${round}` };
  const configOf = (role: PageConfig['role']): PageConfig => ({
    role,
    me: names[role],
    other: names[role === 'caller' ? 'callee' : 'caller'],
    server,
    relay: `${relay.url}/${contender.page}-${round}`,
    ...(tokens && { token: tokens[role] }),
  });
  const callee = await open(browsers[1], contender.page, configOf('callee'));
  const caller = await open(browsers[0], contender.page, configOf('caller'));
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

const results = new Map<string, Times[]>(contenders.map(({ name }) => [name, []]));
try {
  // One round that does not count: caches, just-in-time compilers and the servers' first requests.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const contender of contenders) {
      const times = await measure(contender, round);
      if (round > 0) results.get(contender.name)?.push(times);
    }
  }
} finally {
  await Promise.all([...browsers.map((browser) => browser.close()), pages.close(), relay.close(), janus.close()]);
  await calls.close();
  await new Promise<void>((resolve) => {
    peerServer.close?.();
    resolve();
  });
  await livekit.close();
}

console.log(
  `Answer click → first remote frame that is not black; two headless Chromiums, fake devices, 640×480, loopback, ` +
    `interleaved, median of ${ROUNDS} (lowest–highest), ms`,
);
const own = results.get('omni-call') ?? [];
for (const [name, times] of results) {
  const cell = (side: keyof Times): string => {
    const values = times.map((time) => time[side]);
    const ratio = median(own.map((time) => time[side])) / median(values);
    return `${Math.round(median(values))} (${spread(values)})${name === 'omni-call' ? '' : `, omni-call is ${ratio.toFixed(2)} ×`}`;
  };
  console.log(`${name}: callee sees caller ${cell('callee')}; caller sees callee ${cell('caller')}`);
}
process.exit(0);

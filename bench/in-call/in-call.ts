import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { launchBrowser } from '../../test/support/browsers.js';
import { startCall } from '../first-frame/call.js';
import { startContenders, type Contender } from '../first-frame/contenders.js';
import { serveCallPages } from '../first-frame/pages.js';
import type { Measurement } from '../support/figures.js';
import { usedByFamilies, type Used } from '../support/usage.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 5);
/** Milliseconds from the first frames: by then the pictures have found their rate. */
const SETTLES_IN = 8_000;
/** Milliseconds. */
const MEASURED_FOR = 10_000;

const usedBy = (browsers: readonly Browser[]): Used =>
  usedByFamilies(browsers.flatMap((browser) => browser.process()?.pid ?? []));

export async function measure(): Promise<Measurement> {
  const { contenders, close } = await startContenders();
  const pages = await serveCallPages();
  const used = new Map<string, { cpu: number[]; memory: number[] }>();
  const named = (page: string): Contender => {
    const found = contenders.find((each) => each.page === page);
    if (!found) throw new Error(`There is no ${page}.`);
    return found;
  };
  const plain = named('livekit');
  const withOwnPicture: Contender = {
    ...plain,
    name: `${plain.name} that shows the own picture too`,
    config: async (call) => ({ ...(await plain.config(`${call}-own`)), ownPicture: true }),
  };
  const compared = [named('omni'), plain, withOwnPicture];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const contender of compared) {
        const [caller, callee] = await Promise.all([launchBrowser('chromium'), launchBrowser('chromium')]);
        try {
          await startCall(contender, `in-call-${round}`, { pages: pages.url, browsers: { caller, callee } });
          await wait(SETTLES_IN);
          const before = usedBy([caller, callee]);
          await wait(MEASURED_FOR);
          const after = usedBy([caller, callee]);
          const values = used.get(contender.name) ?? { cpu: [], memory: [] };
          values.cpu.push(((after.cpu - before.cpu) / MEASURED_FOR) * 100);
          values.memory.push(after.memory);
          used.set(contender.name, values);
        } finally {
          await Promise.all([caller.close(), callee.close()]);
        }
      }
    }
  } finally {
    await pages.close();
    await close();
  }
  const [own, ...peers] = compared.map(({ name }) => ({ name, ...(used.get(name) ?? { cpu: [], memory: [] }) }));
  if (!own) throw new Error('Nothing was measured.');
  return {
    compared:
      'Two Chromiums in a video call of 640×480 by fake devices, all processes of both browsers, ' +
      `${MEASURED_FOR / 1000} s long; the elements against bare livekit-client pages with the same tracks, seen and ` +
      'heard, in turn: with the other side’s picture alone, and with the own one beside it, as the elements show it.',
    figures: peers.flatMap((peer) => [
      {
        what: 'processor of both pages in a call',
        unit: '% of a core',
        ours: own.cpu,
        peer: { name: peer.name, values: peer.cpu },
        atMost: 1.1,
      },
      {
        what: 'memory of both pages in a call',
        unit: 'MB',
        ours: own.memory,
        peer: { name: peer.name, values: peer.memory },
        atMost: 1.1,
      },
    ]),
  };
}

import { startCall, type RunningCall } from '../first-frame/call.js';
import { startContenders } from '../first-frame/contenders.js';
import { serveCallPages } from '../first-frame/pages.js';
import { FarHosts } from '../support/far-hosts.js';
import type { Figure, Measurement } from '../support/figures.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 5);
/** Milliseconds from any of the three hosts to any other. */
const DELAY = 40;

/**
 * One more than the fewest that an SFU needs which lets nothing out before the answer: the caller's picture has to be
 * called for, and passes the server; the callee's only passes the server.
 */
const ROUND_TRIPS = { callee: 2 + 1, caller: 1 + 1 };
const WHAT = { callee: 'answer → callee sees caller', caller: 'answer → caller sees callee' };

interface Times {
  near: RunningCall['firstFrame'];
  far: RunningCall['firstFrame'];
}

export async function measure(): Promise<Measurement> {
  const { contenders, close } = await startContenders();
  const pages = await serveCallPages();
  const link = await FarHosts.open();
  const [caller, callee] = await Promise.all([link.hosts[0].launchBrowser(), link.hosts[1].launchBrowser()]);
  const times = new Map<string, Times[]>(contenders.map(({ name }) => [name, []]));
  try {
    // One round that does not count.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const contender of contenders) {
        const over = async (delay: number): Promise<RunningCall['firstFrame']> => {
          link.setDelay(delay);
          const surroundings = { pages: pages.url, browsers: { caller, callee } };
          const call = await startCall(contender, `${round}-${delay}`, surroundings);
          await call.end();
          return call.firstFrame;
        };
        const both = { near: await over(0), far: await over(DELAY) };
        if (round > 0) times.get(contender.name)?.push(both);
      }
    }
  } finally {
    await Promise.all([caller.close(), callee.close(), pages.close()]);
    await link.close();
    await close();
  }
  const [own, ...peers] = contenders.map(({ name }) => ({ name, times: times.get(name) ?? [] }));
  return {
    compared:
      `Answer click → first remote frame that is not black, over a link of ${DELAY} ms each way. Two headless ` +
      'Chromiums and the servers, each on a host of its own, joined by a forwarder that holds every packet up; fake ' +
      'devices, 640×480; the ways to carry the call take turns, each without the delay and with it.',
    figures: (['callee', 'caller'] as const).flatMap((side): Figure[] => [
      ...peers.map((peer) => ({
        what: `${WHAT[side]}, ${DELAY} ms away`,
        unit: 'ms',
        ours: (own?.times ?? []).map(({ far }) => far[side]),
        peer: { name: peer.name, values: peer.times.map(({ far }) => far[side]) },
      })),
      {
        what: `${WHAT[side]}: what those ${DELAY} ms add`,
        unit: 'round trips',
        ours: (own?.times ?? []).map(({ near, far }) => (far[side] - near[side]) / (2 * DELAY)),
        atMost: ROUND_TRIPS[side],
      },
    ]),
  };
}

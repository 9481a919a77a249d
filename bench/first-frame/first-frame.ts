import { launchBrowser } from '../../test/support/browsers.js';
import type { Measurement } from '../support/figures.js';
import { startCall, type RunningCall } from './call.js';
import { startContenders } from './contenders.js';
import { serveCallPages } from './pages.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 9);

/** At most so many times as long as the peer. */
const LIMITS: Readonly<Record<string, number>> = { 'PeerJS 1.5.5': 0.8, 'Janus VideoCall': 0.7, 'plain LiveKit': 0.3 };

export async function measure(): Promise<Measurement> {
  const { contenders, close } = await startContenders();
  const pages = await serveCallPages();
  const [caller, callee] = await Promise.all([launchBrowser('chromium'), launchBrowser('chromium')]);
  const times = new Map<string, RunningCall['firstFrame'][]>(contenders.map(({ name }) => [name, []]));
  try {
    // One round that does not count: caches, just-in-time compilers and the servers' first requests.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const contender of contenders) {
        const call = await startCall(contender, String(round), { pages: pages.url, browsers: { caller, callee } });
        await call.end();
        if (round > 0) times.get(contender.name)?.push(call.firstFrame);
      }
    }
  } finally {
    await Promise.all([caller.close(), callee.close(), pages.close()]);
    await close();
  }
  const of = (name: string, side: 'caller' | 'callee'): number[] => (times.get(name) ?? []).map((time) => time[side]);
  return {
    compared:
      'Answer click → first remote frame that is not black. Two headless Chromiums, fake devices, 640×480, all on ' +
      'loopback; the ways to carry the call take turns, each answered six seconds after it rang.',
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

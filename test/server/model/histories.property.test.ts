import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { World, type Step } from './world.js';

/** Histories that are tried; `HISTORIES` asks for another number, `SEED` for one seed again. */
const RUNS = Number(process.env['HISTORIES'] ?? 2_000);
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

const tab = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      tab,
      to: fc.constantFrom('server' as const, 'page' as const),
    }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('deliver-all' as const) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('media' as const), tab }) },
  {
    weight: 7,
    arbitrary: fc.record({ do: fc.constant('offer' as const), tab, callee: fc.nat({ max: 2 }), video: fc.boolean() }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('answer' as const), tab }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('answer-from' as const), tab, caller: fc.nat({ max: 2 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('leave' as const), tab }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mute' as const), tab }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut' as const), tab }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('offline' as const), tab }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('online' as const), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('open' as const), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('livekit-restarts' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(100, 1_000, 5_000, 25_000, 70_000) }),
  },
);

describe('three people, six tabs and a network that loses, delays and reorders', () => {
  it(`come to one account of every call, in ${RUNS} histories from seed ${SEED}`, { timeout: 600_000 }, async () => {
    let calls = 0;
    let connected = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), async (steps) => {
        const world = new World();
        await world.begin();
        for (const each of steps) await world.take(each);
        await world.calmDown();
        const { problems, ended } = await world.account();
        calls += ended.length;
        connected += ended.filter((call) => call.connectedAt !== null).length;
        await world.end();
        assert.deepEqual(problems, []);
      }),
      { numRuns: RUNS, seed: SEED, includeErrorInReport: true },
    );
    // What never happens is never wrong.
    console.log(`${calls} calls, ${connected} of them connected`);
    assert.ok(connected > RUNS / 50, `only ${connected} calls were connected`);
  });
});

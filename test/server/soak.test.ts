import { describe, it } from 'node:test';
import { soak } from '../soak/soak.js';

describe('two nodes through many calls and some faults', () => {
  const seed = Date.now() % 2 ** 31;
  it(`leave nothing behind, from seed ${seed}`, { timeout: 180_000 }, () =>
    soak({ calls: 120, people: 40, faults: 3, seed, log: console.log }),
  );
});

import { expect } from 'chai';
import { DeviceReadiness } from '../../../src/media/device-readiness.js';
import { NO_DEVICES } from '../../../src/media/no-devices.js';

describe('devices that are to open soon', () => {
  const { setInterval: set, clearInterval: clear } = globalThis;
  const intervals = new Map<number, () => void>();
  let asked = 0;
  const readiness = new DeviceReadiness({
    refresh: async () => {
      asked += 1;
      return NO_DEVICES;
    },
  });

  before(() => {
    let last = 0;
    Object.assign(globalThis, {
      setInterval: (run: () => void) => {
        last += 1;
        intervals.set(last, run);
        return last;
      },
      clearInterval: (id: number) => intervals.delete(id),
    });
  });
  after(() => {
    Object.assign(globalThis, { setInterval: set, clearInterval: clear });
  });

  it('are listed again and again for as long as they are wished ready, and no longer', () => {
    const pass = (): void => intervals.forEach((run) => run());
    pass();
    expect(asked).to.equal(0);
    for (const round of [1, 2]) {
      readiness.want(true);
      readiness.want(true);
      pass();
      pass();
      expect(asked).to.equal(2 * round);
      readiness.want(false);
      pass();
      expect(asked).to.equal(2 * round);
    }
  });
});

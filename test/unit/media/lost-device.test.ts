import { expect } from 'chai';
import type { DeviceLists } from '../../../src/media/devices.js';
import { NO_DEVICES } from '../../../src/media/no-devices.js';
import { knownDevices, lostDevice, stillLost } from '../../../src/media/lost-device.js';

const lists = (...labels: string[]): DeviceLists => ({
  ...NO_DEVICES,
  audioinput: labels.map((label, index) => ({ deviceId: `${label}-id`, label, groupId: '', selected: index === 0 })),
});

describe('a device in use that goes away', () => {
  it('is told with the one that takes its place', () => {
    const lost = lostDevice(lists('Headset', 'Built-in'), lists('Built-in'));
    expect(lost).to.deep.equal({ kind: 'audioinput', lost: 'Headset', next: 'Built-in' });
  });

  it('is told where none is left', () => {
    expect(lostDevice(lists('Headset'), lists())).to.deep.equal({ kind: 'audioinput', lost: 'Headset', next: null });
  });

  it('is not another that was not in use, nor a choice, nor a permission that went', () => {
    expect(lostDevice(lists('Headset', 'Built-in'), lists('Headset'))).to.equal(null);
    expect(lostDevice(lists('Headset', 'Built-in'), lists('Built-in', 'Headset'))).to.equal(null);
    expect(lostDevice(lists('Headset'), lists('', ''))).to.equal(null);
    expect(lostDevice(lists(''), lists('Headset'))).to.equal(null);
  });

  it('is told where names are withheld until the next is open', () => {
    const known = knownDevices(lists('Headset', 'Built-in'), lists('', ''));
    expect(lostDevice(known, lists('Built-in'))?.lost).to.equal('Headset');
    expect(lostDevice(knownDevices(known, lists('Built-in')), lists('Built-in'))).to.equal(null);
  });

  it('is lost until it is there again', () => {
    const lost = lostDevice(lists('Headset', 'Built-in'), lists('Built-in'));
    expect(stillLost(lost, lists('Built-in', 'Webcam'))).to.equal(lost);
    expect(stillLost(lost, lists('', ''))).to.equal(lost);
    expect(stillLost(lost, lists('Headset', 'Built-in'))).to.equal(null);
  });
});

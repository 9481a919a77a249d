import { expect } from 'chai';
import { findRemembered, parseRemembered } from '../../../src/media/device-match.js';

const device = (deviceId: string, label = '', groupId = '') => ({ deviceId, label, groupId });
const headset = device('id-1', 'Headset', 'group-h');
const webcam = device('id-2', 'Webcam', 'group-w');

describe('finding a remembered device', () => {
  it('takes the same id before the same name', () => {
    const renamed = device('id-1', 'Headset (2)', 'group-x');
    expect(findRemembered([device('id-9', 'Headset', 'group-h'), renamed], headset)).to.equal(renamed);
  });

  it('finds it by name and hardware when its id has changed, before another of that name', () => {
    const twin = device('id-8', 'Headset', 'group-other');
    const same = device('id-9', 'Headset', 'group-h');
    expect(findRemembered([twin, same], headset)).to.equal(same);
  });

  it('finds it by its name alone, and by its hardware alone', () => {
    const byName = device('id-9', 'Headset', 'group-9');
    expect(findRemembered([webcam, byName], headset)).to.equal(byName);
    const byHardware = device('id-9', 'Kopfhörer', 'group-h');
    expect(findRemembered([webcam, byHardware], headset)).to.equal(byHardware);
  });

  it('does not take empty ids, names and groups for the same', () => {
    expect(findRemembered([device('')], { deviceId: '', label: '', groupId: '' })).to.equal(null);
  });

  it('finds none among others', () => {
    expect(findRemembered([webcam], headset)).to.equal(null);
  });
});

describe('reading a remembered device', () => {
  it('reads back what was stored', () => {
    expect(parseRemembered(JSON.stringify(headset))).to.deep.equal(headset);
  });

  for (const stored of [
    null,
    '',
    '{',
    'null',
    '5',
    '"id"',
    '[]',
    '{"deviceId":"a"}',
    '{"deviceId":1,"label":"","groupId":""}',
  ]) {
    it(`takes ${JSON.stringify(stored)} for nothing`, () => {
      expect(parseRemembered(stored)).to.equal(null);
    });
  }
});

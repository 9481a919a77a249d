import { expect } from 'chai';
import { capture, captureError } from '../../../src/media/capture.js';
import { RESOLUTIONS } from '../../../src/media/resolutions.js';
import { OmniCallError, type ErrorCode } from '../../../src/protocol/index.js';

const request = { deviceId: null, exact: false, resolution: 'VGA' } as const;

/** Browsers give what was asked for back in either form. */
const ideal = (constraint: unknown): unknown =>
  typeof constraint === 'object' && constraint !== null && 'ideal' in constraint ? constraint.ideal : constraint;

describe('opening a device', () => {
  it('opens the camera at the size asked for, and the microphone with its echo cancelled', async () => {
    const camera = await capture('video', request);
    const microphone = await capture('audio', request);
    try {
      expect(camera.kind).to.equal('video');
      expect(ideal(camera.getConstraints().width)).to.equal(RESOLUTIONS.VGA.width);
      expect(microphone.kind).to.equal('audio');
      expect(ideal(microphone.getConstraints().echoCancellation)).to.equal(true);
    } finally {
      camera.stop();
      microphone.stop();
    }
  });

  it('refuses an exact device that is not there', async () => {
    const error = await capture('video', { ...request, deviceId: 'nowhere', exact: true }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(OmniCallError).with.property('code', 'device-not-found');
  });

  it('opens another where the device asked for is not there', async () => {
    const track = await capture('video', { ...request, deviceId: 'nowhere' });
    expect(track.readyState).to.equal('live');
    track.stop();
  });
});

describe('a device that could not be opened', () => {
  const cases: [string, ErrorCode][] = [
    ['NotFoundError', 'device-not-found'],
    ['OverconstrainedError', 'device-not-found'],
    ['NotReadableError', 'device-in-use'],
    ['AbortError', 'device-in-use'],
    ['TypeError', 'media-failed'],
  ];
  for (const [name, code] of cases) {
    it(`${name} is ${code}`, async () => {
      const cause = new DOMException('refused', name);
      const error = await captureError(cause, 'video');
      expect(error.code).to.equal(code);
      expect(error.cause).to.equal(cause);
      expect(error.message).to.match(/camera/);
    });
  }

  it('tells a refusal by the system from one by the person', async () => {
    const bySystem = await captureError(new DOMException('Permission denied by system', 'NotAllowedError'), 'audio');
    const byPerson = await captureError(new DOMException('Permission denied', 'NotAllowedError'), 'audio');
    expect(bySystem.code).to.equal('permission-denied');
    expect(bySystem.message).to.match(/system/);
    expect(byPerson.message)
      .to.match(/microphone/)
      .and.not.match(/system/);
  });
});

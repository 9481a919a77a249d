import { expect } from 'chai';
import { OmniCallError, type ErrorCode } from '../../../src/protocol/index.js';
import { NO_LOCAL_MEDIA, type LocalTrack } from '../../../src/media/media.js';
import { mediaVerdict } from '../../../src/service/media-verdict.js';

const failed = (code: ErrorCode): LocalTrack => ({ state: 'failed', problem: new OmniCallError(code, code) });
const track = (state: LocalTrack['state']): LocalTrack => ({ state, problem: null });
const verdict = (audio: LocalTrack, video: LocalTrack) => mediaVerdict({ ...NO_LOCAL_MEDIA, audio, video });

describe('whether a call goes on with the devices there are', () => {
  it('does while nothing is wanted, or still being opened', () => {
    expect(verdict(track('off'), track('off'))).to.equal(null);
    expect(verdict(track('starting'), failed('permission-denied'))).to.equal(null);
  });

  it('does with one of the two', () => {
    expect(verdict(track('on'), failed('permission-denied'))).to.equal(null);
    expect(verdict(failed('device-in-use'), track('on'))).to.equal(null);
  });

  it('does for who has muted one and is refused the other', () => {
    expect(verdict(track('muted'), failed('permission-denied'))).to.equal(null);
  });

  it('does for who has no devices, to listen', () => {
    expect(verdict(failed('device-not-found'), failed('device-not-found'))).to.equal(null);
    expect(verdict(failed('device-not-found'), failed('permission-denied'))).to.equal(null);
  });

  it('does not when all that is wanted is refused', () => {
    expect(verdict(failed('permission-denied'), failed('permission-denied'))).to.equal('permission-denied');
    expect(verdict(failed('permission-blocked-by-policy'), track('off'))).to.equal('permission-denied');
  });

  it('does not in a browser that cannot', () => {
    expect(verdict(failed('unsupported-browser'), failed('unsupported-browser'))).to.equal('media-failed');
  });
});

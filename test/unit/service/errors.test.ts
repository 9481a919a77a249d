import { expect } from 'chai';
import { OmniCallError } from '../../../src/protocol/index.js';

describe('an error', () => {
  it('of another copy of this code is one as well, and no other is', () => {
    const ofAnotherCopy = Object.assign(new Error('No.'), { name: 'OmniCallError', code: 'busy', retryable: true });
    expect(ofAnotherCopy).to.be.instanceOf(OmniCallError);
    expect(new OmniCallError('busy', 'No.')).to.be.instanceOf(OmniCallError);
    for (const other of [new Error('No.'), 'OmniCallError', { name: 'OmniCallError' }, null, undefined]) {
      expect(other instanceof OmniCallError, String(other)).to.equal(false);
    }
  });
});

import { expect } from 'chai';
import { backoff } from '../../../src/signalling/backoff.js';

describe('backoff', () => {
  it('starts at once', () => {
    expect(backoff(0, 0.999)).to.be.at.most(200);
  });

  it('doubles up to ten seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 40].map((attempt) => backoff(attempt, 1))).to.deep.equal([
      1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000,
    ]);
  });

  it('waits no longer than it may', () => {
    expect([0, 1, 2, 3].map((attempt) => backoff(attempt, 1, 1_500))).to.deep.equal([200, 1_000, 1_500, 1_500]);
  });

  it('spreads over the whole of that', () => {
    expect(backoff(3, 0)).to.equal(0);
    expect(backoff(3, 0.25)).to.equal(1_000);
  });
});

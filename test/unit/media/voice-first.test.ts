import { expect } from 'chai';
import { VoiceFirst } from '../../../src/media/voice-first.js';
import { FakeClock } from '../signalling/fake-clock.js';

describe('voice comes first', () => {
  let clock: FakeClock;
  let rule: VoiceFirst;
  let changes: boolean[];

  beforeEach(() => {
    clock = new FakeClock();
    changes = [];
    rule = new VoiceFirst(clock, () => changes.push(rule.givesUp));
  });

  it('gives pictures up on a connection that stays weak, and not for a moment of weakness', () => {
    rule.note('good');
    rule.note('poor');
    clock.pass(3_000);
    rule.note('excellent');
    clock.pass(60_000);
    expect(changes).to.deep.equal([]);
    rule.note('poor');
    clock.pass(4_000);
    expect(changes).to.deep.equal([true]);
  });

  it('has patience with a connection that was lost, for what is said of it at first is of that time', () => {
    rule.note('good');
    rule.note('lost');
    clock.pass(11_000);
    rule.note('poor');
    clock.pass(11_000);
    rule.note('good');
    clock.pass(60_000);
    expect(changes).to.deep.equal([]);
    rule.note('lost');
    rule.note('poor');
    clock.pass(12_000);
    expect(changes).to.deep.equal([true]);
  });

  it('tries again once it is good, later after each try that failed, and soon again after one that lasted', () => {
    const untilTried = (): number => {
      rule.note('poor');
      clock.pass(4_000);
      expect(rule.givesUp).to.equal(true);
      rule.note('good');
      const since = clock.now();
      while (rule.givesUp) clock.pass(1_000);
      return clock.now() - since;
    };
    expect([untilTried(), untilTried(), untilTried()]).to.deep.equal([5_000, 10_000, 20_000]);
    for (let tries = 0; tries < 5; tries++) expect(untilTried()).to.be.at.most(80_000);
    clock.pass(30_000);
    expect(untilTried()).to.equal(5_000);
  });

  it('changes nothing while nobody knows how the connection is, and leaves no timer behind', () => {
    rule.note('unknown');
    clock.pass(60_000);
    expect(changes).to.deep.equal([]);
    rule.note('poor');
    rule.stop();
    expect(clock.waiting).to.equal(0);
  });
});

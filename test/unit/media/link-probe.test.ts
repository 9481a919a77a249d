import { expect } from 'chai';
import { probeLink } from '../../../src/media/link-probe.js';
import { FakeClock } from '../signalling/fake-clock.js';

const PLACEHOLDER = {} as MediaStreamTrack;

/** What a sender is told of its encodings, as a browser keeps it: each look at it is a copy. */
class EncodingSender {
  track: MediaStreamTrack | null = PLACEHOLDER;
  rates: (number | undefined)[] = [150_000, 500_000, undefined];
  /** Says no to so many changes. */
  refusals = 0;
  changes = 0;

  getParameters(): { encodings: RTCRtpEncodingParameters[] } {
    return { encodings: this.rates.map((rate) => (rate === undefined ? {} : { maxBitrate: rate })) };
  }

  async setParameters({ encodings }: { encodings: RTCRtpEncodingParameters[] }): Promise<void> {
    this.changes += 1;
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw new DOMException('Somebody else was first.', 'InvalidModificationError');
    }
    this.rates = encodings.map(({ maxBitrate }) => maxBitrate);
  }
}

describe('the look at the link before there is anything to send', () => {
  let clock: FakeClock;
  let sender: EncodingSender;
  let done: Promise<void>;
  /** Lets so much time pass, and what follows happen. */
  const pass = async (ms: number): Promise<void> => {
    clock.pass(ms);
    for (let turn = 0; turn < 10; turn += 1) await null;
  };

  beforeEach(() => {
    clock = new FakeClock();
    sender = new EncodingSender();
    done = probeLink(sender as unknown as RTCRtpSender, clock);
  });

  it('allows more for a second, and then what was allowed before', async () => {
    await pass(1_999);
    expect(sender.changes).to.equal(0);
    await pass(1);
    expect(sender.rates).to.deep.equal([600_000, 2_000_000, undefined]);
    await pass(1_000);
    await done;
    expect(sender.rates).to.deep.equal([150_000, 500_000, undefined]);
  });

  it('leaves alone what the camera has taken over', async () => {
    sender.track = {} as MediaStreamTrack;
    await pass(2_000);
    await done;
    expect(sender.changes).to.equal(0);
  });

  it('leaves alone what somebody else has set meanwhile', async () => {
    await pass(2_000);
    sender.rates[0] = 10;
    await pass(1_000);
    await done;
    expect(sender.rates).to.deep.equal([10, 500_000, undefined]);
  });

  it('goes back also where the browser refuses at first, and does nothing where it refuses to allow more', async () => {
    await pass(2_000);
    sender.refusals = 1;
    await pass(1_000);
    await done;
    expect(sender.rates).to.deep.equal([150_000, 500_000, undefined]);

    done = probeLink(sender as unknown as RTCRtpSender, clock);
    sender.refusals = 1;
    await pass(2_000);
    await done;
    expect(sender.rates).to.deep.equal([150_000, 500_000, undefined]);
  });
});

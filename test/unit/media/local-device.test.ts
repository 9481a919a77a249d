import { expect } from 'chai';
import { DeviceBook } from '../../../src/media/devices.js';
import { LocalDevice } from '../../../src/media/local-device.js';
import { memoryStorage } from './fake-media-devices.js';

/** Lets a test decide when an opening ends, and sees every track that the browser gave. */
class Gate {
  readonly tracks: MediaStreamTrack[] = [];
  /** Called as each opening begins; the opening goes on once it resolves. */
  before: () => Promise<void> = () => Promise.resolve();
  readonly #real = navigator.mediaDevices.getUserMedia;

  constructor() {
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await this.#real.call(navigator.mediaDevices, constraints);
      this.tracks.push(...stream.getTracks());
      await this.before();
      return stream;
    };
  }

  get live(): number {
    return this.tracks.filter(({ readyState }) => readyState === 'live').length;
  }

  restore(): void {
    navigator.mediaDevices.getUserMedia = this.#real;
    for (const track of this.tracks) track.stop();
  }
}

// Tracks are compared outside of `expect`: printing one, for a failure, takes Firefox minutes.
describe('a local device', () => {
  let gate: Gate;
  let book: DeviceBook;
  let device: LocalDevice;
  let waiting: { test: () => boolean; done: () => void }[];

  /** Resolves once a change makes it so. */
  const until = (test: () => boolean) =>
    new Promise<void>((done) => {
      waiting.push({ test, done });
      check();
    });
  const check = () => {
    for (const { done } of waiting.filter(({ test }) => test())) done();
  };

  beforeEach(() => {
    waiting = [];
    gate = new Gate();
    book = new DeviceBook({ storage: memoryStorage() });
    device = new LocalDevice('video', book, check);
  });
  afterEach(() => {
    device.dispose();
    gate.restore();
  });

  it('opens as wished, and closes with the light out', async () => {
    device.want('open');
    await until(() => device.track !== null);
    expect(gate.live).to.equal(1);
    device.want('closed');
    expect(device.track === null).to.equal(true);
    expect(gate.live).to.equal(0);
  });

  for (const [what, act] of [
    ['closed', () => device.want('closed')],
    ['disposed of', () => device.dispose()],
  ] as const) {
    it(`stops what is opened only after it was ${what}`, async () => {
      let opened = () => {};
      const opening = new Promise<void>((resolve) => (opened = resolve));
      let release = () => {};
      const released = new Promise<void>((resolve) => (release = resolve));
      gate.before = () => {
        opened();
        return released;
      };
      device.want('open');
      await opening;
      expect(gate.live).to.equal(1);
      act();
      const [track] = gate.tracks;
      const stopped = new Promise<void>((resolve) => {
        const stop = track!.stop.bind(track);
        track!.stop = () => {
          stop();
          resolve();
        };
      });
      release();
      await stopped;
      expect(gate.live).to.equal(0);
      expect(device.track === null).to.equal(true);
    });
  }

  it('takes the newer of two openings, and stops the older', async () => {
    const releases: (() => void)[] = [];
    let opened = () => {};
    const both = new Promise<void>((resolve) => (opened = resolve));
    gate.before = () =>
      new Promise((resolve) => {
        releases.push(resolve);
        if (releases.length === 2) opened();
      });
    device.want('open');
    device.want('closed');
    device.want('open');
    await both;
    releases.forEach((release) => release());
    await until(() => device.track !== null);
    device.want('closed');
    expect(gate.live).to.equal(0);
  });

  it('says what failed, and opens when it is tried again', async () => {
    gate.before = () => Promise.reject(new DOMException('busy', 'NotReadableError'));
    device.want('open');
    await until(() => device.problem !== null);
    expect(device.problem?.code).to.equal('device-in-use');
    expect(device.missing).to.equal(true);
    gate.before = () => Promise.resolve();
    device.retry();
    await until(() => device.track !== null);
    expect(device.problem).to.equal(null);
    expect(device.missing).to.equal(false);
  });

  it('goes on with the next best when the one in use disappears', async () => {
    device.want('open');
    await until(() => device.track !== null);
    const lost = device.track!;
    lost.dispatchEvent(new Event('ended'));
    expect(device.track === null).to.equal(true);
    await until(() => device.track !== null);
    expect(device.track === lost).to.equal(false);
    expect(gate.live).to.equal(1);
  });

  it('keeps an open microphone while it is muted, and opens none for it', async () => {
    const microphone = new LocalDevice('audio', book, check);
    microphone.want('keep');
    expect(gate.tracks).to.have.length(0);
    microphone.want('open');
    await until(() => microphone.track !== null);
    const { track } = microphone;
    microphone.want('keep');
    expect(microphone.track === track).to.equal(true);
    expect(track?.readyState).to.equal('live');
    microphone.dispose();
    expect(gate.live).to.equal(0);
  });

  it('switches to another camera and remembers it; one that is not there leaves all as it was', async () => {
    device.want('open');
    await until(() => device.track !== null);
    const { videoinput } = await book.refresh();
    const other = videoinput.find((each) => !each.selected) ?? videoinput[0]!;
    await device.switchTo(other.deviceId);
    expect(device.track?.getSettings().deviceId).to.equal(other.deviceId);
    expect(book.chosen('videoinput')).to.equal(other.deviceId);
    expect(gate.live).to.equal(1);

    const { track } = device;
    const error = await device.switchTo('nowhere').catch((refused: unknown) => refused);
    expect(error).to.have.property('code', 'device-not-found');
    expect(device.track === track).to.equal(true);
    expect(track?.readyState).to.equal('live');
  });

  it('chooses without opening anything while it is closed', async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    const [camera] = (await book.refresh()).videoinput;
    stream.getTracks().forEach((track) => track.stop());
    const before = gate.tracks.length;
    await device.switchTo(camera!.deviceId);
    expect(book.chosen('videoinput')).to.equal(camera!.deviceId);
    expect(gate.tracks).to.have.length(before);
  });
});

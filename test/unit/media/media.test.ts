import { expect } from 'chai';
import { DeviceBook } from '../../../src/media/devices.js';
import { loadMedia } from '../../../src/media/load-media.js';
import { NO_MEDIA, type Media, type MediaState, type MediaWish } from '../../../src/media/media.js';
import { createPlaceholder } from '../../../src/media/placeholder.js';
import { memoryStorage } from './fake-media-devices.js';

const NOBODY: MediaWish = {
  room: null,
  peer: null,
  devices: 'closed',
  withheld: false,
  send: { audio: 'on', video: 'on' },
};

describe('media outside of a room', () => {
  let media: Media;
  let states: MediaState[];
  let waiting: { test: (state: MediaState) => boolean; done: (state: MediaState) => void }[];

  const until = (test: (state: MediaState) => boolean) =>
    new Promise<MediaState>((done) => {
      if (test(media.state)) done(media.state);
      else waiting.push({ test, done });
    });

  beforeEach(async () => {
    states = [];
    waiting = [];
    const devices = new DeviceBook({ storage: memoryStorage() });
    const createMedia = await loadMedia();
    media = createMedia({
      blurFiles: '/blur',
      devices,
      onChange: (state) => {
        states.push(state);
        for (const { test, done } of waiting) if (test(state)) done(state);
      },
    });
  });
  afterEach(() => media.close());

  it('opens nothing while devices are wished closed', () => {
    media.want(NOBODY);
    expect(media.state).to.deep.equal(NO_MEDIA);
    expect(states).to.have.length(0);
  });

  it('opens camera and microphone apart, each shown as soon as it is there', async () => {
    media.want({ ...NOBODY, devices: 'open' });
    expect(media.state.local.video.state).to.equal('starting');
    expect(media.state.local.audio.state).to.equal('starting');
    const { local } = await until(({ local: { audio, video } }) => audio.state === 'on' && video.state === 'on');
    expect(local.camera?.kind).to.equal('video');
    expect(local.microphone?.kind).to.equal('audio');
  });

  it('lets the camera go while it is muted, and opens it again', async () => {
    const open: MediaWish = { ...NOBODY, devices: 'open', send: { audio: 'off', video: 'on' } };
    media.want(open);
    const { camera } = (await until(({ local }) => local.video.state === 'on')).local;
    media.want({ ...open, send: { audio: 'off', video: 'muted' } });
    expect(media.state.local).to.deep.include({ video: { state: 'muted', problem: null }, camera: null });
    expect(camera?.readyState).to.equal('ended');
    media.want(open);
    const again = (await until(({ local }) => local.video.state === 'on')).local.camera;
    expect(again?.readyState).to.equal('live');
  });

  it('stops every track when it is closed, and then does nothing any more', async () => {
    media.want({ ...NOBODY, devices: 'open' });
    const { camera, microphone } = (
      await until(({ local }) => local.audio.state === 'on' && local.video.state === 'on')
    ).local;
    media.close();
    expect(camera?.readyState).to.equal('ended');
    expect(microphone?.readyState).to.equal('ended');
    const told = states.length;
    media.close();
    media.want({ ...NOBODY, devices: 'open' });
    expect(states).to.have.length(told);
  });

  it('tells a room that cannot be reached as lost, and forgets it when none is wished any more', async () => {
    // A port where nothing listens, by RFC 863's “discard”, which browsers do not even try.
    const room = { url: 'ws://127.0.0.1:9', token: 'x', generation: 1 };
    media.want({ ...NOBODY, room });
    expect(media.state).to.include({ link: 'joining', generation: 1 });
    await until(({ link }) => link === 'lost');
    media.want(NOBODY);
    expect(media.state).to.deep.equal(NO_MEDIA);
  });

  it('shares no screen outside of a call', async () => {
    const error = await media.shareScreen().catch((refused: unknown) => refused);
    expect(error).to.have.property('code', 'no-such-call');
  });
});

describe('a placeholder', () => {
  for (const kind of ['audio', 'video'] as const) {
    it(`of ${kind} is a live track until it is stopped`, () => {
      const placeholder = createPlaceholder(kind, 'VGA');
      expect(placeholder.track).to.include({ kind, readyState: 'live' });
      placeholder.stop();
      expect(placeholder.track.readyState).to.equal('ended');
    });
  }
});

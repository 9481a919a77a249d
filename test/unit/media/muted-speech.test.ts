import { expect } from 'chai';
import { MutedSpeech } from '../../../src/media/muted-speech.js';

describe('speaking while muted', () => {
  let context: AudioContext;
  let track: MediaStreamTrack;
  let gain: GainNode;

  before(function () {
    if (!navigator.userAgent.includes('Firefox')) return;
    console.log('speaking while muted is not tested in Firefox: no sound is processed on a page without a tap');
    this.skip();
  });
  beforeEach(async () => {
    context = new AudioContext();
    const destination = context.createMediaStreamDestination();
    gain = new GainNode(context, { gain: 0 });
    const tone = new OscillatorNode(context);
    tone.connect(gain).connect(destination);
    tone.start();
    await context.resume();
    track = destination.stream.getAudioTracks()[0]!;
  });
  afterEach(() => context?.close());

  it('is heard on a track that sends nothing, and leaves that as it is', async () => {
    track.enabled = false;
    const heard = new Promise<void>((resolve) => {
      const speech = new MutedSpeech(track, () => {
        speech.stop();
        resolve();
      });
    });
    gain.gain.value = 0.5;
    await heard;
    expect(track.enabled).to.equal(false);
    expect(track.readyState).to.equal('live');
  });
});

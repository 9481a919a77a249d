/** Chromium's, which TypeScript does not know. */
declare class MediaStreamTrackGenerator extends MediaStreamTrack {
  constructor(init: { kind: 'video' });
  readonly writable: WritableStream<VideoFrame>;
}

/**
 * Runs in a page: its camera and microphone are made by the page itself, from one clock, and no filter takes the tone for noise.
 * A bar moves over grey; a little less than once a second the picture is white for as long as the tone sounds. A flash that the
 * page itself is late with is left out, so that each one that is seen began with its tone.
 */
export function clockCameraAndMicrophone(tone: number): void {
  /** Of the camera: fewer than a call sends at most, so that it leaves none out. A second. */
  const FRAMES = 16;
  /** From one flash to the next, and of one flash. In frames; no whole number of those of a film, so that each falls differently. */
  const [PERIOD, FLASH] = [17, 3];
  const LATE_S = 0.02;
  const LOOK_EVERY_MS = 4;
  const LONGEST_CALL_S = 300;

  function openMicrophone(): MediaStreamTrack[] {
    const gain = new GainNode(clock, { gain: 0 });
    const microphone = new MediaStreamAudioDestinationNode(clock);
    const oscillator = new OscillatorNode(clock, { frequency: tone });
    oscillator.connect(gain).connect(microphone);
    oscillator.start();
    const period = PERIOD / FRAMES;
    for (let at = Math.ceil(clock.currentTime / period) * period; at < LONGEST_CALL_S; at += period)
      gain.gain.setValueAtTime(0.5, at).setValueAtTime(0, at + FLASH / FRAMES);
    return microphone.stream.getTracks();
  }

  function openCamera(): MediaStreamTrack[] {
    const camera = new MediaStreamTrackGenerator({ kind: 'video' });
    const frames = camera.writable.getWriter();
    const canvas = new OffscreenCanvas(640, 360);
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('This browser has no canvas.');
    let [shown, punctual] = [0, false];
    const timer = setInterval(() => {
      if (camera.readyState === 'ended') {
        clearInterval(timer);
        return;
      }
      const { currentTime } = clock;
      const due = Math.floor(currentTime * FRAMES);
      if (due === shown) return;
      if (due % PERIOD === 0) punctual = currentTime - due / FRAMES < LATE_S;
      else if (due % PERIOD < shown % PERIOD) punctual = false;
      shown = due;
      context.fillStyle = due % PERIOD < FLASH && punctual ? '#fff' : '#555';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = '#999';
      context.fillRect((due * 24) % canvas.width, 0, 60, 60);
      const frame = new VideoFrame(canvas, { timestamp: currentTime * 1e6 });
      frames.write(frame).catch(() => frame.close());
    }, LOOK_EVERY_MS);
    return [camera];
  }

  // One for all that the page opens, also after a mute.
  const clock = new AudioContext();
  navigator.mediaDevices.getUserMedia = async ({ audio, video } = {}) => {
    await clock.resume();
    return new MediaStream([...(audio ? openMicrophone() : []), ...(video ? openCamera() : [])]);
  };
}

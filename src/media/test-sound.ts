import { Loudspeaker } from './loudspeaker.js';

/** Hertz, each for as many seconds as `STEP`. */
const CHIME = [523.25, 659.25, 783.99];
const STEP = 0.25;

/** Plays a short chime on that speaker; empty: the system's. Resolves when it is over. */
export async function playTestSound(deviceId: string): Promise<void> {
  const context = new AudioContext();
  const speaker = new Loudspeaker(() => undefined);
  try {
    const destination = context.createMediaStreamDestination();
    if (deviceId !== '') await speaker.setSink(deviceId);
    speaker.setTrack(destination.stream.getAudioTracks()[0] ?? null);
    await context.resume();
    await chime(context, destination);
  } finally {
    speaker.setTrack(null);
    await context.close();
  }
}

function chime(context: AudioContext, destination: AudioNode): Promise<void> {
  const gain = new GainNode(context, { gain: 0.25 });
  const tone = new OscillatorNode(context);
  const start = context.currentTime + 0.1;
  CHIME.forEach((frequency, index) => tone.frequency.setValueAtTime(frequency, start + index * STEP));
  const end = start + CHIME.length * STEP;
  gain.gain.setTargetAtTime(0, end - STEP / 2, STEP / 8);
  tone.connect(gain).connect(destination);
  tone.start(start);
  tone.stop(end);
  return new Promise((resolve) => tone.addEventListener('ended', () => resolve(), { once: true }));
}

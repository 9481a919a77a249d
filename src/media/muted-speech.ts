import { LevelMeter } from './level-meter.js';

/** Of the meter's scale: speech near a microphone, not the hum of a room. */
const LOUD = 0.5;
/** Loud looks in a row that count as speech. */
const IN_A_ROW = 3;
/** Milliseconds between two looks. */
const PAUSE = 100;

/** Listens, on this page only, whether somebody speaks into a microphone that is open and muted. */
export class MutedSpeech {
  readonly #track: MediaStreamTrack;
  readonly #meter: LevelMeter;
  readonly #timer: ReturnType<typeof setInterval>;
  #loud = 0;

  constructor(microphone: MediaStreamTrack, onSpeech: () => void) {
    // Muting silences the track that is sent; a copy of it still hears.
    this.#track = microphone.clone();
    this.#track.enabled = true;
    this.#meter = new LevelMeter(this.#track);
    this.#timer = setInterval(() => {
      this.#loud = this.#meter.read() > LOUD ? this.#loud + 1 : 0;
      if (this.#loud === IN_A_ROW) onSpeech();
    }, PAUSE);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#meter.close();
    this.#track.stop();
  }
}

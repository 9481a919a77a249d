/** Decibels below full scale that count as silence. */
const FLOOR = 60;

/** Measures how loud a track is at the moment at which it is asked. */
export class LevelMeter {
  readonly #context = new AudioContext();
  readonly #analyser = new AnalyserNode(this.#context, { fftSize: 1024 });
  readonly #samples = new Float32Array(this.#analyser.fftSize);

  constructor(track: MediaStreamTrack) {
    this.#context.createMediaStreamSource(new MediaStream([track])).connect(this.#analyser);
    // It may have to wait for a tap; until then all is silent.
    this.#context.resume().catch(() => undefined);
  }

  /** 0 is silence and 1 full scale, in steps that an ear takes for even. */
  read(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length;
    const decibels = 10 * Math.log10(power);
    return Math.min(1, Math.max(0, decibels / FLOOR + 1));
  }

  close(): void {
    this.#context.close().catch(() => undefined);
  }
}

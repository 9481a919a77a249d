import { LevelMeter } from '../../media/level-meter.js';

/** Shows how loud a track is, frame by frame. */
export class MeterView {
  #view: HTMLMeterElement | null = null;
  #track: MediaStreamTrack | null = null;
  #stop: () => void = () => undefined;

  /** Shows that track there from now on. */
  show(view: HTMLMeterElement | null, track: MediaStreamTrack | null): void {
    if (view === this.#view && track === this.#track) return;
    this.#stop();
    this.#stop = () => undefined;
    this.#view = view;
    this.#track = track;
    if (view && track) this.#follow(view, track);
    else if (view) view.value = 0;
  }

  #follow(view: HTMLMeterElement, track: MediaStreamTrack): void {
    const meter = new LevelMeter(track);
    const draw = (): void => {
      view.value = meter.read();
      next = requestAnimationFrame(draw);
    };
    let next = requestAnimationFrame(draw);
    this.#stop = () => {
      cancelAnimationFrame(next);
      meter.close();
    };
  }
}

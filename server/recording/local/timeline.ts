import { RecordingClock, type Moment } from './clock.js';
import { SAMPLE_RATE } from './encoder.js';
import type { PictureKind, Side } from './layout.js';
import { Mixer } from './mixer.js';
import type { Picture, Rotation } from './picture.js';
import { Placement } from './placement.js';
import type { Stage } from './stage.js';

/** The file is written this long after things happened, so that what comes late still finds its place. Milliseconds. */
export const LAG = 300;
/**
 * By how much longer WebRTC holds a voice back than the picture that belongs to it, in milliseconds. Measured in rooms
 * without loss: 10 for what Chromium sends, 25 to 60 for LiveKit's own client.
 */
export const VOICE_DELAY = 30;

/** What a room tells of its two people. */
export interface MediaListener {
  addPicture(id: string, source: { side: Side; kind: PictureKind; hidden: boolean }): void;
  removePicture(id: string): void;
  hidePicture(id: string, hidden: boolean): void;
  frame(id: string, frame: { picture: Picture; rotation: Rotation; at: Moment }): void;
  removeVoice(id: string): void;
  /** `at`: when the last of the samples came out of WebRTC. */
  voice(id: string, samples: Int16Array, at: Moment): void;
}

/** Where it all goes. */
export interface Output {
  readonly ready: boolean;
  picture(data: Uint8Array): void;
  sound(samples: Int16Array): void;
}

export interface TimelineOptions {
  /** Pictures a second. */
  rate: number;
  stage: Stage;
  output: Output;
}

/** Sets what arrives at its place in the file, and hands the file out bit by bit. */
export class Timeline implements MediaListener {
  readonly #clock = new RecordingClock();
  readonly #mixer = new Mixer(4 * SAMPLE_RATE);
  readonly #voices = new Map<string, Placement>();
  readonly #options: TimelineOptions;
  #pictures = 0;
  #end: Moment = Infinity;

  constructor(options: TimelineOptions) {
    this.#options = options;
  }

  /** Milliseconds that were handed out. */
  get duration(): number {
    return (this.#pictures * 1000) / this.#options.rate;
  }

  get paused(): boolean {
    return this.#clock.paused;
  }

  begin(at: Moment): void {
    this.#clock.begin(at);
  }

  pause(at: Moment): void {
    this.#clock.pause(at);
  }

  resume(at: Moment): void {
    this.#clock.resume(at);
  }

  /** Nothing that happens after it is in the file. */
  end(at: Moment): void {
    this.#end = Math.min(this.#end, at);
  }

  /** Hands out what is due. False when all of it, to the end, has been. */
  advance(now: Moment): boolean {
    const { rate, stage, output } = this.#options;
    const until = this.#clock.positionOf(Math.min(now - LAG, this.#end));
    const sound = Math.floor((until * SAMPLE_RATE) / 1000) - this.#mixer.taken;
    if (sound > 0) output.sound(this.#mixer.take(sound));
    const due = Math.floor((until * rate) / 1000);
    // What comes up to half a picture later is nearer to this one than to the next.
    const nearest = 500 / rate;
    for (; this.#pictures < due && output.ready; this.#pictures++)
      output.picture(stage.at(this.duration + nearest).data);
    return now - LAG < this.#end || this.#pictures < due;
  }

  addPicture(id: string, source: { side: Side; kind: PictureKind; hidden: boolean }): void {
    this.#options.stage.add(id, source);
  }

  removePicture(id: string): void {
    this.#options.stage.remove(id);
  }

  hidePicture(id: string, hidden: boolean): void {
    this.#options.stage.hide(id, hidden);
  }

  /** Also one that came while paused: a screen that nothing moves on sends no other. */
  frame(id: string, { at, ...frame }: { picture: Picture; rotation: Rotation; at: Moment }): void {
    this.#options.stage.frame(id, { ...frame, at: this.#clock.positionOf(at) });
  }

  removeVoice(id: string): void {
    this.#voices.delete(id);
  }

  voice(id: string, samples: Int16Array, at: Moment): void {
    const said = at - VOICE_DELAY;
    if (!this.#clock.covers(said)) return;
    const placement = this.#voices.get(id) ?? new Placement(SAMPLE_RATE);
    this.#voices.set(id, placement);
    const place = placement.place((this.#clock.positionOf(said) * SAMPLE_RATE) / 1000, samples.length);
    this.#mixer.add(place.at, samples.subarray(place.skip));
  }
}

import { RecordingClock, type Moment } from './clock.js';
import { SAMPLE_RATE } from './encoder.js';
import type { PictureKind, Side } from './layout.js';
import { Mixer } from './mixer.js';
import type { Picture, Rotation } from './picture.js';
import type { Stage } from './stage.js';
import { Voice, type Spoken } from './voice.js';

/** The file is written this long after things happened, so that what comes late still finds its place. Milliseconds. */
export const LAG = 500;
/** What was held back for longer would come too late. Milliseconds. */
const LONGEST_HELD = LAG - 100;
/** For how long WebRTC holds back a voice, or a picture, of which nothing is known yet. Milliseconds. */
const USUALLY_HELD = { voice: 60, picture: 15 } as const;
/** By how much longer a picture takes to get here than the voice that belongs to it: it is encoded for longer. Milliseconds. */
export const PICTURE_LATER = 20;
const SAMPLES_A_MS = SAMPLE_RATE / 1000;

/** What a room tells of its two people. */
export interface MediaListener {
  addPicture(id: string, source: { side: Side; kind: PictureKind; hidden: boolean }): void;
  removePicture(id: string): void;
  hidePicture(id: string, hidden: boolean): void;
  /** `at`: when WebRTC means it to be shown. */
  frame(id: string, frame: { picture: Picture; rotation: Rotation; at: Moment }): void;
  removeVoice(id: string): void;
  /** `at`: when the last of the samples came out of WebRTC. */
  voice(id: string, samples: Int16Array, at: Moment): void;
  /** For how many milliseconds WebRTC now holds back what it receives of a picture or a voice. */
  heldBack(id: string, ms: number): void;
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
  readonly #voices = new Map<string, Voice>();
  readonly #held = new Map<string, number>();
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
    for (; this.#pictures < due && output.ready; this.#pictures++) output.picture(stage.at(this.#pictures).data);
    return now - LAG < this.#end || this.#pictures < due;
  }

  addPicture(id: string, source: { side: Side; kind: PictureKind; hidden: boolean }): void {
    this.#options.stage.add(id, source);
  }

  removePicture(id: string): void {
    this.#options.stage.remove(id);
    this.#held.delete(id);
  }

  hidePicture(id: string, hidden: boolean): void {
    this.#options.stage.hide(id, hidden);
  }

  /** Also one that came while paused: a screen that nothing moves on sends no other. */
  frame(id: string, { at, ...frame }: { picture: Picture; rotation: Rotation; at: Moment }): void {
    const taken = at - this.#heldBack(id, USUALLY_HELD.picture) - PICTURE_LATER;
    this.#options.stage.frame(id, { ...frame, at: this.#clock.positionOf(taken) });
  }

  removeVoice(id: string): void {
    this.#voices.delete(id);
    this.#held.delete(id);
  }

  voice(id: string, samples: Int16Array, at: Moment): void {
    const voice = this.#voices.get(id) ?? new Voice(SAMPLE_RATE);
    this.#voices.set(id, voice);
    const held = Math.round(this.#heldBack(id, USUALLY_HELD.voice) * SAMPLES_A_MS);
    this.#mix(voice.said(samples, at * SAMPLES_A_MS, held));
  }

  heldBack(id: string, ms: number): void {
    this.#held.set(id, ms);
  }

  #heldBack(id: string, usually: number): number {
    return Math.min(LONGEST_HELD, this.#held.get(id) ?? usually);
  }

  /** Of a frame across the beginning of the file, or of a pause, only what is in the file. */
  #mix({ at, samples }: Spoken): void {
    const [first, end] = [at / SAMPLES_A_MS, (at + samples.length) / SAMPLES_A_MS];
    const place = this.#clock.positionOf(first) * SAMPLES_A_MS;
    const kept = Math.round(this.#clock.positionOf(end) * SAMPLES_A_MS - place);
    const from = this.#clock.covers(first) ? 0 : samples.length - kept;
    this.#mixer.add(Math.round(place), samples.subarray(from, from + kept));
  }
}

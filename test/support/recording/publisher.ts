import { setTimeout as wait } from 'node:timers/promises';
import { FfiRequest, livekitFfiRequest } from '@livekit/rtc-ffi-bindings';
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
  type Track,
} from '@livekit/rtc-node';

const RATE = 48_000;
/** Milliseconds of sound at a time. */
const SLICE = 10;
const BETWEEN_FRAMES = 40;
const QUIET = 1500;
const LOUD = 15_000;
/** Milliseconds that a flash and the beep with it last. */
const FLASH = 120;

export interface PublisherOptions {
  url: string;
  token: string;
  /** Hertz. */
  tone: number;
  /** Milliseconds from one flash to the next. Left out: it never flashes. */
  flashEvery?: number;
  /** Its size. Null: only the tone. */
  picture: { width: number; height: number } | null;
  /** Shows it as its screen. */
  screen?: boolean;
}

/**
 * Somebody in a room, whom one can tell in a recording: a bar that moves over a grey picture, a tone, and now and then a white
 * picture with a loud tone at the same moment.
 */
export class Publisher {
  readonly #room = new Room();
  readonly #options: PublisherOptions;
  readonly #tracks = new Map<'audio' | 'video', Track>();
  readonly #stopping = new AbortController();
  #working: Promise<unknown> = Promise.resolve();
  begun = 0;

  private constructor(options: PublisherOptions) {
    this.#options = options;
  }

  static async join(options: PublisherOptions): Promise<Publisher> {
    const publisher = new Publisher(options);
    await publisher.#join();
    return publisher;
  }

  async #join(): Promise<void> {
    const { url, token } = this.#options;
    await this.#room.connect(url, token, { autoSubscribe: false, dynacast: false });
    const work = [await this.#speak(), await this.#show()];
    this.begun = performance.now();
    this.#working = Promise.all(work.map((begin) => begin()));
  }

  mute(kind: 'audio' | 'video', mute = true): void {
    const trackHandle = this.#tracks.get(kind)?.ffi_handle.handle;
    if (trackHandle === undefined) throw new Error(`No ${kind} is published.`);
    livekitFfiRequest(new FfiRequest({ message: { case: 'localTrackMute', value: { trackHandle, mute } } }).toBinary());
  }

  async leave(): Promise<void> {
    this.#stopping.abort();
    await this.#working;
    await this.#room.disconnect();
  }

  #flashes(at: number): boolean {
    const { flashEvery } = this.#options;
    return flashEvery !== undefined && at % flashEvery < FLASH;
  }

  /** Calls `work` with the time since the start, every so many milliseconds on average. */
  async #every(ms: number, work: (at: number) => unknown): Promise<void> {
    for (let at = 0; !this.#stopping.signal.aborted; at += ms) {
      const early = this.begun + at - performance.now();
      if (early > 0) await wait(early, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      await work(at);
    }
  }

  async #speak(): Promise<() => Promise<void>> {
    const source = new AudioSource(RATE, 1, 0);
    const track = LocalAudioTrack.createAudioTrack('microphone', source);
    await this.#publish('audio', track, { source: TrackSource.SOURCE_MICROPHONE, dtx: false });
    const { tone } = this.#options;
    const count = (RATE * SLICE) / 1000;
    return () =>
      this.#every(SLICE, (at) => {
        const loudness = this.#flashes(at) ? LOUD : QUIET;
        const first = (at * RATE) / 1000;
        const wave = (_: unknown, i: number): number => loudness * Math.sin((2 * Math.PI * tone * (first + i)) / RATE);
        return source.captureFrame(new AudioFrame(Int16Array.from({ length: count }, wave), RATE, 1, count));
      });
  }

  async #show(): Promise<() => Promise<void>> {
    const { picture, screen } = this.#options;
    if (!picture) return () => Promise.resolve();
    const { width, height } = picture;
    const output = new VideoSource(width, height);
    const source = screen ? TrackSource.SOURCE_SCREENSHARE : TrackSource.SOURCE_CAMERA;
    await this.#publish('video', LocalVideoTrack.createVideoTrack('picture', output), { source, simulcast: false });
    const bar = width >> 3;
    return () =>
      this.#every(BETWEEN_FRAMES, (at) => {
        const data = new Uint8Array((width * height * 3) >> 1).fill(128);
        data.fill(this.#flashes(at) ? 235 : 90, 0, width * height);
        const left = Math.floor((at / 2000) * width) % (width - bar);
        for (let row = 0; row < height; row++) data.fill(40, row * width + left, row * width + left + bar);
        output.captureFrame(new VideoFrame(data, width, height, VideoBufferType.I420));
      });
  }

  async #publish(
    kind: 'audio' | 'video',
    track: LocalAudioTrack | LocalVideoTrack,
    options: { source: TrackSource; dtx?: boolean; simulcast?: boolean },
  ): Promise<void> {
    await this.#room.localParticipant?.publishTrack(track, new TrackPublishOptions(options));
    this.#tracks.set(kind, track);
  }
}

import { NO_MEDIA, type CreateMedia, type Media, type MediaState, type MediaWish } from '../media/media.js';
import { pageStorage } from '../page-storage.js';
import type { DeviceBook, Resolution } from '../media/devices.js';

/** Where the tab's storage has whether the background is blurred. */
const BLUR = 'omni-call blur';

export interface LazyMediaOptions {
  devices: DeviceBook;
  /** As in `MediaOptions`. */
  blurFiles: string;
  /** Gets the code. */
  load: () => Promise<CreateMedia>;
  onChange: (state: MediaState) => void;
  /** The code could not be had. */
  onFailure: (cause: unknown) => void;
}

/** The media of the call that goes on: its code is loaded with the first wish, and all is let go with the last. */
export class LazyMedia {
  readonly #options: LazyMediaOptions;
  #wish: MediaWish | null = null;
  #media: Media | null = null;
  #loading: Promise<void> | null = null;
  #resolution: Resolution | null = null;
  #volume: number | null = null;
  /** Kept in the tab's own storage: whoever reloads in a call is not suddenly seen in front of the room. */
  #blur: boolean;

  constructor(options: LazyMediaOptions) {
    this.#options = options;
    this.#blur = pageStorage('sessionStorage')?.getItem(BLUR) === 'on';
  }

  /** Null while there is no call. */
  get current(): Media | null {
    return this.#media;
  }

  want(wish: MediaWish | null): void {
    this.#wish = wish;
    if (!wish) this.#close();
    else if (this.#media) this.#media.want(wish);
    else this.#loading ??= this.#load().finally(() => (this.#loading = null));
  }

  /** For this call and those after it. */
  async setResolution(resolution: Resolution): Promise<void> {
    await this.#media?.setResolution(resolution);
    this.#resolution = resolution;
  }

  /** For this call and those after it. */
  async setBlur(on: boolean): Promise<void> {
    this.#keepBlur(on);
    try {
      await this.#media?.setBlur(on);
    } catch (error) {
      this.#keepBlur(false);
      throw error;
    }
  }

  /** For this call and those after it. */
  setVolume(volume: number): void {
    this.#volume = volume;
    this.#media?.setVolume(volume);
  }

  #keepBlur(on: boolean): void {
    this.#blur = on;
    try {
      pageStorage('sessionStorage')?.setItem(BLUR, on ? 'on' : 'off');
    } catch {
      // Full: it is known until the page goes.
    }
  }

  async #load(): Promise<void> {
    try {
      const createMedia = await this.#options.load();
      if (this.#wish) this.#create(createMedia, this.#wish);
    } catch (cause) {
      if (this.#wish) this.#options.onFailure(cause);
    }
  }

  #create(createMedia: CreateMedia, wish: MediaWish): void {
    const { devices, blurFiles, onChange } = this.#options;
    const media: Media = createMedia({
      devices,
      blurFiles,
      // A closed one still tells how it stops.
      onChange: (state) => {
        if (media === this.#media) onChange(state);
      },
    });
    this.#media = media;
    if (this.#resolution) void media.setResolution(this.#resolution);
    // Before its camera opens, so that nothing of it is seen as it is.
    if (this.#blur) void media.setBlur(true);
    if (this.#volume !== null) media.setVolume(this.#volume);
    media.want(wish);
  }

  #close(): void {
    const media = this.#media;
    if (!media) return;
    this.#media = null;
    media.close();
    this.#options.onChange(NO_MEDIA);
  }
}

import { OmniCallError } from '../protocol/index.js';
import { loadCode } from '../load-code.js';
import { loadMedia } from '../media/load-media.js';
import type { CreateMedia } from '../media/media.js';
import type { CallSide, CallSideOptions } from './call-side.js';

export interface SideLoaderOptions extends Omit<CallSideOptions, 'loadMedia'> {
  loadMedia: (() => Promise<CreateMedia>) | undefined;
}

/** Loads this person's side of a call when a call is near, or devices are asked for: before that it would only weigh on the page. */
export class SideLoader {
  readonly #options: CallSideOptions;
  #current: CallSide | null = null;
  #loading: Promise<CallSide> | null = null;

  constructor({ loadMedia: load, ...options }: SideLoaderOptions) {
    this.#options = { ...options, loadMedia: load ?? loadMedia };
  }

  get current(): CallSide | null {
    return this.#current;
  }

  load(): Promise<CallSide> {
    this.#loading ??= this.#create().catch((cause: unknown) => {
      this.#loading = null;
      throw new OmniCallError('media-failed', 'The media code could not be loaded.', { cause });
    });
    return this.#loading;
  }

  /** With the media code, both on the way at once: the one is needed right after the other. */
  loadForCall(): void {
    this.#options.loadMedia().catch(() => undefined);
    this.load().catch((error: unknown) => {
      reportError(error);
      this.#options.onVerdict('media-failed');
    });
  }

  async #create(): Promise<CallSide> {
    const { CallSide } = await loadCode(() => import('./call-side.js'));
    this.#current = new CallSide(this.#options);
    this.#current.follow();
    return this.#current;
  }
}

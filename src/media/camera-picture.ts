import { OmniCallError } from '../protocol/index.js';
import type { BlurState } from './media.js';
import type { BlurredCamera } from './livekit-blur.js';

/** Resolves with the first picture that is blurred. */
export type BlurCamera = (source: MediaStreamTrack) => Promise<BlurredCamera>;

/** The camera's picture as the other side is to see it: as it is, or blurred behind its owner. */
export class CameraPicture {
  readonly #blurCamera: BlurCamera;
  readonly #onChange: () => void;
  #source: MediaStreamTrack | null = null;
  #blur: BlurState = 'off';
  #blurred: BlurredCamera | null = null;
  /** The camera that was seen as it is when blurring was wished: it stays until there is better. */
  #seen: MediaStreamTrack | null = null;
  /** The making under way. One that is no longer this one was overtaken. */
  #making: symbol | null = null;

  constructor(blurCamera: BlurCamera, onChange: () => void) {
    this.#blurCamera = blurCamera;
    this.#onChange = onChange;
  }

  get blur(): BlurState {
    return this.#blur;
  }

  /** Null while there is none that may be seen. */
  get track(): MediaStreamTrack | null {
    if (this.#blur === 'off') return this.#source;
    return this.#blurred?.track ?? (this.#seen === this.#source ? this.#source : null);
  }

  /** Takes that camera from now on. */
  follow(source: MediaStreamTrack | null): void {
    if (source === this.#source) return;
    this.#source = source;
    this.#drop();
    if (this.#blur === 'off' || !source) return;
    this.#make(source).catch(() => this.#set('failed'));
  }

  /** Rejects with `media-failed` where it cannot be had; the picture then stays as it is. */
  async setBlur(on: boolean): Promise<void> {
    if (on === (this.#blur !== 'off')) return;
    this.#drop();
    this.#seen = on ? this.#source : null;
    this.#set(on ? 'starting' : 'off');
    if (!on || !this.#source) return;
    try {
      await this.#make(this.#source);
    } catch (cause) {
      this.#set('off');
      throw new OmniCallError('media-failed', 'The background cannot be blurred here.', { cause });
    }
  }

  async #make(source: MediaStreamTrack): Promise<void> {
    const making = (this.#making = Symbol());
    this.#set('starting');
    let blurred: BlurredCamera;
    try {
      blurred = await this.#blurCamera(source);
    } catch (cause) {
      // What was overtaken concerns nobody.
      if (making === this.#making) throw cause;
      return;
    }
    if (making !== this.#making) return blurred.stop();
    this.#blurred = blurred;
    this.#seen = null;
    this.#set('on');
  }

  #set(blur: BlurState): void {
    this.#blur = blur;
    this.#onChange();
  }

  #drop(): void {
    this.#making = null;
    this.#blurred?.stop();
    this.#blurred = null;
  }
}

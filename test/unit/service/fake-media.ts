import {
  NO_MEDIA,
  type CreateMedia,
  type Media,
  type MediaOptions,
  type MediaState,
  type MediaWish,
} from '../../../src/media/media.js';

/** Media that does nothing but remember what was wanted of it, and say what a test wants it to. */
export class FakeMedia {
  wish: MediaWish | null = null;
  options: MediaOptions | null = null;
  loads = 0;
  state: MediaState = NO_MEDIA;
  readonly calls: string[] = [];
  #onChange: (state: MediaState) => void = () => undefined;
  #isMade: () => void = () => undefined;
  /** Resolves once a call has media: its code is loaded when a call is near. */
  readonly made = new Promise<void>((resolve) => {
    this.#isMade = resolve;
  });

  readonly load = async (): Promise<CreateMedia> => {
    this.loads += 1;
    return (options): Media => {
      this.state = NO_MEDIA;
      this.options = options;
      this.#onChange = options.onChange;
      return this.#media();
    };
  };

  tell(change: Partial<MediaState>): void {
    this.state = { ...this.state, ...change };
    this.#onChange(this.state);
  }

  #media(): Media {
    const note = (call: string) => async () => void this.calls.push(call);
    const current = () => this.state;
    return {
      get state() {
        return current();
      },
      want: (wish) => {
        this.wish = wish;
        this.#isMade();
        if (!wish.room && this.state.link !== 'out') this.tell({ link: 'out', generation: null });
      },
      switchDevice: async (kind, id) => void this.calls.push(`switchDevice ${kind} ${id}`),
      setResolution: async (resolution) => void this.calls.push(`setResolution ${resolution}`),
      setBlur: async (on) => void this.calls.push(`setBlur ${on}`),
      setVolume: (volume) => void this.calls.push(`setVolume ${volume}`),
      shareScreen: note('shareScreen'),
      unshareScreen: note('unshareScreen'),
      startPlayback: note('startPlayback'),
      retryDevices: note('retryDevices'),
      close: () => {
        this.wish = null;
        this.calls.push('close');
      },
    };
  }
}

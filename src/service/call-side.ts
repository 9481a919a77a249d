import { OmniCallError } from '../protocol/index.js';
import { pageDevices, type DeviceKind, type DeviceLists, type Resolution } from '../media/devices.js';
import type { CreateMedia, Media, MediaState, MediaWish } from '../media/media.js';
import { serverAddress } from '../signalling/server-address.js';
import { CallReports, type ReportType, type SendReport } from './call-reports.js';
import type { CallState } from './call-state.js';
import { LazyMedia } from './lazy-media.js';
import { assertResolution, assertVolume } from './media-arguments.js';
import { mediaVerdict, type Verdict } from './media-verdict.js';
import { wishOf } from './media-wish.js';

export interface CallSideOptions {
  /** The call server's address. */
  server: string;
  /** Whether it goes into the room of a call that rings. */
  prepare: boolean;
  state: () => CallState;
  loadMedia: () => Promise<CreateMedia>;
  send: SendReport;
  onDevices: (devices: DeviceLists) => void;
  onMedia: (media: MediaState) => void;
  /** There is nothing to go on with. */
  onVerdict: (why: Verdict) => void;
}

/** This person's side of a call: media and devices in line with the state, and the server in line with both. */
export class CallSide {
  readonly #options: CallSideOptions;
  readonly #devices = pageDevices();
  readonly #media: LazyMedia;
  readonly #reports: CallReports;
  readonly #stopFollowing: () => void;
  #wished = 'null';
  /** Session and call. */
  #of = '';

  constructor(options: CallSideOptions) {
    this.#options = options;
    this.#media = new LazyMedia({
      devices: this.#devices,
      blurFiles: `${serverAddress(options.server)}/blur`,
      load: options.loadMedia,
      onChange: options.onMedia,
      onFailure: (cause) => {
        reportError(new OmniCallError('media-failed', 'The media code could not be loaded.', { cause }));
        options.onVerdict('media-failed');
      },
    });
    this.#reports = new CallReports(options.send);
    this.#stopFollowing = this.#devices.subscribe(options.onDevices);
    options.onDevices(this.#devices.lists);
  }

  get media(): Media | null {
    return this.#media.current;
  }

  /** Does nothing where nothing changed. */
  follow(): void {
    const { state, onVerdict } = this.#options;
    const { self, call } = state();
    const of = `${self?.session} ${call?.view.session}`;
    if (of !== this.#of) {
      this.#of = of;
      // A call has rooms of its own, and each session is a participant of its own in them: the next one enters anew.
      this.#want({ room: null });
    }
    const wish = this.#want({});
    // By now the media may have told of a change.
    this.#reports.sync(state());
    const why = wish && wish.devices !== 'closed' ? mediaVerdict(state().media.local) : null;
    if (why) onVerdict(why);
  }

  /** A new connection: the server may have missed what was said on the last. */
  repeat(): void {
    this.#reports.reset();
  }

  /** Resolves once the server knows what was last to be said; at once when there is nothing to say. */
  told(type: ReportType): Promise<void> {
    return this.#reports.told(type);
  }

  refreshDevices(): Promise<DeviceLists> {
    return this.#devices.refresh();
  }

  async setDevice(kind: DeviceKind, id: string): Promise<void> {
    await (this.media?.switchDevice(kind, id) ?? this.#devices.choose(kind, id));
  }

  async setResolution(resolution: Resolution): Promise<void> {
    assertResolution(resolution);
    return this.#media.setResolution(resolution);
  }

  setBlur(on: boolean): Promise<void> {
    return this.#media.setBlur(on);
  }

  setVolume(volume: number): void {
    assertVolume(volume);
    this.#media.setVolume(volume);
  }

  close(): void {
    this.#media.want(null);
    this.#stopFollowing();
  }

  #want(change: Partial<MediaWish>): MediaWish | null {
    const wish = wishOf(this.#options.state(), this.#options.prepare);
    const wanted = wish && { ...wish, ...change };
    const wished = JSON.stringify(wanted);
    if (wished !== this.#wished) {
      this.#wished = wished;
      this.#media.want(wanted);
    }
    return wanted;
  }
}

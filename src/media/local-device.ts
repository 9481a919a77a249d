import { capture, INPUT } from './capture.js';
import { DEFAULT_RESOLUTION, sizeConstraints } from './resolutions.js';
import { OmniCallError, type TrackType } from '../protocol/index.js';
import type { DeviceBook, Resolution } from './devices.js';

/** `keep`: stays open if it is, and is not opened if it is not. */
export type DeviceWish = 'open' | 'keep' | 'closed';

/** Milliseconds after which an opening device counts as missing. A camera that is allowed opens sooner. */
const SLOW_AFTER = 1500;

const asOmniCallError = (error: unknown): OmniCallError =>
  error instanceof OmniCallError
    ? error
    : new OmniCallError('media-failed', 'The device could not be opened.', { cause: error });

/**
 * The camera, or the microphone: opens and closes the device as wished. A device that disappears is followed by the
 * next best; one whose owner plugs it back in, or that the system makes its default, takes over.
 */
export class LocalDevice {
  readonly #kind: TrackType;
  readonly #devices: DeviceBook;
  readonly #onChange: () => void;
  readonly #unsubscribe: () => void;
  #wish: DeviceWish = 'closed';
  #track: MediaStreamTrack | null = null;
  #problem: OmniCallError | null = null;
  /** The opening under way. One that is no longer this one was overtaken, and what it opened is closed. */
  #opening: symbol | null = null;
  #slow = false;
  #resolution: Resolution = DEFAULT_RESOLUTION;
  /** The hardware behind the system's default when the track was opened. */
  #defaultGroup: string | null = null;

  constructor(kind: TrackType, devices: DeviceBook, onChange: () => void) {
    this.#kind = kind;
    this.#devices = devices;
    this.#onChange = onChange;
    this.#unsubscribe = devices.subscribe(() => this.#followDevices());
  }

  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  get resolution(): Resolution {
    return this.#resolution;
  }

  /** Why it is wished open and is not. */
  get problem(): OmniCallError | null {
    return this.#problem;
  }

  /** Whether it is wished open and is not to be had for now: it failed, or its owner is still being asked. */
  get missing(): boolean {
    return this.#problem !== null || this.#slow;
  }

  want(wish: DeviceWish): void {
    if (wish === this.#wish) return;
    this.#wish = wish;
    if (wish === 'closed') this.#close();
    else if (wish === 'open' && !this.#track && !this.#opening) void this.#open();
  }

  /** Tries again after a failure. */
  retry(): void {
    if (this.#problem) void this.#open();
  }

  /** Opens that device in place of the one in use. Rejects when it cannot be had; the one before stays. */
  async switchTo(deviceId: string): Promise<void> {
    await this.#devices.find(INPUT[this.#kind], deviceId);
    if (this.#wish !== 'open' && !this.#track) {
      await this.#devices.choose(INPUT[this.#kind], deviceId);
      return;
    }
    const opening = (this.#opening = Symbol());
    const request = { deviceId, exact: true, resolution: this.#resolution };
    let track: MediaStreamTrack;
    try {
      track = await capture(this.#kind, request).catch((error: unknown) => this.#captureAlone(error, request));
    } catch (error) {
      if (opening === this.#opening) {
        this.#opening = null;
        // The one before may have been closed to make room, or was still to be opened.
        if (!this.#track && this.#wish === 'open') void this.#open();
      }
      throw error;
    }
    if (opening !== this.#opening) track.stop();
    else this.#adopt(track);
    await this.#devices.choose(INPUT[this.#kind], deviceId);
  }

  /** Rejects when the camera in use refuses. */
  async setResolution(resolution: Resolution): Promise<void> {
    this.#resolution = resolution;
    try {
      await this.#track?.applyConstraints({ ...this.#track.getConstraints(), ...sizeConstraints(resolution) });
    } catch (cause) {
      throw new OmniCallError('media-failed', `The camera does not take the resolution ${resolution}.`, { cause });
    }
  }

  /** Closes the device for good. */
  dispose(): void {
    this.#unsubscribe();
    this.#wish = 'closed';
    this.#close();
  }

  async #open(): Promise<void> {
    const opening = (this.#opening = Symbol());
    this.#problem = null;
    this.#onChange();
    const timer = setTimeout(() => {
      if (opening !== this.#opening || this.#track) return;
      this.#slow = true;
      this.#onChange();
    }, SLOW_AFTER);
    const deviceId = this.#devices.chosen(INPUT[this.#kind]);
    try {
      const track = await capture(this.#kind, { deviceId, exact: false, resolution: this.#resolution });
      if (opening === this.#opening) this.#adopt(track);
      else track.stop();
    } catch (error) {
      if (opening !== this.#opening) return;
      this.#opening = null;
      // A running device stays when the one that should take over cannot be had.
      if (!this.#track) this.#problem = asOmniCallError(error);
      this.#slow = false;
      this.#onChange();
    } finally {
      clearTimeout(timer);
    }
  }

  /** Some phones open one device of a kind at a time: closes the one in use, then tries once more. */
  #captureAlone(error: unknown, request: Parameters<typeof capture>[1]): Promise<MediaStreamTrack> {
    if (!this.#track || !(error instanceof OmniCallError) || error.code !== 'device-in-use') throw error;
    this.#dropTrack();
    this.#onChange();
    return capture(this.#kind, request);
  }

  #adopt(track: MediaStreamTrack): void {
    this.#opening = null;
    this.#problem = null;
    this.#slow = false;
    this.#dropTrack();
    this.#track = track;
    // Its handler: Firefox was seen to leave out listeners added to a captured track.
    track.onended = this.#handleEnded;
    this.#defaultGroup = this.#systemDefault();
    this.#devices.using(INPUT[this.#kind], track.getSettings().deviceId ?? null);
    this.#onChange();
  }

  #dropTrack(): void {
    if (this.#track) {
      this.#track.onended = null;
      this.#track.stop();
    }
    this.#track = null;
  }

  #close(): void {
    this.#opening = null;
    this.#problem = null;
    this.#slow = false;
    this.#dropTrack();
    this.#devices.using(INPUT[this.#kind], null);
    this.#onChange();
  }

  readonly #handleEnded = (): void => {
    // Unplugged, or its permission was taken back: only opening anew tells which.
    this.#dropTrack();
    void this.#devices.refresh().then(() => {
      if (this.#wish === 'open' && !this.#track && !this.#opening) void this.#open();
    });
    this.#onChange();
  };

  #followDevices(): void {
    if (!this.#track || this.#opening) return;
    const inUse = this.#track.getSettings().deviceId;
    const chosen = this.#devices.chosen(INPUT[this.#kind]);
    const byDefault = chosen === null || chosen === 'default';
    const defaultMoved = this.#defaultGroup !== null && this.#systemDefault() !== this.#defaultGroup;
    if (byDefault ? defaultMoved : inUse !== undefined && inUse !== chosen) void this.#open();
  }

  /** Chromium lists the system's default microphone as one more device, `default`; nobody else tells. */
  #systemDefault(): string | null {
    const list = this.#devices.lists[INPUT[this.#kind]];
    return list.find((device) => device.deviceId === 'default')?.groupId ?? null;
  }
}

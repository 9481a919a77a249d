import { INPUT } from '../../media/capture.js';
import type { DeviceBook, DeviceKind } from '../../media/devices.js';
import { LocalDevice } from '../../media/local-device.js';
import type { OmniCallError, TrackType } from '../../protocol/index.js';

const TRACKS = ['video', 'audio'] as const;

/** Camera and microphone open for their owner's own view. They follow what is chosen, plugged and unplugged. */
export class Preview {
  readonly #devices: readonly [TrackType, LocalDevice][];

  constructor(tracks: readonly TrackType[], book: DeviceBook, onChange: () => void) {
    this.#devices = TRACKS.filter((track) => tracks.includes(track)).map((track) => [
      track,
      new LocalDevice(track, book, onChange),
    ]);
  }

  open(): void {
    for (const [, device] of this.#devices) device.want('open');
  }

  track(kind: TrackType): MediaStreamTrack | null {
    return this.#device(kind)?.track ?? null;
  }

  problem(kind: TrackType): OmniCallError | null {
    return this.#device(kind)?.problem ?? null;
  }

  retry(): void {
    for (const [, device] of this.#devices) device.retry();
  }

  /** Rejects when that device cannot be had; the one before stays. */
  async switchTo(kind: DeviceKind, deviceId: string): Promise<void> {
    await this.#devices.find(([track]) => INPUT[track] === kind)?.[1].switchTo(deviceId);
  }

  close(): void {
    for (const [, device] of this.#devices) device.dispose();
  }

  #device(kind: TrackType): LocalDevice | undefined {
    return this.#devices.find(([track]) => track === kind)?.[1];
  }
}

import type { DeviceBook } from './devices.js';

/** Milliseconds. Chromium ends the process that drives cameras five seconds after its last use. */
const EVERY = 4_000;

/** Has the browser ready to open a device soon: to list the devices opens none of them, and turns no light on. */
export class DeviceReadiness {
  readonly #devices: Pick<DeviceBook, 'refresh'>;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(devices: Pick<DeviceBook, 'refresh'>) {
    this.#devices = devices;
  }

  want(ready: boolean): void {
    if (ready) this.#timer ??= setInterval(() => void this.#devices.refresh(), EVERY);
    else {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }
}

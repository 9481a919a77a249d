import type { DeviceKind } from '../../../src/media/devices.js';

/** The part of `MediaDevices` that tells of devices, with a list that a test changes. The browser's cannot be unplugged. */
export class FakeMediaDevices extends EventTarget {
  #list: MediaDeviceInfo[] = [];

  /** Plugs and unplugs: from now on there are these. */
  set(...devices: { kind: DeviceKind; deviceId: string; label?: string; groupId?: string }[]): void {
    this.#list = devices.map((device) => {
      const info = { label: '', groupId: '', ...device };
      return { ...info, toJSON: () => info };
    });
    this.dispatchEvent(new Event('devicechange'));
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return Promise.resolve(this.#list);
  }

  asMediaDevices(): MediaDevices {
    return this as unknown as MediaDevices;
  }
}

/** A `Storage` of its own, so that no test finds what another left. */
export function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

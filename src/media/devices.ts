import { OmniCallError } from '../protocol/index.js';
import { findRemembered, parseRemembered, type RememberedDevice } from './device-match.js';
import { NO_DEVICES } from './no-devices.js';
import { pageStorage } from '../page-storage.js';

/** As in `MediaDeviceInfo.kind`. */
export type DeviceKind = 'videoinput' | 'audioinput' | 'audiooutput';

export interface Device {
  deviceId: string;
  /** Empty until the person has allowed a device of this kind. */
  label: string;
  groupId: string;
  /** Whether it is the one in use, or the one that a call would use. */
  selected: boolean;
}

export type DeviceLists = Readonly<Record<DeviceKind, readonly Device[]>>;

export type Resolution = 'QVGA' | 'VGA' | 'SD' | 'HD' | 'FHD';

type FoundDevice = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label' | 'groupId'>;

export type DeviceListener = (lists: DeviceLists) => void;

const KINDS: readonly DeviceKind[] = ['videoinput', 'audioinput', 'audiooutput'];
const DEVICE_WORD: Record<DeviceKind, string> = {
  videoinput: 'camera',
  audioinput: 'microphone',
  audiooutput: 'speaker',
};
const storageKey = (kind: DeviceKind): string => `omni-call.${kind}`;

export interface DeviceBookOptions {
  /** Default: the browser's; undefined where there is none, as on a page without HTTPS. */
  mediaDevices?: MediaDevices | undefined;
  /** Where choices are kept. Default: `localStorage`; null: nowhere. */
  storage?: Storage | null;
}

/**
 * Which devices there are, and which of each kind its owner chose. It opens none of them. It follows devices as they
 * are plugged and unplugged for as long as somebody listens.
 */
export class DeviceBook {
  readonly #mediaDevices: MediaDevices | undefined;
  readonly #storage: Storage | null;
  readonly #listeners = new Set<DeviceListener>();
  readonly #remembered = new Map<DeviceKind, RememberedDevice>();
  readonly #inUse = new Map<DeviceKind, string>();
  #found: readonly FoundDevice[] = [];
  #lists: DeviceLists = NO_DEVICES;
  #refreshes = 0;

  constructor({
    mediaDevices = globalThis.navigator?.mediaDevices,
    storage = pageStorage('localStorage'),
  }: DeviceBookOptions = {}) {
    this.#mediaDevices = mediaDevices;
    this.#storage = storage;
    for (const kind of KINDS) {
      const remembered = parseRemembered(this.#read(kind));
      if (remembered) this.#remembered.set(kind, remembered);
    }
  }

  get lists(): DeviceLists {
    return this.#lists;
  }

  /** Calls `listener` after every change. Returns the way to stop. */
  subscribe(listener: DeviceListener): () => void {
    if (this.#listeners.size === 0) {
      this.#mediaDevices?.addEventListener('devicechange', this.#handleDeviceChange);
      void this.refresh();
    }
    this.#listeners.add(listener);
    return () => {
      const wasThere = this.#listeners.delete(listener);
      if (!wasThere || this.#listeners.size > 0) return;
      this.#mediaDevices?.removeEventListener('devicechange', this.#handleDeviceChange);
    };
  }

  /** Asks the browser anew. Where it has no devices to tell of, the lists are empty. */
  async refresh(): Promise<DeviceLists> {
    const refresh = ++this.#refreshes;
    let found: MediaDeviceInfo[] = [];
    try {
      found = (await this.#mediaDevices?.enumerateDevices()) ?? [];
    } catch {
      // Refused by policy: then there is nothing to choose from, and opening one says why.
    }
    // Two answers can overtake each other; the one asked for last is the newer.
    if (refresh === this.#refreshes) {
      this.#found = found;
      this.#update();
    }
    return this.#lists;
  }

  /** Remembers the device to use. Rejects with `device-not-found`. */
  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    const device = await this.find(kind, deviceId);
    const remembered = { deviceId, label: device.label, groupId: device.groupId };
    this.#remembered.set(kind, remembered);
    try {
      this.#storage?.setItem(storageKey(kind), JSON.stringify(remembered));
    } catch {
      // A full storage costs the memory of the choice, not the choice.
    }
    this.#update();
  }

  /** The device of that id. Rejects with `device-not-found`. */
  async find(kind: DeviceKind, deviceId: string): Promise<Device> {
    const has = (lists: DeviceLists) => lists[kind].find((each) => each.deviceId === deviceId && deviceId !== '');
    const device = has(this.#lists) ?? has(await this.refresh());
    if (device) return device;
    throw new OmniCallError('device-not-found', `There is no ${DEVICE_WORD[kind]} with the id “${deviceId}”.`);
  }

  /** The id of the device to ask the browser for; null: whichever is its default. */
  chosen(kind: DeviceKind): string | null {
    const remembered = this.#remembered.get(kind);
    if (!remembered) return null;
    const list = this.#found.filter((each) => each.kind === kind);
    // Before permission some browsers list devices without ids; the remembered id is still good to ask for.
    if (!list.some((device) => device.deviceId !== '')) return remembered.deviceId;
    return this.#chosenOf(kind, list)?.deviceId ?? null;
  }

  /** Tells which device really is in use, so that it shows as the selected one; null: none. */
  using(kind: DeviceKind, deviceId: string | null): void {
    if ((this.#inUse.get(kind) ?? null) === deviceId) return;
    if (deviceId === null) this.#inUse.delete(kind);
    else this.#inUse.set(kind, deviceId);
    // Labels and ids show up with the first device of a kind that was allowed.
    void this.refresh();
  }

  readonly #handleDeviceChange = (): void => {
    void this.refresh();
  };

  #read(kind: DeviceKind): string | null {
    try {
      return this.#storage?.getItem(storageKey(kind)) ?? null;
    } catch {
      return null;
    }
  }

  /** The device of the list that its owner chose; null while that one is not there. */
  #chosenOf(kind: DeviceKind, list: readonly FoundDevice[]): FoundDevice | null {
    const remembered = this.#remembered.get(kind);
    return remembered ? findRemembered(list, remembered) : null;
  }

  #listOf(kind: DeviceKind): Device[] {
    const list = this.#found.filter((each) => each.kind === kind);
    const inUse = list.find((device) => device.deviceId === this.#inUse.get(kind));
    const selected = inUse ?? this.#chosenOf(kind, list) ?? list[0];
    return list.map((device) => ({
      deviceId: device.deviceId,
      label: device.label,
      groupId: device.groupId,
      selected: device === selected,
    }));
  }

  #update(): void {
    const lists: DeviceLists = {
      videoinput: this.#listOf('videoinput'),
      audioinput: this.#listOf('audioinput'),
      audiooutput: this.#listOf('audiooutput'),
    };
    if (JSON.stringify(lists) === JSON.stringify(this.#lists)) return;
    this.#lists = lists;
    for (const listener of [...this.#listeners]) listener(lists);
  }
}

let ofPage: DeviceBook | null = null;

/** The page's one book: what is chosen in one place is chosen everywhere. */
export const pageDevices = (): DeviceBook => (ofPage ??= new DeviceBook());

import type { Device } from './devices.js';

/** A device as it was when its owner chose it. */
export interface RememberedDevice {
  deviceId: string;
  label: string;
  groupId: string;
}

/**
 * Finds the chosen device among those of its kind. Browsers change ids with cleared site data, another port or
 * another session, so a name that is the same, and then the same piece of hardware, count as well.
 */
export function findRemembered<D extends Pick<Device, 'deviceId' | 'label' | 'groupId'>>(
  devices: readonly D[],
  remembered: RememberedDevice,
): D | null {
  const sameLabel = (device: D) => device.label !== '' && device.label === remembered.label;
  const sameGroup = (device: D) => device.groupId !== '' && device.groupId === remembered.groupId;
  return (
    devices.find((device) => device.deviceId !== '' && device.deviceId === remembered.deviceId) ??
    devices.find((device) => sameLabel(device) && sameGroup(device)) ??
    devices.find(sameLabel) ??
    devices.find(sameGroup) ??
    null
  );
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Reads what an earlier page stored; null for anything else, since others can write there too. */
export function parseRemembered(stored: string | null): RememberedDevice | null {
  if (stored === null) return null;
  try {
    const { deviceId, label, groupId } = JSON.parse(stored) as Partial<Record<keyof RememberedDevice, unknown>>;
    return isText(deviceId) && isText(label) && isText(groupId) && deviceId !== ''
      ? { deviceId, label, groupId }
      : null;
  } catch {
    return null;
  }
}

import type { DeviceKind, DeviceLists } from './devices.js';

export interface LostDevice {
  kind: DeviceKind;
  /** The name of the device that was in use. */
  lost: string;
  /** The name of the one that takes its place; null: there is none. */
  next: string | null;
}

const KINDS: readonly DeviceKind[] = ['audioinput', 'videoinput', 'audiooutput'];

const isNamed = (devices: DeviceLists[DeviceKind]): boolean => devices.every(({ label }) => label !== '');

/**
 * The lists by name, as known last: a browser may withhold the names while nothing is open, as Firefox does between a
 * device that is unplugged and the next.
 */
export const knownDevices = (before: DeviceLists, after: DeviceLists): DeviceLists => {
  const of = (kind: DeviceKind) => (isNamed(after[kind]) ? after : before)[kind];
  return { audioinput: of('audioinput'), videoinput: of('videoinput'), audiooutput: of('audiooutput') };
};

/** The selected device that is not there any more; null where none has gone. */
export function lostDevice(before: DeviceLists, after: DeviceLists): LostDevice | null {
  for (const kind of KINDS) {
    const lost = before[kind].find(({ selected }) => selected)?.label;
    // Without labels nothing can be told apart: then it is the permission that went.
    if (!lost || !isNamed(after[kind]) || after[kind].some(({ label }) => label === lost)) continue;
    return { kind, lost, next: after[kind].find(({ selected }) => selected)?.label ?? null };
  }
  return null;
}

/** What was lost, for as long as it is not there again. */
export const stillLost = (lost: LostDevice | null, now: DeviceLists): LostDevice | null =>
  lost && now[lost.kind].some(({ label }) => label === lost.lost) ? null : lost;

/** What is known of the devices, and which of them in use has gone. */
export interface DeviceLoss {
  readonly known: DeviceLists;
  readonly lost: LostDevice | null;
}

/** The same once the browser gives these lists. Pure. */
export const lossAfter = ({ known, lost }: DeviceLoss, lists: DeviceLists): DeviceLoss => ({
  known: knownDevices(known, lists),
  lost: lostDevice(known, lists) ?? stillLost(lost, lists),
});

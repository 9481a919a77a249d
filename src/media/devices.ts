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

export const NO_DEVICES: DeviceLists = Object.freeze({ videoinput: [], audioinput: [], audiooutput: [] });

export type Resolution = 'QVGA' | 'VGA' | 'SD' | 'HD' | 'FHD';

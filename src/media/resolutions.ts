import type { Resolution } from './devices.js';

export interface Size {
  /** Pixels. */
  width: number;
  height: number;
}

/** Pixels that each name asks the camera for. */
export const RESOLUTIONS: Readonly<Record<Resolution, Size>> = {
  QVGA: { width: 320, height: 240 },
  VGA: { width: 640, height: 480 },
  SD: { width: 854, height: 480 },
  HD: { width: 1280, height: 720 },
  FHD: { width: 1920, height: 1080 },
};

export const DEFAULT_RESOLUTION: Resolution = 'HD';

/** Asks for that size without refusing a camera that has only others. */
export const sizeConstraints = (resolution: Resolution): MediaTrackConstraints => {
  const { width, height } = RESOLUTIONS[resolution];
  return { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30 } };
};

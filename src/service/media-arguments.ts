import type { Resolution } from '../media/devices.js';
import { assertOneOf, badRequest } from './arguments.js';

// Beside those in `arguments.ts`: what only loaded media code takes is checked in that code.

const RESOLUTION_NAMES: readonly Resolution[] = ['QVGA', 'VGA', 'SD', 'HD', 'FHD'];

export const assertResolution = (value: unknown): void => assertOneOf('resolution', RESOLUTION_NAMES, value);

export function assertVolume(value: unknown): void {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
    throw badRequest(`A volume is a number from 0 to 1, not “${String(value)}”.`);
  }
}

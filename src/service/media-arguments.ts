import type { Resolution } from '../media/devices.js';
import { assertOneOf, assertWithin } from './arguments.js';

// Beside those in `arguments.ts`: what only loaded media code takes is checked in that code.

const RESOLUTION_NAMES: readonly Resolution[] = ['QVGA', 'VGA', 'SD', 'HD', 'FHD'];

export const assertResolution = (value: unknown): void => assertOneOf('resolution', RESOLUTION_NAMES, value);

export const assertVolume = (value: unknown): void => assertWithin('volume', 0, 1, value);

import type { DeviceLists } from './devices.js';

// In a file of its own: a page without a call needs no more of devices than this.
export const NO_DEVICES: DeviceLists = Object.freeze({ videoinput: [], audioinput: [], audiooutput: [] });

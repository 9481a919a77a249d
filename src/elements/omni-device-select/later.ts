// What the element shows. Loaded once there is one on the page, beside the script that every page has.
import { enCall } from '../../locales/en-call.js';
import { enDevices } from '../../locales/en-devices.js';
import { addEnglish } from '../../locales/localize.js';

addEnglish(enCall);
addEnglish(enDevices);

export { DevicePanel } from './device-panel.js';
export { omniDeviceSelectStyles } from './omni-device-select.styles.js';

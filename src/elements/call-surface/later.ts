// What a call needs once it is connected, or over. Loaded then, and not before.
import { enDevices } from '../../locales/en-devices.js';
import { enLater } from '../../locales/en-later.js';
import { enMore } from '../../locales/en-more.js';
import { addEnglish } from '../../locales/localize.js';
import { deviceListsStyles } from '../omni-device-select/device-lists.styles.js';
import { chatStyles } from './chat.styles.js';
import { moreStyles } from './more.styles.js';
import { recordingStyles } from './recording.styles.js';
import { screenStyles } from './screen.styles.js';
import { summaryStyles } from './summary.styles.js';

addEnglish(enLater);
addEnglish(enDevices);
addEnglish(enMore);

export const laterStyles = [chatStyles, deviceListsStyles, moreStyles, recordingStyles, screenStyles, summaryStyles];
export { beside } from './beside.js';
export { DuringCall, type CallHost } from './during-call.js';
export { duringNotices } from './during-notices.js';
export { recordingControls } from './recording-controls.js';
export { endingWords } from './ending-words.js';
export { moreControl } from './more-panel.js';
export { ownQuality, peerQuality } from './quality.js';
export { summary } from './summary.js';

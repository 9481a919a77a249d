// What a call needs once it is connected, or over: messages and the summary. Loaded then, and not before.
import { enDevices } from '../../locales/en-devices.js';
import { enLater } from '../../locales/en-later.js';
import { addEnglish } from '../../locales/localize.js';
import { chatStyles } from './chat.styles.js';
import { summaryStyles } from './summary.styles.js';

addEnglish(enLater);
addEnglish(enDevices);

export const laterStyles = [chatStyles, summaryStyles];
export { chatPanel } from './chat-panel.js';
export { DuringCall } from './during-call.js';
export { duringNotices } from './during-notices.js';
export { endingWords } from './ending-words.js';
export { summary } from './summary.js';

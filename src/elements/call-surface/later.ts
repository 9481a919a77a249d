// What a call needs once it is connected, or over: messages and the summary. Loaded then, and not before.
import { enLater } from '../../locales/en-later.js';
import { addEnglish } from '../../locales/localize.js';
import { chatStyles } from './chat.styles.js';
import { summaryStyles } from './summary.styles.js';

addEnglish(enLater);

export const laterStyles = [chatStyles, summaryStyles];
export { chatPanel } from './chat-panel.js';
export { endingWords } from './ending-words.js';
export { summary } from './summary.js';

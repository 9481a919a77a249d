// The calls that were missed. Loaded where there are some, beside the script that every page has.
import { enCall } from '../../locales/en-call.js';
import { enLater } from '../../locales/en-later.js';
import { addEnglish } from '../../locales/localize.js';

addEnglish(enCall);
addEnglish(enLater);

export { MissedCalls } from './missed-calls.js';
export { missedCallsStyles } from './missed-calls.styles.js';

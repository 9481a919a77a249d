// The page that a frame shows where no script may stand: a call, as its address says. No token: addresses get about.
import { blockedByPolicy } from '../media/policy.js';
import { languageFor } from '../locales/languages.js';
import type { OmniErrorEvent } from '../events.js';
import { EMBED_WORDS } from './embed-words.js';

/** What the address may say, as the tag's attributes. Not the server: the page grants its devices to its own alone. */
const ATTRIBUTES = ['key', 'callee', 'call-type', 'display-name', 'lang'];

/** What the frame needs. */
const ALLOW = 'allow="camera; microphone; display-capture; autoplay; fullscreen; speaker-selection"';

const given = new URLSearchParams(location.search);
const language = languageFor(given.get('lang') || navigator.language);
const words = EMBED_WORDS[language];
const place = document.querySelector('main');

function isBlocked(): boolean {
  const needed = given.get('call-type') === 'audiocall' ? ['microphone'] : ['camera', 'microphone'];
  return needed.some(blockedByPolicy);
}

/** Says what the frame is missing. */
function showBlocked(): void {
  if (document.querySelector('[role=alert]')) return;
  const alert = document.createElement('div');
  const sentence = document.createElement('p');
  const attribute = document.createElement('code');
  alert.setAttribute('role', 'alert');
  sentence.textContent = words.blocked;
  attribute.textContent = ALLOW;
  attribute.dir = 'ltr';
  alert.append(sentence, attribute);
  place?.prepend(alert);
}

function showCall(): void {
  const tag = document.createElement('omni-call');
  tag.addEventListener('omni-error', handleError);
  tag.setAttribute('server', new URL('.', location.href).href);
  for (const name of ATTRIBUTES) {
    const value = given.get(name);
    if (value) tag.setAttribute(name, value);
  }
  place?.append(tag);
}

/** Whoever puts the frame on a page looks for what is wrong in the console. */
function handleError({ code, message }: OmniErrorEvent): void {
  console.error(`${code}: ${message}`);
  if (code === 'permission-blocked-by-policy') showBlocked();
}

document.documentElement.lang = language;
document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
document.title = words.title;
if (isBlocked()) showBlocked();
else showCall();

import type { MoreStrings } from '../../locales/strings.js';

export type ShortcutName = 'microphone' | 'talk' | 'camera' | 'screen' | 'messages' | 'pip' | 'full' | 'more';

/** Letters, since a call has few of them; they count only while the focus is in the widget and not in a text. */
export const SHORTCUTS = {
  m: 'microphone',
  t: 'talk',
  v: 'camera',
  s: 'screen',
  c: 'messages',
  p: 'pip',
  f: 'full',
  '?': 'more',
} as const satisfies Readonly<Record<string, ShortcutName>>;

export const SHORTCUT_WORDS = {
  microphone: 'toggleMicrophone',
  talk: 'holdToTalk',
  camera: 'toggleCamera',
  screen: 'toggleScreen',
  messages: 'toggleMessages',
  pip: 'pictureInPicture',
  full: 'fullScreen',
  more: 'toggleMore',
} as const satisfies Readonly<Record<ShortcutName, keyof MoreStrings>>;

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'>;

/** What a key stands for; null: nothing. On keyboards without Latin letters it is the key in that place that counts. */
export function shortcutOf({ key, code, ctrlKey, altKey, metaKey, isComposing }: Key): ShortcutName | null {
  if (ctrlKey || altKey || metaKey || isComposing) return null;
  const pressed = key.toLowerCase();
  const isLatin = /^[ -~]$/.test(pressed);
  const letter = isLatin ? pressed : code.startsWith('Key') ? code.slice(3).toLowerCase() : '';
  return Object.hasOwn(SHORTCUTS, letter) ? SHORTCUTS[letter as keyof typeof SHORTCUTS] : null;
}

/** Whether whoever types there means text, and no shortcut. */
export const takesText = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type="range"], [type="checkbox"])'));

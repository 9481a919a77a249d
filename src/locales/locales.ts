import { addLanguage } from './localize.js';
import type { Strings } from './strings.js';

const LOADERS: Readonly<Record<string, () => Promise<{ default: Strings }>>> = {
  ko: () => import('./ko.js'),
};

const loading = new Map<string, Promise<void>>();

/** Gets the texts of a language, as `ko` or `ko-kr`, if there are any; elements show them once they are here. */
export async function loadLocale(language: string): Promise<void> {
  const code = language in LOADERS ? language : (language.split('-')[0] ?? '');
  const load = LOADERS[code];
  if (!load) return;
  let loaded = loading.get(code);
  if (!loaded) {
    loaded = load().then(({ default: strings }) => addLanguage(strings));
    loading.set(code, loaded);
    // Without them English stays, and the next element tries again.
    loaded.catch(() => loading.delete(code));
  }
  return loaded;
}

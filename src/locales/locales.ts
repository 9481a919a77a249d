import { registerTranslation } from '@shoelace-style/localize';
import en from './en.js';
import type { Strings } from './strings.js';

// English is always there, for languages that there are no texts in.
registerTranslation(en);

const LOADERS: Readonly<Record<string, () => Promise<{ default: Strings }>>> = {
  ko: () => import('./ko.js'),
};

const loading = new Map<string, Promise<void>>();

/** Gets the texts of a language, as `ko` or `ko-KR`, if there are any; elements show them once they are here. */
export async function loadLocale(language: string): Promise<void> {
  const code = language.toLowerCase().split(/[-_]/)[0] ?? '';
  const load = LOADERS[code];
  if (!load) return;
  const already = loading.get(code);
  if (already) return already;
  const loaded = load().then(({ default: strings }) => registerTranslation(strings));
  loading.set(code, loaded);
  // Without them English stays, and the next element tries again.
  loaded.catch(() => loading.delete(code));
  return loaded;
}

import type { Language } from './languages.js';
import { addLanguage } from './localize.js';
import type { Strings } from './strings.js';

/** English is there from the start. */
const LOADERS: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ default: Strings }>>> = {
  ar: () => import('./ar.js'),
  de: () => import('./de.js'),
  es: () => import('./es.js'),
  fr: () => import('./fr.js'),
  ja: () => import('./ja.js'),
  ko: () => import('./ko.js'),
  'pt-br': () => import('./pt-br.js'),
  vi: () => import('./vi.js'),
  'zh-cn': () => import('./zh-cn.js'),
};

const loading = new Map<Language, Promise<void>>();

/** Gets the texts of a language; elements show them once they are here. */
export async function loadLocale(language: Language): Promise<void> {
  if (language === 'en') return;
  let loaded = loading.get(language);
  if (!loaded) {
    loaded = LOADERS[language]().then(({ default: strings }) => addLanguage(language, strings));
    loading.set(language, loaded);
    // Without them English stays, and the next element tries again.
    loaded.catch(() => loading.delete(language));
  }
  return loaded;
}

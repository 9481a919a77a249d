import type { ReactiveController, ReactiveElement } from 'lit';
import { enPage } from './en-page.js';
import { languageFor, type Language } from './languages.js';
import type { Strings } from './strings.js';

/** English, as far as it is loaded: for languages that there are no texts in. */
const english: Partial<Strings> = { ...enPage };
const languages = new Map<Language, Strings>();
const hosts = new Set<ReactiveElement>();

const update = (): void => {
  for (const host of hosts) host.requestUpdate();
};

/** More of the English texts, with the part of the widget that says them. */
export function addEnglish(strings: Partial<Strings>): void {
  Object.assign(english, strings);
}

/** The texts of a language, for all elements that speak it. */
export function addLanguage(language: Language, strings: Strings): void {
  languages.set(language, strings);
  update();
}

let ofPage: MutationObserver | null = null;

/** Follows the page's language for as long as an element is there. */
function followPage(): void {
  if (hosts.size === 0) {
    ofPage?.disconnect();
    ofPage = null;
  } else if (!ofPage) {
    ofPage = new MutationObserver(update);
    ofPage.observe(document.documentElement, { attributeFilter: ['lang'] });
  }
}

type Args<Text> = Text extends (...args: infer Given) => string ? Given : [];

/** Speaks the language of its element, else the page's, else the browser's. */
export class Localize implements ReactiveController {
  readonly #host: ReactiveElement;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    hosts.add(this.#host);
    followPage();
  }

  hostDisconnected(): void {
    hosts.delete(this.#host);
    followPage();
  }

  get language(): Language {
    return languageFor(this.#host.lang || document.documentElement.lang || navigator.language);
  }

  /** Which way the texts run that the element shows. */
  get dir(): 'ltr' | 'rtl' {
    return languages.get(this.language)?.$dir ?? 'ltr';
  }

  term<Key extends keyof Strings>(key: Key, ...args: Args<Strings[Key]>): string {
    const text: unknown = languages.get(this.language)?.[key] ?? english[key];
    return typeof text === 'function' ? (text(...args) as string) : String(text ?? '');
  }
}

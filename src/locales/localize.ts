import type { ReactiveController, ReactiveElement } from 'lit';
import { enPage } from './en-page.js';
import type { Strings } from './strings.js';

/** English, as far as it is loaded: for languages that there are no texts in. */
const english: Partial<Strings> = { ...enPage };
const languages = new Map<string, Partial<Strings>>();
const hosts = new Set<ReactiveElement>();

const update = (): void => {
  for (const host of hosts) host.requestUpdate();
};

/** More of the English texts, with the part of the widget that says them. */
export function addEnglish(strings: Partial<Strings>): void {
  Object.assign(english, strings);
}

/** The texts of a language, for all elements that speak it. */
export function addLanguage(strings: Strings): void {
  languages.set(strings.$code.toLowerCase(), strings);
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

  /** In lower case, as `ko` or `pt-br`. */
  lang(): string {
    const tag = this.#host.lang || document.documentElement.lang || navigator.language;
    return tag.toLowerCase().replaceAll('_', '-');
  }

  term<Key extends keyof Strings>(key: Key, ...args: Args<Strings[Key]>): string {
    const lang = this.lang();
    const own = languages.get(lang) ?? languages.get(lang.split('-')[0] ?? '');
    const text: unknown = own?.[key] ?? english[key];
    return typeof text === 'function' ? (text(...args) as string) : String(text ?? '');
  }
}

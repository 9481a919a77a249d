/** The languages that there are texts in. English is the one that all else falls back to. */
export const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'ja', 'ko', 'pt-br', 'vi', 'zh-cn'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Readers of these understand the texts that there are. Traditional Chinese is not among them. */
const NEAREST: ReadonlyMap<string, Language> = new Map([
  ['pt', 'pt-br'],
  ['zh', 'zh-cn'],
  ['zh-hans', 'zh-cn'],
  ['zh-sg', 'zh-cn'],
]);

const isLanguage = (code: string): code is Language => (LANGUAGES as readonly string[]).includes(code);

/** The language to speak to somebody who asks for `tag`, as `ko-KR`. */
export function languageFor(tag: string): Language {
  const code = tag.toLowerCase().replaceAll('_', '-');
  const [primary = '', second = ''] = code.split('-');
  const wider = primary === 'zh' && second ? `zh-${second}` : primary;
  return [code, wider].map((each) => (isLanguage(each) ? each : NEAREST.get(each))).find((found) => found) ?? 'en';
}

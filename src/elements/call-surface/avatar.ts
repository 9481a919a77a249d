import { html, type TemplateResult } from 'lit';

const SEGMENTER = 'Segmenter' in Intl ? new Intl.Segmenter() : null;

/** The first character as people count them: an emoji is one. */
function first(word: string): string {
  for (const { segment } of SEGMENTER?.segment(word) ?? []) return segment;
  return [...word][0] ?? '';
}

/** One or two characters for a name: of the first word and the last. */
function initialsOf(name: string): string {
  const words = name.split(/[\s._@-]+/u);
  const named = words.filter((word) => /^[\p{L}\p{Extended_Pictographic}]/u.test(word));
  const [one = '', last = ''] = [named[0] ?? words[0], named.length > 1 ? named.at(-1) : ''];
  return `${first(one)}${first(last)}`.toLocaleUpperCase() || '?';
}

/** Degrees from green over blue to red, for what lies between looks like mud: the same for the same id, everywhere. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (const char of id) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  return 150 + ((hash >>> 0) % 240);
}

export const avatar = (name: string): TemplateResult =>
  html`<div part="avatar" class="avatar" aria-hidden="true"><span>${initialsOf(name)}</span></div>`;

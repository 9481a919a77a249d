import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A fenced block of a page of the documentation, or code within a sentence. */
export interface Snippet {
  language: string;
  code: string;
  /** The page's file and the block's line in it. */
  where: string;
}

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'AGENTS.md', 'scripts/docs/llms-head.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
]
  .filter((name) => name.endsWith('.md') && !name.startsWith('docs/dist/'))
  // A listing is a file of an app that has a test of its own (scripts/listings.mjs).
  .map((file) => ({
    file,
    text: readFileSync(join(ROOT, file), 'utf8').replaceAll(/<!-- listing: [^]*?\n```\n/g, blank),
  }));

/** As many lines with nothing on them. */
function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, '');
}

const BLOCK = /^( *)```(\w*)\n([^]*?)^\1```$/gm;
const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

const all = pages.flatMap(({ file, text }) =>
  [...text.matchAll(BLOCK)].map(({ index, 1: indent = '', 2: language = '', 3: code = '' }) => ({
    language,
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    where: `${file}:${lineOf(text, index)}`,
  })),
);

/** The blocks of these languages, in all pages; without any, all of them. */
export const snippets = (...languages: string[]): Snippet[] =>
  all.filter(({ language }) => languages.length === 0 || languages.includes(language));

/** The code within the sentences of all pages. */
export const inlineCode = (): Snippet[] =>
  pages.flatMap(({ file, text }) => {
    const sentences = text.replaceAll(BLOCK, blank);
    return [...sentences.matchAll(/`([^`\n]+)`/g)].map(({ index, 1: code = '' }) => ({
      language: '',
      code,
      where: `${file}:${lineOf(sentences, index)}`,
    }));
  });

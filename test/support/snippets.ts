import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A fenced block of a page of the documentation. */
export interface Snippet {
  language: string;
  code: string;
  /** The page's file and the block's line in it. */
  where: string;
}

/** Pages whose listings are files of apps that have tests of their own. */
const TESTED_ELSEWHERE = /^docs\/(dist|frameworks)\//;

const files = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'scripts/docs/llms-head.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
].filter((name) => name.endsWith('.md') && !TESTED_ELSEWHERE.test(name));

function snippetsOf(file: string): Snippet[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^( *)```(\w*)\n([^]*?)^\1```$/gm)].map(
    ({ index, 1: indent = '', 2: language = '', 3: code = '' }) => ({
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      where: `${file}:${text.slice(0, index).split('\n').length}`,
    }),
  );
}

const all = files.flatMap(snippetsOf);

/** The blocks of these languages, in all pages. */
export const snippets = (...languages: string[]): Snippet[] =>
  all.filter(({ language }) => languages.includes(language));

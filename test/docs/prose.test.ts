import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { inlineCode, ROOT, snippets, type Snippet } from '../support/snippets.js';

interface Named {
  name: string;
}
interface Declaration {
  tagName?: string;
  attributes?: Named[];
  events?: Named[];
  cssParts?: Named[];
  cssProperties?: Named[];
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const json = (path: string): unknown => JSON.parse(read(path));

const { modules } = json('custom-elements.json') as { modules: { declarations?: Declaration[] }[] };
const elements = modules.flatMap(({ declarations = [] }) => declarations.filter(({ tagName }) => tagName));
const told = (kind: 'events' | 'cssParts' | 'cssProperties'): Set<string> =>
  new Set(elements.flatMap((element) => element[kind]?.map(({ name }) => name) ?? []));
const tags = new Map(elements.map(({ tagName, attributes }) => [tagName, attributes?.map(({ name }) => name) ?? []]));

const { scripts, exports } = json('package.json') as { scripts: Record<string, string>; exports: object };
/** Where the settings are read that a shell is shown to set. */
const settings = ['server/config.ts', 'server/api/api.ts', 'deploy/compose.yaml', 'Containerfile', 'scripts/start.mjs']
  .map(read)
  .join();

/** What is wrong with a piece of code of one line, in words. */
function wrongIn(code: string): string[] {
  const wrong: string[] = [];
  const check = (isSo: boolean, what: string): void => void (isSo || wrong.push(what));
  for (const [, tag = '', attributes = ''] of code.matchAll(/<(omni-[a-z-]+)([^>{]*)>/g)) {
    check(tags.has(tag), `there is no <${tag}>`);
    for (const [, name = ''] of attributes.matchAll(/\s([a-z][a-z-]*)(?=[\s=/>]|$)/g))
      check(['slot', 'hidden', 'id', ...(tags.get(tag) ?? [])].includes(name), `<${tag}> has no ${name}`);
  }
  for (const [, name = ''] of code.matchAll(/::part\(([a-z-]+)\)/g))
    check(told('cssParts').has(name), `no part ${name}`);
  for (const [name] of code.matchAll(/--omni-[a-z-]+/g)) check(told('cssProperties').has(name), `no property ${name}`);
  for (const [, path = ''] of code.matchAll(/(?:^|['"\s])omni-call\/([a-z-]+(?:\.json)?)(?=$|['"\s])/g))
    check(`./${path}` in exports, `no omni-call/${path}`);
  for (const [, name = ''] of code.matchAll(/\bnpm (?:run )?(start|test|(?<=run )[a-z:-]+)/g))
    check(name in scripts, `no npm script ${name}`);
  for (const [, path = ''] of code.matchAll(/\bnode (?:node_modules\/omni-call\/)?((?:scripts|server)\/\S+\.m?js)/g))
    check(existsSync(join(ROOT, path)), `no ${path}`);
  for (const [, name = ''] of code.matchAll(/(?:^|\s)([A-Z][A-Z_]+)=/g))
    check(settings.includes(name), `no setting ${name}`);
  return wrong;
}

const complaints = (all: readonly Snippet[]): string[] =>
  all.flatMap(({ code, where }) => wrongIn(code).map((wrong) => `${where}: ${wrong}`));

describe('what the documentation names', () => {
  it('is there: tags, attributes, parts, properties, commands and settings within its sentences', () => {
    const found = inlineCode();
    assert.ok(found.length > 500, `${found.length} were found`);
    assert.deepEqual(complaints(found), []);
  });

  it('is there in what a shell or a style sheet is shown', () => {
    assert.deepEqual(complaints(snippets('sh', 'css')), []);
  });

  it('is not missed by this very test', () => {
    const bad = ['<omni-cal>', '<omni-call calee="bob">', '--omni-acent', 'npm run nothing', 'RING_TIMEOT=3 npm start'];
    for (const code of [...bad, 'node scripts/nothing.mjs', 'omni-call/defines', 'omni-call::part(nothing)'])
      assert.equal(wrongIn(code).length, 1, code);
  });

  it('has no block of a language that no test reads', () => {
    const tested = ['html', 'css', 'js', 'ts', 'tsx', 'json', 'sh', 'http'];
    const others = snippets().filter(({ language }) => !tested.includes(language));
    assert.deepEqual(
      others.map(({ where }) => where),
      [],
    );
  });
});

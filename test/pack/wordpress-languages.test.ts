import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { ROOT } from './packed.js';

const { keyOf, readPo } = (await import(join(ROOT, 'scripts/gettext.mjs'))) as {
  keyOf(text: string, context?: string): string;
  readPo(source: string): Map<string, string>;
};

const PLUGIN = join(ROOT, 'cms/wordpress/omni-call');
const CALL = /\b(?:esc_html|esc_attr)?_{1,2}e?\(\s*'([^']*)',\s*'omni-call'/g;

/** Everything that the plugin says, by the keys of its translations. */
async function textsOf(): Promise<Set<string>> {
  const texts = new Set<string>();
  for (const file of await readdir(PLUGIN, { recursive: true })) {
    if (!/\.(php|js)$/.test(file)) continue;
    for (const [, text = ''] of (await readFile(join(PLUGIN, file), 'utf8')).matchAll(CALL)) texts.add(text);
  }
  const header = await readFile(join(PLUGIN, 'omni-call.php'), 'utf8');
  texts.add(/Description: +(.*)/.exec(header)?.[1] ?? '');
  const block = JSON.parse(await readFile(join(PLUGIN, 'block/block.json'), 'utf8')) as Record<string, string> & {
    keywords: string[];
  };
  texts.add(keyOf(block['title'] ?? '', 'block title')).add(keyOf(block['description'] ?? '', 'block description'));
  for (const word of block.keywords) texts.add(keyOf(word, 'block keyword'));
  return texts;
}

describe('the WordPress plugin speaks', () => {
  let texts: Set<string>;

  before(async () => {
    texts = await textsOf();
  });

  for (const locale of ['ar', 'de_DE', 'es_ES', 'fr_FR', 'ja', 'ko_KR', 'pt_BR', 'vi', 'zh_CN']) {
    it(`${locale}, every text of it and no other`, async () => {
      const translations = readPo(await readFile(join(PLUGIN, `languages/omni-call-${locale}.po`), 'utf8'));
      translations.delete('');
      assert.deepEqual([...translations.keys()].sort(), [...texts].sort());
      for (const [text, translation] of translations) assert.ok(translation, text);
    });
  }
});

// The translations of the WordPress plugin, from the .po files that translators edit to the two forms that WordPress reads.

/** An entry's key, as WordPress's own: the context, where there is one, before the text. */
export const keyOf = (text, context) => (context === undefined ? text : `${context}\u0004${text}`);

/** Reads a .po file whose texts are each on one line, but for the header's. Gives the translations by their keys. */
export function readPo(source) {
  const entries = new Map();
  for (const block of source.split(/\n{2,}/)) {
    const text = (field) =>
      block
        .match(new RegExp(`^${field} (".*"(?:\\n".*")*)`, 'm'))?.[1]
        .split('\n')
        .map((line) => JSON.parse(line))
        .join('');
    if (text('msgid') !== undefined) entries.set(keyOf(text('msgid'), text('msgctxt')), text('msgstr'));
  }
  return entries;
}

/** A .mo file: a head of seven numbers, two tables of lengths and places, and the texts, each ended by a zero. */
export function writeMo(entries) {
  const sorted = [...entries].map((pair) => pair.map((text) => Buffer.from(text))).sort(([a], [b]) => a.compare(b));
  const head = 28;
  const tables = Buffer.alloc(head + sorted.length * 16);
  [0x950412de, 0, sorted.length, head, head + sorted.length * 8, 0, tables.length].forEach((number, at) =>
    tables.writeUInt32LE(number, at * 4),
  );
  const texts = [];
  let place = tables.length;
  [0, 1].forEach((side) =>
    sorted.forEach((pair, index) => {
      const at = head + (side * sorted.length + index) * 8;
      tables.writeUInt32LE(pair[side].length, at);
      tables.writeUInt32LE(place, at + 4);
      texts.push(pair[side], Buffer.alloc(1));
      place += pair[side].length + 1;
    }),
  );
  return Buffer.concat([tables, ...texts]);
}

/** What a script's `wp.i18n` is given. */
export const writeJed = (entries, locale) =>
  JSON.stringify({
    domain: 'messages',
    locale_data: {
      messages: {
        '': { domain: 'messages', lang: locale },
        ...Object.fromEntries([...entries].filter(([key]) => key !== '').map(([key, text]) => [key, [text]])),
      },
    },
  });

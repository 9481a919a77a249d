// A listing in the documentation is a file of an app that the tests build and call with.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './prepare.mjs';

const FOLDER = join(ROOT, 'docs/frameworks');
const LISTING = /<!-- listing: (?<file>\S+) -->\s+```\w+\n(?<text>.*?)\n```/gs;

/** Throws where a listing is not what its file is, or a page has none. */
export function checkListings() {
  for (const page of readdirSync(FOLDER)) {
    const listings = [...readFileSync(join(FOLDER, page), 'utf8').matchAll(LISTING)];
    if (listings.length === 0) throw new Error(`docs/frameworks/${page} has no listing.`);
    for (const { groups } of listings) {
      if (readFileSync(join(ROOT, groups.file), 'utf8').trimEnd() !== groups.text)
        throw new Error(`docs/frameworks/${page} shows ${groups.file} as it is not.`);
    }
  }
}

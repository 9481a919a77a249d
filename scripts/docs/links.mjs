// Where the links between the repository's files lead in the site; a link that leads nowhere is an error.
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from '../prepare.mjs';

const IMAGE = /\.(png|svg|webp)$/;

/** `pages`: all of the site. Follows the links of one page after the other, and tells afterwards which were wrong. */
export class Links {
  /** Files that the site has to have beside its pages. */
  images = new Set();
  #pages;
  #wanted = [];
  #targets = new Map();
  #wrong = [];

  constructor(pages) {
    this.#pages = new Map(pages.map((page) => [page.source, page]));
  }

  /** The address for `href` as written in `page`; null where the site has nothing to link to. */
  follow(page, href) {
    if (/^[a-z]+:/.test(href)) return href;
    const [path, hash] = href.split('#');
    const source = path === '' ? page.source : posix.join(posix.dirname(page.source), path);
    const target = this.#pages.get(source);
    if (target) {
      if (hash) this.#wanted.push({ page, href, target, hash });
      return relative(page, target.href) + (hash ? `#${hash}` : '');
    }
    const isFile = existsSync(join(ROOT, source));
    if (!isFile) this.#wrong.push(`${page.source} links to ${href}, which is not there.`);
    if (!isFile || !IMAGE.test(source)) return null;
    this.images.add(source);
    return relative(page, source.replace(/^docs\//, ''));
  }

  /** Notes which headings a page has. */
  targets(page, headings) {
    this.#targets.set(page, new Set(headings.map(({ id }) => id)));
  }

  /** Throws where a link of any page leads nowhere. */
  assertRight() {
    for (const { page, href, target, hash } of this.#wanted) {
      if (!this.#targets.get(target)?.has(hash))
        this.#wrong.push(`${page.source}: no heading is named as ${href} says.`);
    }
    if (this.#wrong.length > 0) throw new Error(this.#wrong.join('\n'));
  }
}

/** From one page of the site to another of its files. */
export const relative = (page, path) => posix.relative(posix.dirname(page.out), path);

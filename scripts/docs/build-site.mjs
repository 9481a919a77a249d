// The documentation as a site: every page of the site map as HTML, and as the Markdown that llms.txt links to.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../prepare.mjs';
import { Links } from './links.mjs';
import { llmsText } from './llms.mjs';
import { render } from './markdown.mjs';
import { siteMap } from './site-map.mjs';
import { template } from './template.mjs';

const read = (path) => readFileSync(join(ROOT, path), 'utf8');

/** Writes the site into a folder, which it empties first. Throws where a link leads nowhere. Returns its pages. */
export function buildSite(folder) {
  const sections = siteMap();
  const pages = sections.flatMap((section) => section.pages);
  const links = new Links(pages);
  const { version } = JSON.parse(read('package.json'));

  const texts = pages.map((page) => {
    const { html, headings } = render(page.markdown, (href) => links.follow(page, href));
    links.targets(page, headings);
    return { page, text: template({ page, sections, html, headings, version }) };
  });
  links.assertRight();

  rmSync(folder, { recursive: true, force: true });
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const { page, text } of texts) {
    write(page.href, text);
    write(page.out, page.markdown);
  }
  write('site.css', read('scripts/docs/site.css'));
  write('llms.txt', llmsText(sections, read('scripts/docs/llms-head.md')));
  for (const image of links.images) cpSync(join(ROOT, image), join(folder, image.replace(/^docs\//, '')));
  return pages;
}

// A whole page of the site around a text.
import { relative } from './links.mjs';
import { escape } from './markdown.mjs';

function navigation(sections, current) {
  const item = (page) =>
    `<li><a href="${relative(current, page.href)}"${page === current ? ' aria-current="page"' : ''}>${escape(page.title)}</a></li>`;
  return sections
    .map(({ title, pages }) => `<h2>${escape(title)}</h2>\n<ul>${pages.map(item).join('')}</ul>`)
    .join('\n');
}

function contents(headings) {
  const shown = headings.filter(({ depth }) => depth === 2);
  if (shown.length < 2) return '';
  const items = shown.map(({ id, html }) => `<li><a href="#${id}">${html.replace(/<\/?a[^>]*>/g, '')}</a></li>`);
  return `<nav class="contents" aria-labelledby="contents"><h2 id="contents">On this page</h2><ul>${items.join('')}</ul></nav>`;
}

function neighbours(sections, current) {
  const pages = sections.flatMap((section) => section.pages);
  const at = pages.indexOf(current);
  const step = (page, rel, words) =>
    page
      ? `<a rel="${rel}" href="${relative(current, page.href)}"><small>${words}</small>${escape(page.title)}</a>`
      : '';
  return `<nav class="neighbours" aria-label="Next to this page">${step(pages[at - 1], 'prev', 'Before')}${step(pages[at + 1], 'next', 'Next')}</nav>`;
}

/** `version`: the package's. */
export function template({ page, sections, html, headings, version }) {
  const home = relative(page, 'index.html');
  const menu = navigation(sections, page);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${escape(page.title)} – omni-call</title>
<link rel="icon" href="data:," />
<link rel="stylesheet" href="${relative(page, 'site.css')}" />
</head>
<body>
<a class="skip" href="#text">To the text</a>
<header><a class="home" href="${home}">omni-call</a> <small>${escape(version)}</small></header>
<details class="menu"><summary>All pages</summary><nav aria-label="All pages">${menu}</nav></details>
<div class="page">
<nav class="side" aria-label="Pages">${menu}</nav>
<main id="text">${html}${neighbours(sections, page)}</main>
${contents(headings)}
</div>
</body>
</html>
`;
}

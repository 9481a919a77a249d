// Markdown to HTML: headings that can be linked to, highlighted code, tables that scroll by themselves.
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import http from 'highlight.js/lib/languages/http';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import php from 'highlight.js/lib/languages/php';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { Marked } from 'marked';

const LANGUAGES = { bash, css, http, javascript, json, php, typescript, xml, yaml };
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);
hljs.registerAliases(['vue', 'svelte'], { languageName: 'xml' });

export const escape = (text) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);

/** As repository hosts name headings, so that a link works in both places. */
const slug = (text) =>
  text
    .toLowerCase()
    .replace(/<[^>]*>|&[a-z]+;|`/g, '')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

/**
 * `link` is given each link's and picture's address, and gives the one to use, or null for words without a link.
 * Returns the HTML and the headings, of which `id` is the target.
 */
export function render(markdown, link) {
  const headings = [];
  const seen = new Map();
  const idOf = (text) => {
    const base = slug(text);
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return count === 0 ? base : `${base}-${count}`;
  };
  const renderer = {
    heading({ tokens, depth, text }) {
      const id = idOf(text);
      const html = this.parser.parseInline(tokens);
      headings.push({ id, depth, html });
      return `<h${depth} id="${id}">${html}</h${depth}>\n`;
    },
    link({ href, tokens }) {
      const to = link(href);
      const html = this.parser.parseInline(tokens);
      return to === null ? html : `<a href="${escape(to)}">${html}</a>`;
    },
    image({ href, text }) {
      return `<img src="${escape(link(href) ?? '')}" alt="${escape(text)}" />`;
    },
    code({ text, lang = '' }) {
      const known = hljs.getLanguage(lang) ? hljs.highlight(text, { language: lang }).value : escape(text);
      return `<pre tabindex="0"><code>${known}</code></pre>\n`;
    },
  };
  const marked = new Marked({ renderer });
  const html = marked
    .parse(markdown)
    .replaceAll('<table>', '<div class="table" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
  return { html, headings };
}

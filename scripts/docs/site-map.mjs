// Which pages the documentation has, and in which order: files of the repository, and pages written from the sources.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from '../prepare.mjs';
import { elementPages } from './element-pages.mjs';
import { servicePages } from './service-pages.mjs';

const folder = (path) =>
  existsSync(join(ROOT, path))
    ? readdirSync(join(ROOT, path))
        .filter((name) => name.endsWith('.md'))
        .sort()
        .map((name) => posix.join(path, name))
    : [];

const inDocs = (...names) => names.map((name) => `docs/${name}.md`);

const LISTED = [
  { title: 'Start', files: inDocs('README', 'start') },
  {
    title: 'How to',
    files: [
      ...inDocs('guide/call-button', 'guide/be-rung', 'guide/devices', 'guide/events', 'guide/script', 'guide/theme'),
      ...inDocs('guide/web-push', 'guide/take-over', 'guide/visitors', 'recording', 'back-end', 'cms', 'csp'),
    ],
  },
  { title: 'Frameworks', files: folder('docs/frameworks') },
  { title: 'Moving over', files: inDocs('moving/from-omnitalk', 'moving/from-peerjs', 'moving/from-livekit-client') },
  { title: 'Server and operations', files: [...inDocs('deploy', 'server-cost'), 'SECURITY.md'] },
  {
    title: 'Behind it',
    files: [
      ...inDocs('states', 'call-situations', 'devices', 'first-frame'),
      ...folder('docs/decisions'),
      ...['README.md', 'AGENTS.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
    ],
  },
];

/** What no section lists, so that a new page is never left out. */
function unlisted() {
  const listed = new Set(LISTED.flatMap(({ files }) => files));
  const all = readdirSync(join(ROOT, 'docs'), { recursive: true })
    .map((name) => posix.join('docs', name.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.md') && !path.startsWith('docs/dist/') && !listed.has(path));
  return { title: 'More', files: all.sort() };
}

/** Where a title would say too little among the others. */
const TITLES = { 'docs/README.md': 'What there is', 'README.md': 'At a glance, measured' };

const outOf = (path) =>
  path
    .replace(/^docs\/README\.md$/, 'index.md')
    .replace(/^docs\//, '')
    .toLowerCase();

const titleOf = (markdown) => (/^# (.+)$/m.exec(markdown)?.[1] ?? 'Untitled').replaceAll('`', '');

/** `source`: where the text is kept in the repository, by which links name it. `out`: its path in the site. */
function page(source, markdown) {
  const out = outOf(source);
  return { source, markdown, title: TITLES[source] ?? titleOf(markdown), out, href: out.replace(/\.md$/, '.html') };
}

const filePage = (path) => page(path, readFileSync(join(ROOT, path), 'utf8'));

/** The sections of the site with their pages. */
export function siteMap() {
  const sections = [...LISTED, unlisted()].map(({ title, files }) => ({ title, pages: files.map(filePage) }));
  const reference = [...elementPages(), ...servicePages()].map(({ name, markdown }) =>
    page(`docs/reference/${name}.md`, markdown),
  );
  sections.splice(3, 0, { title: 'Reference', pages: reference });
  return sections.filter(({ pages }) => pages.length > 0);
}

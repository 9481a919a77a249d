import { readFile, rm } from 'node:fs/promises';
import { writeBlurFiles } from './scripts/blur-files.mjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

/** What livekit-client does to make browsers of years ago fit for WebRTC. */
const ADAPTER = /^adapterFactory\(\{[^}]*\}\);/m;

/** Every browser that the widget runs in (its styles need one of 2024 or later) is fit by itself. */
const withoutAdapter = {
  name: 'leave out webrtc-adapter',
  transform(code, id) {
    if (!id.endsWith('/livekit-client.esm.mjs')) return null;
    if (!ADAPTER.test(code)) this.error('livekit-client no longer calls webrtc-adapter as it did: look again.');
    return { code: code.replace(ADAPTER, ''), map: null };
  },
};

/** What LiveKit puts together for its log, where nothing else is done with it: new objects, and texts. */
const FOR_LOG =
  /Object\.assign\((?=(?:Object\.assign\()*\{)|(?<=\blog\.(?:debug|info|trace)\()(?="[^"\n]*"\.concat\()/g;

const withoutLogTexts = {
  name: 'mark what is made for the log as free of effects',
  transform: (code, id) =>
    id.endsWith('/livekit-client.esm.mjs') ? { code: code.replace(FOR_LOG, '/*#__PURE__*/$&'), map: null } : null,
};

const NO_LOG = '\0no-log';

/** All that the background's processor takes of LiveKit's client is a log, which is silent; the client stays in one file. */
const withoutLog = {
  name: 'leave out the log of the background processor',
  resolveId: (source, importer) =>
    source === 'livekit-client' && importer?.includes('/@livekit/track-processors/') ? NO_LOG : null,
  load: (id) =>
    id === NO_LOG ? 'export const getLogger = () => new Proxy({}, { get: () => () => undefined });' : null,
};

/** What TypeScript makes of decorators: a helper in each file, a use of it for each decorated thing, and how that ends for a field. */
const DECORATE = { helper: /^var __decorate = [^]*?^};$/m, use: /^__decorate\(\[$/gm, field: /^\], .+, void 0\);$/gm };

/** The decorators here tell Lit of a field and change nothing: the helper, made for every kind of them, need not do more. */
const withShortDecorate = {
  name: 'shorten the helper for decorators',
  transform(code, id) {
    if (!id.includes('/dist/elements/') || !DECORATE.helper.test(code)) return null;
    if (code.match(DECORATE.use)?.length !== code.match(DECORATE.field)?.length)
      this.error('Something else than a field is decorated: that takes the whole helper.');
    const helper = 'const __decorate = (all, target, key) => all.forEach((decorate) => decorate(target, key));';
    return { code: code.replace(DECORATE.helper, helper), map: null };
  },
};

/** Templates are indented for those who read the source, and styles explained. */
const withoutLayout = {
  name: 'take indents and the comments of styles out of templates',
  transform(code, id) {
    if (!id.includes('/dist/elements/')) return null;
    const bare = id.endsWith('.styles.js') ? code.replace(/\/\*[^]*?\*\//g, '') : code;
    return { code: bare.replace(/\n\s+/g, '\n'), map: null };
  },
};

const minified = terser({
  ecma: 2022,
  module: true,
  compress: {
    passes: 3,
    // Longer by themselves, shorter in brotli.
    inline: 1,
    sequences: false,
    // LiveKit's notes to its own developers.
    pure_funcs: ['debug', 'trace', 'info'].flatMap((level) => [`this.log.${level}`, `log.${level}`]),
  },
});

/** The single script that a page names, and the chunks beside it that it loads when they are needed. */
const widget = {
  input: { 'omni-call': 'dist/cdn.js' },
  output: {
    dir: 'dist',
    format: 'es',
    sourcemap: true,
    entryFileNames: '[name].js',
    // Each file names others, and chance does not compress: four bits a character instead of six.
    hashCharacters: 'hex',
    // A locale's chunk says so by its name: the size budget counts none of them.
    chunkFileNames: ({ facadeModuleId }) =>
      facadeModuleId?.includes('/locales/') ? 'chunks/locale-[name]-[hash].js' : 'chunks/[name]-[hash].js',
  },
  plugins: [
    {
      name: 'remove chunks of former builds',
      buildStart: () => rm('dist/chunks', { recursive: true, force: true }),
    },
    { name: 'files for blurring', writeBundle: () => writeBlurFiles('dist/blur') },
    withoutLog,
    nodeResolve({ browser: true }),
    withoutAdapter,
    withoutLogTexts,
    withShortDecorate,
    withoutLayout,
    minified,
  ],
};

/** The page that frames show, for sites whose pages can have no script. */
const embed = {
  input: 'dist/embed/embed.js',
  output: { file: 'dist/embed.js', format: 'es', sourcemap: true },
  plugins: [
    {
      name: 'copy the page and its style sheet',
      async generateBundle() {
        for (const fileName of ['embed.html', 'embed.css'])
          this.emitFile({ type: 'asset', fileName, source: await readFile(`src/embed/${fileName}`) });
      },
    },
    minified,
  ],
};

export default [widget, embed];

import { rm } from 'node:fs/promises';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

/** The single script that a page names, and the chunks beside it that it loads when they are needed. */
export default {
  input: { 'omni-call': 'dist/cdn.js' },
  output: {
    dir: 'dist',
    format: 'es',
    sourcemap: true,
    entryFileNames: '[name].js',
    // A locale's chunk says so by its name: the size budget counts none of them.
    chunkFileNames: ({ facadeModuleId }) =>
      facadeModuleId?.includes('/locales/') ? 'chunks/locale-[name]-[hash].js' : 'chunks/[name]-[hash].js',
  },
  plugins: [
    {
      name: 'remove chunks of former builds',
      buildStart: () => rm('dist/chunks', { recursive: true, force: true }),
    },
    nodeResolve({ browser: true }),
    terser({
      ecma: 2022,
      module: true,
      // LiveKit's notes to its own developers.
      compress: { passes: 2, pure_funcs: ['this.log.debug', 'this.log.trace', 'log.debug', 'log.trace'] },
    }),
  ],
};

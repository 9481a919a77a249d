import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { countBrowserTests } from './scripts/count-browser-tests.mjs';
import { launchOptions } from './test/support/browser-options.ts';
import { webkitLauncher } from './test/support/webkit-launcher.ts';

/** Run by scripts/test.mjs, which says where the browsers are and where the counts go. */
export default {
  files: ['test/unit/**/*.test.ts'],
  nodeResolve: true,
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.base.json' })],
  browsers: [
    puppeteerLauncher({ launchOptions: launchOptions('chromium') }),
    puppeteerLauncher({ launchOptions: launchOptions('firefox') }),
  ],
  groups: [
    {
      name: 'webkit',
      // Debian's WebKit has neither RTCPeerConnection nor a fake camera: all that needs no media.
      // It draws slowly under Xvfb: each state in each language would take it minutes, and is the other two's.
      files: [
        'test/unit/{elements,locales,service,signalling}/**/*.test.ts',
        '!test/unit/elements/{every-state,large-text}.test.ts',
      ],
      browsers: [webkitLauncher()],
    },
  ],
  // Only the page in front gets animation frames and timers at full speed.
  concurrency: 1,
  concurrentBrowsers: 2,
  testFramework: { config: { timeout: 10_000 } },
  testsFinishTimeout: 240_000,
  reporters: [defaultReporter({ reportTestProgress: false }), countBrowserTests(process.env.TEST_COUNTS)],
};

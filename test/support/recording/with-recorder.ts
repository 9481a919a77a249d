import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { LocalRecorder } from '../../../server/recording/local/local-recorder.js';
import { SIDES, type Side } from '../pair.js';
import { startStack, type Stack } from '../stack.js';

/** Servers that record, and a browser for each side: there from the first test until after the last. */
export interface Recorded {
  /** For files of the tests. */
  readonly folder: string;
  readonly stack: Stack;
  readonly browsers: Record<Side, Browser>;
}

/** To be called outside of tests. */
export function withRecorder(launch: (side: Side, folder: string) => Promise<Browser>): Recorded {
  let folder: string;
  let stack: Stack;
  let browsers: Record<Side, Browser>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'omni-call-recorded-'));
    stack = await startStack({
      recording: { recorder: new LocalRecorder({ limit: 2 }), dir: join(folder, 'recordings') },
    });
    const [caller, callee] = await Promise.all(SIDES.map((side) => launch(side, folder)));
    if (!caller || !callee) throw new Error('Each side has a browser of its own.');
    browsers = { caller, callee };
  });
  after(async () => {
    await Promise.all(Object.values(browsers ?? {}).map((browser) => browser.close()));
    await stack?.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder;
    },
    get stack() {
      return stack;
    },
    get browsers() {
      return browsers;
    },
  };
}

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { CallPage } from '../call-page.js';

/** Milliseconds between two looks for a recording that is being put away: a page may not ask without end. */
const LOOK_EVERY = 250;

/** A link to the recording, once it is there. */
export async function linkAt(page: CallPage, session: string): Promise<string> {
  for (const end = Date.now() + 20_000; ;) {
    try {
      return (await page.call('recordingLink', session)).url;
    } catch (error) {
      if (Date.now() > end) throw error;
      await wait(LOOK_EVERY);
    }
  }
}

/** The recording, fetched into that file. */
export async function fetched(page: CallPage, session: string, file: string): Promise<string> {
  const response = await fetch(await linkAt(page, session));
  assert.equal(response.status, 200);
  await writeFile(file, Buffer.from(await response.arrayBuffer()));
  return file;
}

/** Resolves once the call has lasted that long. */
export async function untilLasted({ page }: CallPage, seconds: number): Promise<void> {
  const hasLasted = (ms: number): boolean => Date.now() - (window.service.snapshot.call?.connectedAt ?? Infinity) > ms;
  await page.waitForFunction(hasLasted, { polling: 50, timeout: 60_000 }, seconds * 1000);
}

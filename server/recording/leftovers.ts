import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Time } from '../core/call.js';

/** Deletes what recorders that broke down left in the folder they write to, where nothing was written since that time. */
export async function removeLeftovers(folder: string, before: Time): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    // One that is made whole at this moment may be gone by now.
    const written = await stat(file).catch(() => null);
    if (written?.isFile() && written.mtimeMs < before) await rm(file, { force: true });
  }
}

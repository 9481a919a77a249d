import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SubjectName } from './subject.js';

export interface IdleSessions {
  close(): Promise<void>;
}

/** Opens that many sessions that say nothing more, from a process of their own. Resolves once all are open. */
export async function openIdle(subject: SubjectName, url: string, count: number): Promise<IdleSessions> {
  const child = fork(fileURLToPath(new URL('idle-process.ts', import.meta.url)), [subject, url, String(count)], {
    execArgv: ['--import=tsx'],
  });
  await Promise.race([
    once(child, 'message'),
    once(child, 'close').then(() => {
      throw new Error(`${count} idle sessions could not be opened.`);
    }),
  ]);
  return {
    close: async () => {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

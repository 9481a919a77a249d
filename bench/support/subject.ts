import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own. */
export interface Subject {
  readonly url: string;
  /** Milliseconds of processor time since its start. */
  cpu(): Promise<number>;
  /** Resident bytes, after a collection of garbage. */
  memory(): Promise<number>;
  close(): Promise<void>;
}

export type SubjectName = 'omni' | 'relay' | 'peerjs';

/** Starts a module of bench/subjects. */
export async function startSubject(name: SubjectName, env: Record<string, string> = {}): Promise<Subject> {
  const child = fork(fileURLToPath(new URL(`../subjects/${name}.ts`, import.meta.url)), [], {
    execArgv: ['--expose-gc', '--import=tsx'],
    env: { ...process.env, ...env },
  });
  const ended = once(child, 'close');
  const answer = async <T>(): Promise<T> => {
    const [given] = (await Promise.race([
      once(child, 'message'),
      ended.then(() => {
        throw new Error('The server under test ended.');
      }),
    ])) as [T];
    return given;
  };
  const ask = (what: 'cpu' | 'memory'): Promise<number> => {
    child.send(what);
    return answer<number>();
  };
  const { url } = await answer<{ url: string }>();
  return {
    url,
    cpu: () => ask('cpu'),
    memory: () => ask('memory'),
    close: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

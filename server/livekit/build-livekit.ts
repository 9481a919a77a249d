import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { onExit } from 'signal-exit';

export interface BuildOptions {
  /** The path of the `go` command. */
  go: string;
  version: string;
  /** An empty folder for the result. */
  into: string;
  env: Readonly<NodeJS.ProcessEnv>;
  log: (line: string) => void;
}

const PROGRESS_EVERY = 5000;

/** Builds `livekit-server` from its Go module. Resolves with its path; rejects with what Go had to say. */
export async function buildLivekit({ go, version, into, env, log }: BuildOptions): Promise<string> {
  const since = Date.now();
  const tell = (): void => {
    const seconds = Math.round((Date.now() - since) / 1000);
    log(`Building LiveKit ${version} with Go, once; about two minutes on two cores … ${seconds} s`);
  };
  tell();
  const child = spawn(go, ['install', `github.com/livekit/livekit-server/cmd/server@v${version}`], {
    env: { ...env, GOBIN: into },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const forget = onExit(() => void child.kill('SIGKILL'));
  const progress = setInterval(tell, PROGRESS_EVERY);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  try {
    // Whatever else this machine does in these minutes is what somebody waits for.
    if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`go install ended with ${code ?? 'a signal'}: ${said.trim()}`);
  } finally {
    clearInterval(progress);
    forget();
  }
  return join(into, process.platform === 'win32' ? 'server.exe' : 'server');
}

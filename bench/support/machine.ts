import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';

/** What a figure was measured on: nothing that names the machine or its owner. */
export interface Machine {
  cores: number;
  model: string;
  memoryGb: number;
  os: string;
  node: string;
  chromium: string;
}

const osName = (): string => {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? type();
  } catch {
    return type();
  }
};

export function describeMachine(): Machine {
  const [cpu] = cpus();
  const chromium = execFileSync(process.env['CHROMIUM_PATH'] ?? 'chromium', ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return {
    cores: cpus().length,
    model: cpu?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    os: osName(),
    node: process.version,
    chromium: /[\d.]+/.exec(chromium)?.[0] ?? 'unknown',
  };
}

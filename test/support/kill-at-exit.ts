import type { ChildProcess } from 'node:child_process';

const children = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
// The test runner ends a file that takes too long by this signal, on which Node would leave without a word.
process.once('SIGTERM', () => process.exit(143));

/** Sees to it that a child does not outlive this process. */
export function killAtExit(child: ChildProcess): void {
  children.add(child);
  child.once('close', () => children.delete(child));
}

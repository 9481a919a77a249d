import { readdirSync, readFileSync } from 'node:fs';

/** The fields of a process in /proc, from its state on. Throws when it is gone. */
export const statOf = (pid: string): string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** These processes and all that they started. */
export function familyOf(roots: readonly number[]): string[] {
  const parents = new Map<string, string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(pid, statOf(pid)[1] ?? '');
    } catch {
      // It has ended meanwhile.
    }
  }
  const family = new Set(roots.map(String));
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid);
  }
  return [...family];
}

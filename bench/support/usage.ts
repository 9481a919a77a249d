import { readFileSync } from 'node:fs';
import { familyOf, statOf } from '../../test/support/processes.js';

/** Milliseconds of one tick of the processor time in /proc, which Linux has fixed for programs. */
const TICK = 10;

/** What processes have used. */
export interface Used {
  /** Milliseconds of processor time. */
  cpu: number;
  /** Megabytes that are these processes' own share. */
  memory: number;
}

/** What these processes, with all that they started, have used since their beginning. */
export function usedByFamilies(roots: readonly number[]): Used {
  let [cpu, memory] = [0, 0];
  for (const pid of familyOf(roots)) {
    try {
      const fields = statOf(pid);
      cpu += (Number(fields[11]) + Number(fields[12])) * TICK;
      memory += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1000;
    } catch {
      // It has ended meanwhile.
    }
  }
  return { cpu, memory };
}

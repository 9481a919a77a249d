import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { launchBrowser } from '../../test/support/browsers.js';
import { startCall } from '../first-frame/call.js';
import { startContenders } from '../first-frame/contenders.js';
import { serveCallPages } from '../first-frame/pages.js';
import type { Measurement } from '../support/figures.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 4);
/** Milliseconds from the first frames: by then the pictures have found their rate. */
const SETTLES_IN = 8_000;
/** Milliseconds. */
const MEASURED_FOR = 10_000;

/** Milliseconds of one tick of the processor time in /proc, which Linux has fixed for programs. */
const TICK = 10;

interface Used {
  /** Milliseconds of processor time. */
  cpu: number;
  /** Megabytes that are these processes' own share. */
  memory: number;
}

/** A browser's processes, by their parents. */
function processesOf(browser: Browser): string[] {
  const parents = new Map<string, string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      parents.set(pid, stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '');
    } catch {
      // It has ended meanwhile.
    }
  }
  const family = new Set([String(browser.process()?.pid)]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid);
  }
  return [...family];
}

function usedBy(browsers: readonly Browser[]): Used {
  let [cpu, memory] = [0, 0];
  for (const pid of browsers.flatMap(processesOf)) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      cpu += (Number(fields[11]) + Number(fields[12])) * TICK;
      memory += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1000;
    } catch {
      // It has ended meanwhile.
    }
  }
  return { cpu, memory };
}

export async function measure(): Promise<Measurement> {
  const { contenders, close } = await startContenders();
  const pages = await serveCallPages();
  const used = new Map<string, { cpu: number[]; memory: number[] }>();
  const compared = contenders.filter(({ page }) => page === 'omni' || page === 'livekit');
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const contender of compared) {
        const [caller, callee] = await Promise.all([launchBrowser('chromium'), launchBrowser('chromium')]);
        try {
          await startCall(contender, `in-call-${round}`, { pages: pages.url, browsers: { caller, callee } });
          await wait(SETTLES_IN);
          const before = usedBy([caller, callee]);
          await wait(MEASURED_FOR);
          const after = usedBy([caller, callee]);
          const values = used.get(contender.name) ?? { cpu: [], memory: [] };
          values.cpu.push(((after.cpu - before.cpu) / MEASURED_FOR) * 100);
          values.memory.push(after.memory);
          used.set(contender.name, values);
        } finally {
          await Promise.all([caller.close(), callee.close()]);
        }
      }
    }
  } finally {
    await pages.close();
    await close();
  }
  const [own, peer] = compared.map(({ name }) => ({ name, ...(used.get(name) ?? { cpu: [], memory: [] }) }));
  if (!own || !peer) throw new Error('Nothing was measured.');
  return {
    compared:
      'Two Chromiums in a video call of 640×480 by fake devices, all processes of both browsers, ' +
      `${MEASURED_FOR / 1000} s long; the elements against bare livekit-client pages with the same tracks, in turn.`,
    figures: [
      {
        what: 'processor of both pages in a call',
        unit: '% of a core',
        ours: own.cpu,
        peer: { name: peer.name, values: peer.cpu },
        atMost: 1.1,
      },
      {
        what: 'memory of both pages in a call',
        unit: 'MB',
        ours: own.memory,
        peer: { name: peer.name, values: peer.memory },
        atMost: 1.1,
      },
    ],
  };
}

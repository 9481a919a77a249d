import type { Usage } from '../support/subject.js';

/** Tells the benchmark where the server is, and, when asked, what it has used. */
export function announce(url: string): void {
  process.send?.({ url });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    for (let times = 0; times < 4; times++) globalThis.gc?.();
    // What is freed goes back to the system a moment later.
    setTimeout(() => {
      globalThis.gc?.();
      process.send?.({ cpu: (user + system) / 1000, memory: process.memoryUsage().rss } satisfies Usage);
    }, 500);
  });
}

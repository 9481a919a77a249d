/** Tells the benchmark where the server is, and, when asked, what it has used. */
export function announce(url: string): void {
  process.send?.({ url });
  // The benchmark is gone.
  process.on('disconnect', () => process.exit());
  process.on('message', (asked) => {
    if (asked === 'cpu') {
      const { user, system } = process.cpuUsage();
      process.send?.((user + system) / 1000);
      return;
    }
    for (let times = 0; times < 4; times++) globalThis.gc?.();
    // What is freed goes back to the system a moment later.
    setTimeout(() => {
      globalThis.gc?.();
      process.send?.(process.memoryUsage().rss);
    }, 500);
  });
}

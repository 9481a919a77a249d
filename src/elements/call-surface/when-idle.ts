/** Milliseconds after which a busy page has to find the time. */
const AT_LATEST = 1000;

/** Resolves once the page has nothing more urgent to do. */
export const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: AT_LATEST });
    else setTimeout(resolve, AT_LATEST);
  });

export interface PageLifeHandlers {
  /** The network or the page is back: what waits should be tried now. */
  onWake(): void;
  /** The page is being left, for good or for the back-forward cache. */
  onHide(): void;
}

/** Follows what happens to the page. Returns the way to stop; does nothing where there is no page. */
export function followPage({ onWake, onHide }: PageLifeHandlers): () => void {
  if (typeof document === 'undefined') return () => undefined;
  const stop = new AbortController();
  const { signal } = stop;
  const wakeIfSeen = (): void => {
    if (document.visibilityState === 'visible') onWake();
  };
  addEventListener('online', onWake, { signal });
  addEventListener('pageshow', onWake, { signal });
  addEventListener('pagehide', onHide, { signal });
  document.addEventListener('visibilitychange', wakeIfSeen, { signal });
  return () => stop.abort();
}

/*
 * All tabs of one browser ring for the same person, and one of them is heard. The one that holds the lock
 * `ringer` is the ringer; its tab closing hands the lock to the next. A tab that can make sound also holds
 * `able`, shared, so that it can tell whether the ringer is one that cannot, and take over from that.
 */

export interface Election {
  /** Called with true when this tab becomes the ringer, with false when it no longer is. */
  onChange(elected: boolean): void;
  /** Whether this tab can make sound. */
  able: boolean;
  /** Ends the candidacy. */
  signal: AbortSignal;
}

/** Stands for the ringer of `name`. Where there are no Web Locks (insecure pages, old browsers) every tab rings. */
export function standForRinger(name: string, { onChange, able, signal }: Election): void {
  const { locks } = navigator;
  if (!locks) {
    onChange(true);
    signal.addEventListener('abort', () => onChange(false), { once: true });
    return;
  }
  const ringer = `omni-call ringer ${name}`;
  const ableLock = `omni-call able ${name}`;
  const whileRinging = () =>
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

  const hold = async (steal: boolean): Promise<void> => {
    const lead = async (): Promise<void> => {
      if (signal.aborted) return;
      onChange(true);
      await whileRinging();
      onChange(false);
    };
    try {
      await locks.request(ringer, steal ? { steal } : { signal }, lead);
    } catch {
      if (signal.aborted) return;
      // An able tab took it over: wait for it to go.
      onChange(false);
      await hold(false);
    }
  };

  const heldBySilentTab = async (): Promise<boolean> => {
    const { held = [] } = await locks.query();
    const holder = held.find((lock) => lock.name === ringer)?.clientId;
    const ableTabs = held.filter((lock) => lock.name === ableLock).map((lock) => lock.clientId);
    return holder !== undefined && !ableTabs.includes(holder);
  };

  const stand = async (): Promise<void> => {
    if (!able) return hold(false);
    void locks.request(ableLock, { mode: 'shared', signal }, whileRinging).catch(() => {});
    return hold(await heldBySilentTab());
  };
  void stand();
}

import { capture } from '../../media/capture.js';
import { DEFAULT_RESOLUTION } from '../../media/resolutions.js';
import type { TrackType } from '../../protocol/index.js';

/** Asks for leave to use a device, and leaves no light on. Rejects with an `OmniCallError`. */
export async function askFor(kind: TrackType): Promise<void> {
  const track = await capture(kind, { deviceId: null, exact: false, resolution: DEFAULT_RESOLUTION });
  track.stop();
}

/** Calls `listener` whenever the browser's leave to use a device changes, where it tells. Returns the way to stop. */
export function watchPermission(kind: TrackType, listener: () => void): () => void {
  const stop = new AbortController();
  const watch = async (): Promise<void> => {
    const status = await navigator.permissions.query({ name: kind === 'video' ? 'camera' : 'microphone' });
    if (!stop.signal.aborted) status.addEventListener('change', listener, { signal: stop.signal });
  };
  // A browser that does not know the name has a button to try again all the same.
  watch().catch(() => undefined);
  return () => stop.abort();
}

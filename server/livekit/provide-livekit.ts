import { findLivekit } from './find-livekit.js';
import { startLivekit, type LivekitProcessOptions, type LivekitServer } from './livekit-process.js';

const NAMES = ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const;

export interface ProvideLivekitOptions extends Omit<LivekitProcessOptions, 'binary'> {
  env: Readonly<NodeJS.ProcessEnv>;
}

/** The LiveKit server that the environment names, else one of our own. */
export async function provideLivekit({ env, ...options }: ProvideLivekitOptions): Promise<LivekitServer> {
  const [url, apiKey, apiSecret] = NAMES.map((name) => env[name]?.trim() || undefined);
  if (!url) return startLivekit({ ...options, binary: await findLivekit({ env, log: options.log }) });
  if (!apiKey || !apiSecret) throw new Error(`${NAMES.join(', ')}: set all three, or none.`);
  return { url, apiKey, apiSecret, pid: null, close: async () => undefined };
}

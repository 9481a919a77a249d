import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createCallServer, type CallServer, type CallServerOptions } from '../../server/call-server.js';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import type { LivekitServer } from '../../server/livekit/livekit-process.js';

/** A real LiveKit and a call server, on free ports of the loopback. */
export interface Stack {
  /** Where the pages of test/support/pages are: the call server serves them. */
  readonly origin: string;
  readonly server: CallServer;
  readonly livekit: LivekitServer;
  /** The call server's log, a line of JSON each. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

const PAGES = fileURLToPath(new URL('pages', import.meta.url));

export async function startStack(options: Partial<CallServerOptions> = {}): Promise<Stack> {
  const log: string[] = [];
  const livekit = await provideLivekit({ env: process.env, log: console.log });
  try {
    const { url, apiKey, apiSecret } = livekit;
    const server = await createCallServer({
      livekit: { url, apiKey, apiSecret },
      port: 0,
      pages: PAGES,
      logger: pino({ level: 'debug' }, { write: (line) => void log.push(line) }),
      ...options,
    });
    return {
      origin: server.url,
      server,
      livekit,
      log,
      close: async () => {
        await server.close();
        await livekit.close();
      },
    };
  } catch (error) {
    await livekit.close();
    throw error;
  }
}

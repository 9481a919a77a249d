import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { createCallServer, type CallServer, type CallServerOptions } from '../../server/call-server.js';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import { LivekitRooms } from '../../server/livekit/rooms.js';
import type { LivekitServer } from '../../server/livekit/livekit-process.js';
import { startSite, type Site } from './site.js';

/** A real LiveKit, a call server and a site that embeds the widget, on free ports of the loopback. */
export interface Stack {
  /** The call server's address. */
  readonly origin: string;
  readonly server: CallServer;
  readonly livekit: LivekitServer;
  readonly site: Site;
  /** The call server's log, a line of JSON each. */
  readonly log: readonly string[];
  /** What LiveKit printed. */
  readonly livekitLog: readonly string[];
  /** The names of LiveKit's rooms. */
  rooms(): Promise<string[]>;
  /** Resolves once LiveKit has no room. */
  untilNoRoom(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds after which what should have happened has not. */
const LIMIT = 20_000;

/** Resolves once LiveKit has no room. */
export async function untilNoRoom(rooms: Pick<LivekitRooms, 'list'>): Promise<void> {
  for (const end = Date.now() + LIMIT; ; await wait(50)) {
    const open = await rooms.list();
    if (open.length === 0) return;
    if (Date.now() > end) throw new Error(`rooms are left: ${open.join(', ')}`);
  }
}

type OnOutput = (text: string) => void;

const ownLivekit = (onOutput: OnOutput): Promise<LivekitServer> =>
  provideLivekit({ env: process.env, log: console.log, onOutput });

/** `start`: how to start another LiveKit than that of `npm start`. */
export async function startStack(
  options: Partial<CallServerOptions> = {},
  start: (onOutput: OnOutput) => Promise<LivekitServer> = ownLivekit,
): Promise<Stack> {
  const log: string[] = [];
  const livekitLog: string[] = [];
  const livekit = await start((text) => void livekitLog.push(text));
  const { url, apiKey, apiSecret } = livekit;
  try {
    const server = await createCallServer({
      livekit: { url, apiKey, apiSecret },
      port: 0,
      logger: pino({ level: 'debug' }, { write: (line) => void log.push(line) }),
      ...options,
    });
    const site = await startSite(server.url);
    const rooms = new LivekitRooms({ url, apiKey, apiSecret });
    return {
      origin: server.url,
      server,
      livekit,
      site,
      log,
      livekitLog,
      rooms: () => rooms.list(),
      untilNoRoom: () => untilNoRoom(rooms),
      close: async () => {
        await site.close();
        await server.close();
        await livekit.close();
      },
    };
  } catch (error) {
    await livekit.close();
    throw error;
  }
}

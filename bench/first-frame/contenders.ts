import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import { PeerServer } from 'peer';
import { pino } from 'pino';
import { createCallServer } from 'omni-call-server';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import { freePort } from '../support/free-port.js';
import { startJanus } from '../support/janus.js';
import { startRelay } from '../support/relay.js';
import type { PageConfig } from './pages/bench-page.js';

/** One way to carry a call. */
export interface Contender {
  name: string;
  /** Its page, by name. */
  page: string;
  /** Where the page has its answer button. */
  answer: string;
  config(
    call: string,
  ): Promise<Pick<PageConfig, 'server' | 'relay' | 'ownPicture'> & { tokens?: Record<PageConfig['role'], string> }>;
}

/** Starts the servers of all of them, on loopback. */
export async function startContenders(): Promise<{ contenders: readonly Contender[]; close(): Promise<void> }> {
  const livekit = await provideLivekit({ env: process.env, log: console.error });
  const { url, apiKey, apiSecret } = livekit;
  const calls = await createCallServer({
    livekit: { url, apiKey, apiSecret },
    port: 0,
    logger: pino({ level: 'silent' }),
  });
  const peerPort = await freePort();
  const peerServer = PeerServer({ port: peerPort, host: '127.0.0.1', path: '/' });
  const janus = await startJanus();
  const relay = await startRelay();
  const api = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret);
  const tokenFor = async (room: string, identity: string): Promise<string> => {
    const token = new AccessToken(apiKey, apiSecret, { identity });
    token.addGrant({ room, roomJoin: true });
    return token.toJwt();
  };

  const contenders: Contender[] = [
    {
      name: 'omni-call',
      page: 'omni',
      answer: `omni-incoming >>> [part~='answer-button']`,
      config: async (call) => ({ server: calls.url, relay: `${relay.url}/omni-${call}` }),
    },
    {
      name: 'PeerJS 1.5.5',
      page: 'peerjs',
      answer: '#answer',
      config: async () => ({ server: `http://127.0.0.1:${peerPort}`, relay: relay.url }),
    },
    {
      name: 'Janus VideoCall',
      page: 'janus',
      answer: '#answer',
      config: async () => ({ server: janus.url, relay: relay.url }),
    },
    {
      name: 'plain LiveKit',
      page: 'livekit',
      answer: '#answer',
      config: async (call) => {
        const room = `plain-${call}`;
        await api.createRoom({ name: room });
        const [caller, callee] = await Promise.all([tokenFor(room, 'caller'), tokenFor(room, 'callee')]);
        return { server: url, relay: `${relay.url}/plain-${call}`, tokens: { caller, callee } };
      },
    },
  ];
  return {
    contenders,
    close: async () => {
      // What PeerJS's server holds open ends with this process: it has no way to stop it.
      void peerServer;
      await Promise.all([relay.close(), janus.close()]);
      await calls.close();
      await livekit.close();
    },
  };
}

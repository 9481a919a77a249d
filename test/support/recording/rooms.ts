import { randomUUID } from 'node:crypto';
import { dispose } from '@livekit/rtc-node';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import { provideLivekit } from '../../../server/livekit/provide-livekit.js';
import type { LivekitServer } from '../../../server/livekit/livekit-process.js';
import type { RecordedRoom } from '../../../server/recording/recorder.js';
import { Publisher, type PublisherOptions } from './publisher.js';

/** Rooms on a real LiveKit, and those who are in them. */
export interface Rooms {
  readonly livekit: LivekitServer;
  make(): Promise<string>;
  /** What a recorder is given to get in. */
  access(room: string): Promise<RecordedRoom>;
  join(room: string, identity: string, options: Omit<PublisherOptions, 'url' | 'token'>): Promise<Publisher>;
  remove(room: string): Promise<void>;
  close(): Promise<void>;
}

export async function startRooms(): Promise<Rooms> {
  const livekit = await provideLivekit({ env: process.env, log: () => undefined });
  const { url, apiKey, apiSecret } = livekit;
  const client = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret);
  const tokenFor = (room: string, identity: string, hidden: boolean): Promise<string> => {
    const token = new AccessToken(apiKey, apiSecret, { identity, ttl: 300 });
    token.addGrant({ room, roomJoin: true, hidden, canPublish: !hidden, canPublishData: false, canSubscribe: true });
    return token.toJwt();
  };
  return {
    livekit,
    make: async () => (await client.createRoom({ name: randomUUID() })).name,
    access: async (room) => ({ room, url, token: await tokenFor(room, `recorder-${randomUUID()}`, true) }),
    join: async (room, identity, options) =>
      Publisher.join({ url, token: await tokenFor(room, identity, false), ...options }),
    remove: (room) => client.deleteRoom(room),
    close: async () => {
      await livekit.close();
      // Its threads would keep this process alive.
      await dispose();
    },
  };
}

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { AccessToken } from 'livekit-server-sdk';
import type { Call } from '../../server/core/call.js';
import type { CallEvent } from '../../server/core/call-events.js';
import { RoomNews } from '../../server/livekit/room-news.js';
import { SITUATIONS } from './core/calls.js';

const LIVEKIT = { apiKey: 'key', apiSecret: 'a secret that is long enough for it' };

/** What comes of LiveKit's news that somebody came or left: whom LiveKit was asked for, and what the call was told. */
async function hear(call: Call, event: string, identity: string) {
  const asked: string[] = [];
  const told: CallEvent[] = [];
  const news = new RoomNews({
    livekit: LIVEKIT,
    rooms: { callOf: () => call.id, has: async (_room, session) => asked.push(session) > 0 },
    call: async () => call,
    engine: { apply: async (_id, event) => void told.push(event), loseRoom: async () => undefined },
  });
  const body = JSON.stringify({ event, room: { name: call.room.name }, participant: { identity } });
  const token = new AccessToken(LIVEKIT.apiKey, LIVEKIT.apiSecret);
  token.sha256 = createHash('sha256').update(body).digest('base64');
  await news.receive(body, await token.toJwt());
  return { asked, told: told.map((each) => each.type === 'media' && each.state) };
}

describe('LiveKit’s news that somebody', () => {
  it('came is nothing to look into where the page has said so', async () => {
    for (const [situation, session] of [
      ['connected', 'a'],
      ['connected', 'b1'],
      ['waiting', 'b1'],
    ] as const)
      assert.deepEqual(await hear(SITUATIONS[situation](), 'participant_joined', session), { asked: [], told: [] });
  });

  it('came or left is looked into where that is not what the call knows', async () => {
    for (const [situation, session, event] of [
      ['connecting', 'b1', 'participant_joined'],
      ['connected', 'b1', 'participant_left'],
      ['waiting', 'b1', 'participant_left'],
    ] as const)
      assert.deepEqual(await hear(SITUATIONS[situation](), event, session), { asked: [session], told: ['joined'] });
  });
});

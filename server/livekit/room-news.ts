import { WebhookReceiver } from 'livekit-server-sdk';
import { OmniCallError } from 'omni-call/protocol';
import { sideOf, type Call } from '../core/call.js';
import type { CallEngine } from '../engine.js';
import type { LivekitOptions, LivekitRooms } from './rooms.js';

export interface RoomNewsOptions {
  livekit: Pick<LivekitOptions, 'apiKey' | 'apiSecret'>;
  rooms: Pick<LivekitRooms, 'has' | 'callOf'>;
  call: (id: string) => Promise<Call | null>;
  engine: Pick<CallEngine, 'apply' | 'loseRoom'>;
}

/** LiveKit's webhooks: what it notices of a room before the pages do, or without them. */
export class RoomNews {
  readonly #options: RoomNewsOptions;
  readonly #receiver: WebhookReceiver;

  constructor(options: RoomNewsOptions) {
    this.#options = options;
    this.#receiver = new WebhookReceiver(options.livekit.apiKey, options.livekit.apiSecret);
  }

  /** Rejects with `unauthorized` what LiveKit did not sign. */
  async receive(body: string, authorization: string | undefined): Promise<void> {
    const { event, room, participant } = await this.#receiver.receive(body, authorization).catch((cause: unknown) => {
      throw new OmniCallError('unauthorized', 'This is not signed with the key of this LiveKit.', { cause });
    });
    const { rooms, call: find, engine } = this.#options;
    const id = room && rooms.callOf(room);
    const call = id ? await find(id) : null;
    if (!room || !call || call.room.name !== room.name || call.stage === 'ended') return;
    if (event === 'room_finished') await engine.loseRoom(call);
    if (participant && PARTICIPANT_EVENTS.has(event)) await this.#look(call, participant.identity, event === JOINED);
  }

  /** Events come late and out of order: what counts is whether the session is in the room now. */
  async #look(call: Call, session: string, hasJoined: boolean): Promise<void> {
    const isWaiting = call.waiting.includes(session);
    const side = sideOf(call, session) ?? (isWaiting ? 'callee' : null);
    if (side === null) return;
    // Its page has said so already, as it mostly has: LiveKit tells of both sides of each call, and every node.
    if (hasJoined && (isWaiting || call[side].media === 'joined')) return;
    const state = (await this.#options.rooms.has(call.room.name, session)) ? 'joined' : 'away';
    const { userId } = call[side];
    const { generation } = call.room;
    await this.#options.engine.apply(call.id, { type: 'media', session, userId, generation, state });
  }
}

const JOINED = 'participant_joined';
const PARTICIPANT_EVENTS: ReadonlySet<string> = new Set([JOINED, 'participant_left', 'participant_connection_aborted']);

import { RoomServiceClient, TrackSource, type Room } from 'livekit-server-sdk';
import { CALL_TYPE, type CallType, type RoomAccess } from 'omni-call/protocol';
import type { Call } from '../core/call.js';
import { forgetOldest } from '../forget-oldest.js';
import type { RecordedRoom } from '../recording/recorder.js';
import { RoomRequests } from './room-requests.js';
import { roomToken } from './room-token.js';

export interface LivekitOptions {
  /** `ws(s)://` or `http(s)://` address at which this server reaches LiveKit. */
  url: string;
  /** The address that browsers are given. Default: `url`. */
  publicUrl?: string;
  apiKey: string;
  apiSecret: string;
}

/** What a room's metadata begins with, so that the rooms of others on the same LiveKit are left alone. */
const CALL = 'omni-call ';

/** Of so many rooms it is remembered what they were made for. */
const REMEMBERED = 1_000;

/**
 * Seconds for which a recorder comes back into the room by the pass that it began with: longer than a call. Once that is
 * over, and its room with it, the pass opens nothing.
 */
const RECORDER_TTL = 24 * 3600;

/** The sources of a call, by their names in tokens. */
const SOURCES = {
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
  camera: TrackSource.CAMERA,
};

const sourcesOf = (callType: CallType): (keyof typeof SOURCES)[] => [
  'microphone',
  'screen_share',
  'screen_share_audio',
  ...(callType === CALL_TYPE.VIDEO_CALL ? (['camera'] as const) : []),
];

/** The rooms of the calls, on LiveKit. */
export class LivekitRooms {
  readonly #client: RoomServiceClient;
  readonly #requests: RoomRequests;
  readonly #options: LivekitOptions;
  /** The calls of the last rooms: for a page on its way in as one is closed, LiveKit makes it anew, without metadata. */
  readonly #made = new Map<string, string>();

  constructor(options: LivekitOptions) {
    this.#options = options;
    this.#client = new RoomServiceClient(options.url.replace(/^ws/, 'http'), options.apiKey, options.apiSecret, {
      requestTimeout: 5,
    });
    this.#requests = new RoomRequests(options);
  }

  async make(call: Call): Promise<void> {
    const ringS = Math.ceil((call.ringEndsAt - call.offeredAt) / 1000);
    const graceS = Math.ceil(call.limits.grace / 1000);
    const room = {
      name: call.room.name,
      metadata: CALL + call.id,
      // Closed by us when the call ends. These are for the case that no call server is left to do it.
      emptyTimeout: ringS + graceS + 30,
      departureTimeout: graceS + 30,
    };
    this.#made.set(room.name, call.id);
    forgetOldest(this.#made, REMEMBERED);
    // What fails is left to LiveKit's own client, which knows of other regions to ask.
    await this.#requests.send('CreateRoom', room).catch(() => this.#client.createRoom(room));
  }

  async close(room: string): Promise<void> {
    await this.#requests
      .send('DeleteRoom', { room })
      .catch(() => this.#client.deleteRoom(room))
      .catch(ignoreNotFound);
  }

  /** False when the session is not in the room (yet). */
  async admit(call: Call, session: string): Promise<boolean> {
    try {
      await this.#client.updateParticipant(call.room.name, session, {
        permission: {
          canSubscribe: true,
          canPublish: true,
          canPublishData: false,
          canPublishSources: sourcesOf(call.callType).map((source) => SOURCES[source]),
          canUpdateMetadata: false,
        },
      });
      return true;
    } catch (error) {
      ignoreNotFound(error);
      return false;
    }
  }

  async expel(room: string, session: string): Promise<void> {
    await this.#client.removeParticipant(room, session).catch(ignoreNotFound);
  }

  /** A page's way into the call's room. It is only needed to enter; LiveKit itself renews those of who is inside. */
  access(call: Call, session: string): RoomAccess {
    const grant = {
      room: call.room.name,
      roomJoin: true,
      canPublish: true,
      canPublishSources: sourcesOf(call.callType),
      canPublishData: false,
      canSubscribe: true,
      canUpdateOwnMetadata: false,
    };
    return {
      url: this.#options.publicUrl ?? this.#options.url,
      token: roomToken(this.#options, grant, session),
      generation: call.room.generation,
    };
  }

  /** The way into the call's room for a recorder, whom nobody there sees. */
  recorderPass(call: Call): RecordedRoom {
    const { name: room, generation } = call.room;
    const grant = {
      room,
      roomJoin: true,
      hidden: true,
      canSubscribe: true,
      canPublish: false,
      canPublishData: false,
      canUpdateOwnMetadata: false,
    };
    const token = roomToken(this.#options, grant, `recorder-${call.id}-${generation}`, RECORDER_TTL);
    return { room, url: this.#options.url, token };
  }

  async exists(room: string): Promise<boolean> {
    return (await this.#client.listRooms([room])).length > 0;
  }

  /** Resolves when LiveKit answers. */
  async check(): Promise<void> {
    await this.#client.listRooms(['-']);
  }

  /** The names of all open rooms. */
  async list(): Promise<string[]> {
    return (await this.#client.listRooms()).map((room) => room.name);
  }

  /** The open rooms that were made for calls, with the ids of these. */
  async listWithCalls(): Promise<{ name: string; call: string }[]> {
    const rooms = await this.#client.listRooms();
    return rooms.flatMap((room) => {
      const call = this.callOf(room);
      return call === null ? [] : [{ name: room.name, call }];
    });
  }

  /** The id of the call that a room was made for; null for another's room. */
  callOf({ name, metadata }: Pick<Room, 'name' | 'metadata'>): string | null {
    return metadata.startsWith(CALL) ? metadata.slice(CALL.length) : (this.#made.get(name) ?? null);
  }

  /** Whether the session is in the room. */
  async has(room: string, session: string): Promise<boolean> {
    try {
      await this.#client.getParticipant(room, session);
      return true;
    } catch (error) {
      ignoreNotFound(error);
      return false;
    }
  }
}

function ignoreNotFound(error: unknown): void {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'not_found') return;
  throw error;
}

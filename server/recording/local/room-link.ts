import {
  AudioStream,
  Room,
  RoomEvent,
  TrackKind,
  TrackSource,
  VideoBufferType,
  VideoRotation,
  VideoStream,
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type VideoFrameEvent,
} from '@livekit/rtc-node';
import type { RecordedRoom } from '../recorder.js';
import type { Moment } from './clock.js';
import { SAMPLE_RATE } from './encoder.js';
import { Holding } from './holding.js';
import type { Side } from './layout.js';
import type { Rotation } from './picture.js';
import type { MediaListener } from './timeline.js';

/** Milliseconds of sound at a time. */
const VOICE_FRAME = 40;
/** Milliseconds between two looks at how long WebRTC holds back what it receives. */
const LOOK_EVERY = 1000;
/** Further from now than this, a picture's time is of another clock than ours. Milliseconds. */
const FAR_OFF = 2000;

const DEGREES: Readonly<Record<VideoRotation, Rotation>> = {
  [VideoRotation.VIDEO_ROTATION_0]: 0,
  [VideoRotation.VIDEO_ROTATION_90]: 90,
  [VideoRotation.VIDEO_ROTATION_180]: 180,
  [VideoRotation.VIDEO_ROTATION_270]: 270,
};

/** With a connection of its own for what is received, WebRTC's statistics call the tracks by the names that LiveKit has for them. */
const OPTIONS = { autoSubscribe: true, dynacast: false, singlePeerConnection: false } as const;

export interface RoomLinkOptions {
  identities: readonly [caller: string, callee: string];
  /** Where its pictures and voices go. */
  listener: MediaListener;
  now: () => Moment;
  /** The room is gone, or we are out of it. */
  onLost: () => void;
}

/** Our place in one LiveKit room, unseen: hands on what its two people send. */
export class RoomLink {
  readonly #room = new Room();
  readonly #options: RoomLinkOptions;
  /** What ends the reading of each track. */
  readonly #readings = new Map<string, () => void>();
  readonly #holding = new Holding();
  #looking: NodeJS.Timeout | undefined;

  constructor(options: RoomLinkOptions) {
    this.#options = options;
    const { listener } = options;
    this.#room
      .on(RoomEvent.TrackSubscribed, (track, publication, participant) => this.#read(track, publication, participant))
      .on(RoomEvent.TrackUnsubscribed, (_track, { sid }) => this.#readings.get(sid ?? '')?.())
      .on(RoomEvent.TrackMuted, ({ sid }) => listener.hidePicture(sid ?? '', true))
      .on(RoomEvent.TrackUnmuted, ({ sid }) => listener.hidePicture(sid ?? '', false))
      .on(RoomEvent.Disconnected, () => {
        this.#stopReading();
        options.onLost();
      });
  }

  async join({ url, token }: RecordedRoom): Promise<void> {
    try {
      await this.#room.connect(url, token, OPTIONS);
      this.#looking = setInterval(() => void this.#look().catch(() => undefined), LOOK_EVERY);
    } catch (cause) {
      // Its words may hold the address that it tried, and that the token.
      throw new Error(`LiveKit did not let the recorder in: ${String(cause).replaceAll(token, '…')}`);
    }
  }

  /** At once: that LiveKit hears of it is not waited for. */
  leave(): void {
    this.#stopReading();
    this.#room.removeAllListeners();
    this.#room.disconnect().catch(() => undefined);
  }

  #stopReading(): void {
    clearInterval(this.#looking);
    for (const stop of [...this.#readings.values()]) stop();
  }

  /** Tells how long each track is held back, of those that anything has come of since the last look. */
  async #look(): Promise<void> {
    const { subscriberStats } = await this.#room.getRtcStats();
    for (const { stats } of subscriberStats) {
      if (stats.case !== 'inboundRtp') continue;
      const { stream, inbound } = stats.value;
      const id = inbound?.trackIdentifier ?? '';
      if (!inbound || !this.#readings.has(id)) continue;
      // A picture comes with the time at which it is meant to be shown, a voice when it was in fact held back for long enough.
      const seconds = stream?.kind === 'video' ? inbound.jitterBufferTargetDelay : inbound.jitterBufferDelay;
      const held = this.#holding.look(id, { seconds: seconds ?? 0, count: Number(inbound.jitterBufferEmittedCount) });
      if (held !== null) this.#options.listener.heldBack(id, held);
    }
  }

  #read(track: RemoteTrack, publication: RemoteTrackPublication, participant: RemoteParticipant): void {
    const side = this.#options.identities.indexOf(participant.identity);
    const { sid } = publication;
    if ((side !== 0 && side !== 1) || sid === undefined) return;
    if (track.kind === TrackKind.KIND_VIDEO) this.#readPicture(sid, track, publication, side);
    else this.#readVoice(sid, track);
  }

  #readPicture(id: string, track: RemoteTrack, publication: RemoteTrackPublication, side: Side): void {
    const { listener } = this.#options;
    const kind = publication.source === TrackSource.SOURCE_SCREENSHARE ? 'screen' : 'camera';
    listener.addPicture(id, { side, kind, hidden: publication.muted ?? false });
    this.#consume(id, new VideoStream(track), {
      each: (event) => this.#hand(id, event),
      last: () => listener.removePicture(id),
    });
  }

  #hand(id: string, { frame, rotation, timestampUs }: VideoFrameEvent): void {
    const { listener, now } = this.#options;
    const picture = frame.type === VideoBufferType.I420 ? frame : frame.convert(VideoBufferType.I420);
    const shown = Number(timestampUs) / 1000;
    const at = Math.abs(shown - now()) < FAR_OFF ? shown : now();
    listener.frame(id, { picture, rotation: DEGREES[rotation], at });
  }

  #readVoice(id: string, track: RemoteTrack): void {
    const { listener, now } = this.#options;
    const options = { sampleRate: SAMPLE_RATE, numChannels: 1, frameSizeMs: VOICE_FRAME };
    this.#consume(id, new AudioStream(track, options), {
      each: ({ data }) => listener.voice(id, data, now()),
      last: () => listener.removeVoice(id),
    });
  }

  #consume<T>(id: string, stream: ReadableStream<T>, on: { each: (value: T) => void; last: () => void }): void {
    this.#readings.get(id)?.();
    const reader = stream.getReader();
    const stop = (): void => {
      this.#readings.delete(id);
      on.last();
      // The stream does not end by itself with its track.
      reader.cancel().catch(() => undefined);
    };
    this.#readings.set(id, stop);
    void (async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || this.#readings.get(id) !== stop) return;
        on.each(value);
      }
    })();
  }
}

import {
  AudioPresets,
  ConnectionQuality,
  type Participant,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
  VideoPresets,
  type RemoteParticipant,
  type RemoteTrackPublication,
} from 'livekit-client';
import { LiveKitSender, type Outgoing } from './livekit-sender.js';
import { LiveKitScreen } from './livekit-screen.js';
import { NOTHING_INCOMING, type Incoming } from './incoming.js';
import { VoiceFirst } from './voice-first.js';
import { pageClock } from '../signalling/clock.js';
import type { RoomAccess, TrackType } from '../protocol/index.js';
import type { Quality, RoomLink } from './media.js';

// LiveKit writes urls and tokens into its log; what its owner has to know is in the state.
setLogLevel('silent');
// With one, what is to take a room's `devicechange` listener away once the room is collected keeps the room from that:
// the function shares the scope of the room's constructor. Without one, leaving the room takes the listener away.
Room.cleanupRegistry = false;

export interface RoomWish {
  peer: string | null;
  send: Record<TrackType, Outgoing | null>;
}

const QUALITY: Record<ConnectionQuality, Quality> = {
  [ConnectionQuality.Excellent]: 'excellent',
  [ConnectionQuality.Good]: 'good',
  [ConnectionQuality.Poor]: 'poor',
  [ConnectionQuality.Lost]: 'lost',
  [ConnectionQuality.Unknown]: 'unknown',
};

/** One stay in one LiveKit room, from joining to leaving. */
export class LiveKitRoom {
  readonly screen: LiveKitScreen;
  readonly #onChange: () => void;
  readonly #room = new Room({
    // The page's elements show the tracks themselves, so LiveKit cannot see how large; there is one picture to send.
    adaptiveStream: false,
    dynacast: true,
    // `beforeunload` also fires for downloads and mail links; and a reload joins again with the same identity.
    disconnectOnPageLeave: false,
    stopLocalTrackOnUnpublish: false,
    publishDefaults: {
      // Under the full picture one small one, for a peer whose link is too narrow.
      videoSimulcastLayers: [VideoPresets.h180],
      audioPreset: AudioPresets.speech,
    },
  });
  readonly #senders: Record<TrackType, LiveKitSender>;
  readonly #voiceFirst = new VoiceFirst(pageClock, () => this.#receive());
  #wish: RoomWish;
  #link: RoomLink = 'joining';
  /** What sound and picture travel by. */
  #ice: RTCIceTransport | undefined;
  #signalConnected = false;
  #closed = false;

  constructor(wish: RoomWish, onChange: () => void) {
    this.#wish = wish;
    this.#onChange = onChange;
    const me = this.#room.localParticipant;
    const sender = (kind: TrackType) => new LiveKitSender(me, kind, onChange, this.#handleBroken);
    this.#senders = { audio: sender('audio'), video: sender('video') };
    this.screen = new LiveKitScreen(me, onChange);
    this.#listen();
  }

  /** Whether that came to be. */
  async join({ url, token }: RoomAccess): Promise<boolean> {
    try {
      await this.#room.connect(url, token, { maxRetries: 0 });
      return true;
    } catch {
      return false;
    }
  }

  /** A browser knows within seconds that nothing comes through; LiveKit waits until it has given up, three times as long. */
  get link(): RoomLink {
    return this.#link === 'joined' && this.#ice?.state === 'disconnected' ? 'away' : this.#link;
  }

  /** How good the connection from here is. */
  get quality(): Quality {
    return QUALITY[this.#room.localParticipant.connectionQuality];
  }

  get incoming(): Incoming {
    const peer = this.#peer;
    if (!peer) return { ...NOTHING_INCOMING, cameraToCome: this.#toCome(Track.Source.Camera) };
    const received = (source: Track.Source): MediaStreamTrack | null => {
      const publication = peer.getTrackPublication(source);
      return publication?.track && !publication.isMuted ? publication.track.mediaStreamTrack : null;
    };
    const pictures = { camera: received(Track.Source.Camera), screen: received(Track.Source.ScreenShare) };
    const { givesUp } = this.#voiceFirst;
    return {
      cameraToCome: null,
      ...(givesUp ? { camera: null, screen: null } : pictures),
      givenUp: givesUp && Object.values(pictures).some((picture) => picture !== null),
      microphone: received(Track.Source.Microphone),
      screenSound: received(Track.Source.ScreenShareAudio),
      quality: QUALITY[peer.connectionQuality],
    };
  }

  get voiceToCome(): MediaStreamTrack | null {
    return this.#toCome(Track.Source.Microphone);
  }

  /** What of that kind goes out, once it is what is wanted. */
  sent(kind: TrackType): MediaStreamTrack | null {
    return this.#senders[kind].sent;
  }

  want(wish: RoomWish): void {
    this.#wish = wish;
    this.#send();
  }

  /** To be called when the camera's picture has changed its size. */
  refreshVideo(): void {
    this.#senders.video.refresh();
  }

  /** Leaves the room. */
  close(): void {
    this.#closed = true;
    this.#voiceFirst.stop();
    this.screen.stop();
    if (this.#ice) this.#ice.onstatechange = null;
    this.#room.removeAllListeners();
    void this.#room.disconnect(false);
  }

  get #peer(): RemoteParticipant | undefined {
    return this.#wish.peer === null ? undefined : this.#room.remoteParticipants.get(this.#wish.peer);
  }

  /** While it is not known yet who the other side will be: that of whoever waits here. */
  #toCome(source: Track.Source): MediaStreamTrack | null {
    if (this.#wish.peer !== null) return null;
    const [waiting] = this.#room.remoteParticipants.values();
    return waiting?.getTrackPublication(source)?.track?.mediaStreamTrack ?? null;
  }

  /** Publishing waits for the signal connection only, not for the media's: one negotiation does for both. */
  #send(): void {
    if (this.#closed || !this.#signalConnected) return;
    // The picture first: the browser does one after the other, and a voice begins within a packet.
    this.#senders.video.want(this.#wish.send.video);
    this.#senders.audio.want(this.#wish.send.audio);
  }

  /** Asks LiveKit for the pictures, or for the voice alone. */
  #receive(): void {
    for (const publication of this.#peer?.videoTrackPublications.values() ?? []) {
      (publication as RemoteTrackPublication).setEnabled(!this.#voiceFirst.givesUp);
    }
    this.#onChange();
  }

  #setLink(link: RoomLink): void {
    if (this.#closed || this.#link === 'lost') return;
    this.#link = link;
    this.#onChange();
  }

  /** What breaks while joining is told by `join`. */
  readonly #handleBroken = (): void => {
    if (this.#link !== 'joining') this.#setLink('lost');
  };

  #listen(): void {
    const changed = () => this.#onChange();
    const handleQuality = (_: ConnectionQuality, participant: Participant) => {
      if (participant === this.#room.localParticipant) this.#voiceFirst.note(this.quality);
      this.#onChange();
    };
    this.#room
      .on(RoomEvent.SignalConnected, () => {
        this.#signalConnected = true;
        this.#send();
      })
      .on(RoomEvent.Connected, () => {
        this.#setLink('joined');
        this.#send();
      })
      .on(RoomEvent.Reconnecting, () => this.#setLink('away'))
      .on(RoomEvent.SignalReconnecting, () => this.#setLink('away'))
      .on(RoomEvent.Reconnected, () => this.#setLink('joined'))
      .on(RoomEvent.Disconnected, this.#handleBroken)
      .on(RoomEvent.ParticipantPermissionsChanged, () => this.#send())
      .on(RoomEvent.LocalTrackPublished, ({ track }) => {
        this.#ice = track?.sender?.transport?.iceTransport;
        if (this.#ice) this.#ice.onstatechange = changed;
      })
      .on(RoomEvent.TrackSubscribed, () => this.#receive())
      .on(RoomEvent.TrackUnsubscribed, changed)
      .on(RoomEvent.TrackMuted, changed)
      .on(RoomEvent.TrackUnmuted, changed)
      .on(RoomEvent.ParticipantConnected, changed)
      .on(RoomEvent.ParticipantDisconnected, changed)
      .on(RoomEvent.ConnectionQualityChanged, handleQuality);
  }
}

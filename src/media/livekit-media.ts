import { CameraPicture } from './camera-picture.js';
import { DeviceReadiness } from './device-readiness.js';
import { LocalDevice } from './local-device.js';
import { Loudspeaker } from './loudspeaker.js';
import { createPlaceholder, type Placeholder } from './placeholder.js';
import {
  NO_MEDIA,
  type LocalMedia,
  type LocalTrack,
  type Media,
  type MediaOptions,
  type MediaState,
  type MediaWish,
} from './media.js';
import { OmniCallError, type TrackType } from '../protocol/index.js';
import type { DeviceKind, Resolution } from './devices.js';
import { NOTHING_INCOMING } from './incoming.js';
import type { LiveKitRoom, RoomWish } from './livekit-room.js';
import { RoomEntrance } from './room-entrance.js';
import type { Outgoing } from './livekit-sender.js';

const KINDS = ['audio', 'video'] as const;

const NO_WISH: MediaWish = {
  room: null,
  peer: null,
  devices: 'closed',
  withheld: false,
  send: { audio: 'off', video: 'off' },
};

/** The object of before where nothing in it has changed, so that a view can compare by identity. */
const kept = <T extends object>(before: T, after: T): T =>
  (Object.keys(after) as (keyof T)[]).every((key) => Object.is(before[key], after[key])) ? before : after;

/** Makes a LiveKit room and the devices match the wish. Tracks go from the devices into the room, and never back. */
class LiveKitMedia implements Media {
  readonly #options: MediaOptions;
  readonly #devices: Record<TrackType, LocalDevice>;
  readonly #readiness: DeviceReadiness;
  readonly #placeholders: Partial<Record<TrackType, Placeholder>> = {};
  readonly #picture: CameraPicture;
  readonly #voice: Loudspeaker;
  readonly #screenSound: Loudspeaker;
  readonly #unsubscribe: () => void;
  #wish = NO_WISH;
  #entrance: RoomEntrance | null = null;
  #closed = false;
  #state = NO_MEDIA;

  constructor(options: MediaOptions) {
    this.#options = options;
    const update = () => this.#update();
    this.#devices = {
      audio: new LocalDevice('audio', options.devices, update),
      video: new LocalDevice('video', options.devices, update),
    };
    this.#readiness = new DeviceReadiness(options.devices);
    // Loaded when it is first wished.
    this.#picture = new CameraPicture(
      async (camera) => (await import('./livekit-blur.js')).blurCamera(camera, options.blurFiles),
      update,
    );
    this.#voice = new Loudspeaker(update);
    this.#screenSound = new Loudspeaker(update);
    this.#unsubscribe = options.devices.subscribe(this.#followSpeaker);
    this.#followSpeaker();
  }

  get state(): MediaState {
    return this.#state;
  }

  want(wish: MediaWish): void {
    if (this.#closed) return;
    this.#wish = wish;
    const { room } = wish;
    if (this.#entrance?.generation !== room?.generation) this.#leave();
    const { audio, video } = wish.devices === 'closed' ? NO_WISH.send : wish.send;
    this.#readiness.want(wish !== NO_WISH && wish.devices === 'closed');
    // The camera first: browsers open one device after the other, and it takes longer to show something.
    this.#devices.video.want(video === 'on' ? 'open' : 'closed');
    // A muted microphone stays open, for headsets change their mode with it; a muted camera's light goes out.
    this.#devices.audio.want(audio === 'on' ? 'open' : audio === 'muted' ? 'keep' : 'closed');
    if (room && this.#entrance) this.#entrance.renew(room);
    else if (room) this.#entrance = new RoomEntrance(room, this.#roomWish, () => this.#update());
    this.#update();
  }

  async switchDevice(kind: DeviceKind, deviceId: string): Promise<void> {
    if (kind !== 'audiooutput') return this.#devices[kind === 'videoinput' ? 'video' : 'audio'].switchTo(deviceId);
    await this.#options.devices.find(kind, deviceId);
    await Promise.all([this.#voice.setSink(deviceId), this.#screenSound.setSink(deviceId)]);
    await this.#options.devices.choose(kind, deviceId);
  }

  async setResolution(resolution: Resolution): Promise<void> {
    await this.#devices.video.setResolution(resolution);
    this.#room?.refreshVideo();
  }

  setBlur(on: boolean): Promise<void> {
    return this.#picture.setBlur(on);
  }

  setVolume(volume: number): void {
    this.#voice.volume = volume;
    this.#screenSound.volume = volume;
    this.#update();
  }

  async shareScreen(): Promise<void> {
    if (this.#room?.link !== 'joined') throw new OmniCallError('no-such-call', 'A screen is shared in a call only.');
    await this.#room.screen.share();
  }

  async unshareScreen(): Promise<void> {
    await this.#room?.screen.unshare();
  }

  async startPlayback(): Promise<void> {
    await Promise.all([this.#voice.play(), this.#screenSound.play()]);
  }

  retryDevices(): void {
    this.#devices.audio.retry();
    this.#devices.video.retry();
  }

  close(): void {
    this.want(NO_WISH);
    this.#closed = true;
    this.#unsubscribe();
    this.#devices.audio.dispose();
    this.#devices.video.dispose();
  }

  get #room(): LiveKitRoom | null {
    return this.#entrance?.room ?? null;
  }

  #leave(): void {
    this.#entrance?.close();
    this.#entrance = null;
    for (const kind of KINDS) this.#dropPlaceholder(kind);
  }

  readonly #roomWish = (): RoomWish => ({
    peer: this.#wish.peer,
    send: { audio: this.#outgoing('audio'), video: this.#outgoing('video') },
  });

  /**
   * What goes into the room: the device's track, or else a placeholder. That one is muted only where nothing is to
   * follow it soon: after unmuting, LiveKit has to ask the sender for a key frame, and a call's first picture waits.
   */
  #outgoing(kind: TrackType): Outgoing | null {
    const wished = this.#wish.send[kind];
    if (wished === 'off') return null;
    const device = this.#devices[kind];
    const { devices, withheld } = this.#wish;
    const own = kind === 'video' ? this.#picture.track : device.track;
    const sent = devices === 'open' && !withheld ? own : null;
    const track = sent ?? this.#placeholder(kind);
    return { track, isPlaceholder: !sent, muted: wished === 'muted' || device.missing };
  }

  #placeholder(kind: TrackType): MediaStreamTrack {
    return (this.#placeholders[kind] ??= createPlaceholder(kind, this.#devices.video.resolution)).track;
  }

  #dropPlaceholder(kind: TrackType): void {
    this.#placeholders[kind]?.stop();
    delete this.#placeholders[kind];
  }

  readonly #followSpeaker = (): void => {
    const deviceId = this.#options.devices.chosen('audiooutput');
    for (const speaker of [this.#voice, this.#screenSound]) {
      // The sound goes on where it was.
      speaker.setSink(deviceId ?? '').catch(() => undefined);
    }
  };

  #localTrack(kind: TrackType): LocalTrack {
    const { track, problem } = this.#devices[kind];
    const wished = this.#wish.send[kind];
    if (this.#wish.devices === 'closed' || wished === 'off') return { state: 'off', problem: null };
    if (wished === 'muted') return { state: 'muted', problem: null };
    return { state: problem ? 'failed' : track ? 'on' : 'starting', problem };
  }

  /** Makes the room match, plays what it gives, and tells what came of it. */
  #update(): void {
    if (this.#closed) return;
    const room = this.#room;
    this.#picture.follow(this.#devices.video.track);
    if (room) {
      room.want(this.#roomWish());
      for (const kind of KINDS) {
        const sent = room.sent(kind);
        // Black pictures and silence are work too, for as long as the call goes on.
        if (sent && sent !== this.#placeholders[kind]?.track) this.#dropPlaceholder(kind);
      }
    }
    const { screenSound, ...incoming } = room?.incoming ?? NOTHING_INCOMING;
    this.#voice.setTrack(incoming.microphone ?? room?.voiceToCome ?? null, incoming.microphone !== null);
    this.#screenSound.setTrack(screenSound);
    const before = this.#state;
    const local: LocalMedia = {
      audio: kept(before.local.audio, this.#localTrack('audio')),
      video: kept(before.local.video, this.#localTrack('video')),
      camera: this.#picture.track,
      blur: this.#picture.blur,
      microphone: this.#devices.audio.track,
      screen: room?.screen.track ?? null,
      quality: room?.quality ?? 'unknown',
    };
    const playbackBlocked = this.#voice.blocked || this.#screenSound.blocked;
    const state: MediaState = {
      link: this.#entrance?.link ?? 'out',
      generation: this.#entrance?.generation ?? null,
      local: kept(before.local, local),
      remote: kept(before.remote, { ...incoming, playbackBlocked, volume: this.#voice.volume }),
    };
    this.#state = kept(before, state);
    if (this.#state !== before) this.#options.onChange(this.#state);
  }
}

export const createMedia = (options: MediaOptions): Media => new LiveKitMedia(options);

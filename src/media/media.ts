import type { OmniCallError, RoomAccess, TrackType } from '../protocol/index.js';
import type { DeviceBook, DeviceKind, Resolution } from './devices.js';

/**
 * What one local track is doing. `off`: not wanted. `starting`: the device is being opened. `on`: sent.
 * `muted`: wanted, and by its owner's wish not sent; its device is released where that shows a light.
 * `failed`: wanted and not to be had; `problem` says why.
 */
export type SendState = 'off' | 'starting' | 'on' | 'muted' | 'failed';

export interface LocalTrack {
  state: SendState;
  problem: OmniCallError | null;
}

/** What this page sends. */
export interface LocalMedia {
  audio: LocalTrack;
  video: LocalTrack;
  /** The camera's picture as it is sent, for one's own view; null while there is none. */
  camera: MediaStreamTrack | null;
  /** Whether its background is blurred. */
  blur: BlurState;
  microphone: MediaStreamTrack | null;
  /** The shared screen. */
  screen: MediaStreamTrack | null;
  quality: Quality;
}

/** `failed`: wished, and another camera could not be blurred; nothing of it is sent. */
export type BlurState = 'off' | 'starting' | 'on' | 'failed';

export type Quality = 'unknown' | 'lost' | 'poor' | 'good' | 'excellent';

export const isWeak = (quality: Quality): boolean => quality === 'poor' || quality === 'lost';

/** What this page receives from the other side. */
export interface RemoteMedia {
  /**
   * Null while nothing is received, or the other side has muted it or cannot open it. While it is only just opening
   * the picture is black.
   */
  camera: MediaStreamTrack | null;
  /** While it rings: what `camera` is to be. Black, for an element that is to be ready for the first picture. */
  cameraToCome: MediaStreamTrack | null;
  microphone: MediaStreamTrack | null;
  screen: MediaStreamTrack | null;
  quality: Quality;
  /** The other side sends a picture, and this side's connection is too weak to have it beside the voice. */
  givenUp: boolean;
  /** The browser wants a tap before it plays sound: call `startPlayback()` from one. */
  playbackBlocked: boolean;
  /** How loud it is played, 0 to 1. */
  volume: number;
}

/**
 * The way to the LiveKit room. `joined`: in it. `away`: the connection is lost and being mended.
 * `lost`: given up; only another room helps.
 */
export type RoomLink = 'out' | 'joining' | 'joined' | 'away' | 'lost';

export interface MediaState {
  link: RoomLink;
  /** The generation of the room that `link` speaks of; null when out. */
  generation: number | null;
  local: LocalMedia;
  remote: RemoteMedia;
}

/** What the media should be like now. The adapter makes LiveKit and the devices match it, whatever they are. */
export interface MediaWish {
  /** The room to be in; null for none. */
  room: RoomAccess | null;
  /** The LiveKit identity of the one other participant to be seen and heard; null: nobody yet. */
  peer: string | null;
  /**
   * `closed`: no device is open and nothing but a black and silent placeholder is sent, so that the way is paved.
   * `ready`: the devices of `send` are open for their owner's own view; what is sent is still the placeholder.
   * `open`: the devices of `send` are open and sent.
   */
  devices: 'closed' | 'ready' | 'open';
  /** The placeholder is sent instead: the way is paved up to the other side, which sees black and hears nothing. */
  withheld: boolean;
  /** Which kinds belong to this call at all, and which of them their owner mutes. */
  send: Record<TrackType, 'off' | 'on' | 'muted'>;
}

/** The port to media. `livekit-media.ts` is the one adapter. */
export interface Media {
  readonly state: MediaState;
  /** Idempotent; the last wish wins. Failures show up in `state`, never as a throw. */
  want(wish: MediaWish): void;
  /** Switches a running device. Rejects with `device-not-found`, `device-in-use` or `permission-denied`; the one before stays. */
  switchDevice(kind: DeviceKind, deviceId: string): Promise<void>;
  setResolution(resolution: Resolution): Promise<void>;
  /** Blurs what is behind whoever sits at the camera. Rejects with `media-failed` where it cannot be had. */
  setBlur(on: boolean): Promise<void>;
  /** Plays the other side that loud, 0 to 1, where the browser lets a page do so. */
  setVolume(volume: number): void;
  shareScreen(): Promise<void>;
  unshareScreen(): Promise<void>;
  /** Lets blocked sound play. Call it from a person's tap. */
  startPlayback(): Promise<void>;
  /** Tries again to open what failed, after the person mended the cause. */
  retryDevices(): void;
  /** Leaves the room, stops every track, removes every listener. */
  close(): void;
}

export interface MediaOptions {
  /** Told of every change. */
  onChange: (state: MediaState) => void;
  /** Says which devices to open, and is told which are. */
  devices: DeviceBook;
  /** The address of the folder with what blurring needs. */
  blurFiles: string;
}
export type CreateMedia = (options: MediaOptions) => Media;

/** The idle state: nothing sent, nothing received. */
export const NO_LOCAL_MEDIA: LocalMedia = Object.freeze<LocalMedia>({
  audio: { state: 'off', problem: null },
  video: { state: 'off', problem: null },
  camera: null,
  blur: 'off',
  microphone: null,
  screen: null,
  quality: 'unknown',
});
export const NO_REMOTE_MEDIA: RemoteMedia = Object.freeze<RemoteMedia>({
  camera: null,
  cameraToCome: null,
  microphone: null,
  screen: null,
  quality: 'unknown',
  givenUp: false,
  playbackBlocked: false,
  volume: 1,
});
export const NO_MEDIA: MediaState = Object.freeze<MediaState>({
  link: 'out',
  generation: null,
  local: NO_LOCAL_MEDIA,
  remote: NO_REMOTE_MEDIA,
});

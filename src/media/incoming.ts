import type { RemoteMedia } from './media.js';

/** What comes from the peer in the room. */
export interface Incoming extends Omit<RemoteMedia, 'playbackBlocked' | 'volume'> {
  screenSound: MediaStreamTrack | null;
}

export const NOTHING_INCOMING: Incoming = Object.freeze({
  camera: null,
  cameraToCome: null,
  microphone: null,
  screen: null,
  screenSound: null,
  quality: 'unknown',
  givenUp: false,
});

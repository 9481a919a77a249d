import { RESOLUTIONS } from './resolutions.js';
import type { Resolution } from './devices.js';
import type { TrackType } from '../protocol/index.js';

/** A black or silent track that is sent where no device is open. */
export interface Placeholder {
  readonly track: MediaStreamTrack;
  /** Ends the track. */
  stop(): void;
}

const onlyTrack = (stream: MediaStream): MediaStreamTrack => {
  const [track] = stream.getTracks();
  if (!track) throw new Error('The browser made an empty stream.');
  return track;
};

function blackPicture(resolution: Resolution): Placeholder {
  const canvas = document.createElement('canvas');
  // As large as the camera's pictures: the encoder keeps its set-up when they take over.
  Object.assign(canvas, RESOLUTIONS[resolution]);
  const context = canvas.getContext('2d', { alpha: false });
  const draw = () => context?.fillRect(0, 0, canvas.width, canvas.height);
  const track = onlyTrack(canvas.captureStream());
  draw();
  // A canvas gives a frame only when it is drawn, and without frames LiveKit does not announce the track.
  const timer = setInterval(draw, 200);
  return {
    track,
    stop: () => {
      clearInterval(timer);
      track.stop();
    },
  };
}

function silence(): Placeholder {
  // Its destination gives silence as long as nothing is connected to it.
  const context = new AudioContext();
  const track = onlyTrack(context.createMediaStreamDestination().stream);
  return {
    track,
    stop: () => {
      track.stop();
      void context.close();
    },
  };
}

/** `resolution` is that of the camera that is to take over. */
export const createPlaceholder = (kind: TrackType, resolution: Resolution): Placeholder =>
  kind === 'video' ? blackPicture(resolution) : silence();

import { OmniCallError, type TrackType } from '../protocol/index.js';
import { blockedByPolicy } from './policy.js';
import { sizeConstraints } from './resolutions.js';
import type { DeviceKind, Resolution } from './devices.js';

/** In words for people, and as browsers call the permission. */
const WORD = { audio: 'microphone', video: 'camera' } as const satisfies Record<TrackType, string>;

/** The kind of device that a track comes from. */
export const INPUT: Record<TrackType, Extract<DeviceKind, 'videoinput' | 'audioinput'>> = {
  audio: 'audioinput',
  video: 'videoinput',
};

export interface CaptureRequest {
  /** Null: the browser's default. */
  deviceId: string | null;
  /** Whether only that very device will do. */
  exact: boolean;
  /** Of the camera. */
  resolution: Resolution;
}

const inForeignFrame = (): boolean => {
  try {
    return window.top?.location.origin !== window.location.origin;
  } catch {
    return true;
  }
};

/** Whether the person, and not the frame around the page, refused: then the browser knows of a refusal. */
const refusedByPerson = async (name: 'camera' | 'microphone'): Promise<boolean> => {
  try {
    return (await navigator.permissions.query({ name })).state !== 'prompt';
  } catch {
    return false;
  }
};

/** What a refused `getUserMedia` means for the person at the device, in words that help to mend it. */
export async function captureError(cause: unknown, kind: TrackType): Promise<OmniCallError> {
  const word = WORD[kind];
  const name = cause instanceof Error ? cause.name : '';
  const said = cause instanceof Error ? cause.message : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      if (blockedByPolicy(word) || (inForeignFrame() && !(await refusedByPerson(word)))) {
        return policyError(word, cause);
      }
      if (/system/i.test(said)) {
        return new OmniCallError(
          'permission-denied',
          `The system does not let this browser use the ${word}. Allow it in the system's privacy settings.`,
          { cause },
        );
      }
      return new OmniCallError(
        'permission-denied',
        `The ${word} was not allowed. Allow it in the browser's settings for this site, beside the address.`,
        { cause },
      );
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new OmniCallError('device-not-found', `No ${word} was found. Plug one in, or choose another.`, { cause });
    case 'NotReadableError':
    case 'AbortError':
      return new OmniCallError(
        'device-in-use',
        `The ${word} could not be opened. Close other programs that use it, then try again.`,
        { cause },
      );
    default:
      return new OmniCallError('media-failed', `The ${word} could not be opened.`, { cause });
  }
}

const policyError = (feature: string, cause?: unknown): OmniCallError =>
  new OmniCallError(
    'permission-blocked-by-policy',
    `This page may not use the ${feature}: the site forbids it. Its Permissions-Policy header, or the frame's allow attribute, has to name “${feature}”.`,
    { cause },
  );

/** Why no device can be opened here at all; null when one can. */
function captureObstacle(kind: TrackType): OmniCallError | null {
  const word = WORD[kind];
  if (!globalThis.isSecureContext) {
    return new OmniCallError(
      'insecure-context',
      `Browsers give the ${word} only to pages opened by HTTPS, or from localhost.`,
    );
  }
  if (!navigator.mediaDevices?.getUserMedia) {
    return new OmniCallError('unsupported-browser', `This browser cannot open a ${word} for web pages.`);
  }
  return blockedByPolicy(word) ? policyError(word) : null;
}

/** Asks for the device by `exact` even where another would do: Chromium may take its default for one that is `ideal`. */
async function open(kind: TrackType, { deviceId, exact, resolution }: CaptureRequest): Promise<MediaStream> {
  const ask = (id: string | null): Promise<MediaStream> =>
    navigator.mediaDevices.getUserMedia({
      [kind]: {
        ...(id !== null && { deviceId: { exact: id } }),
        ...(kind === 'video'
          ? sizeConstraints(resolution)
          : { echoCancellation: true, noiseSuppression: true, autoGainControl: true }),
      },
    });
  try {
    return await ask(deviceId);
  } catch (error) {
    const isGone = error instanceof Error && ['OverconstrainedError', 'NotFoundError'].includes(error.name);
    if (exact || deviceId === null || !isGone) throw error;
    return ask(null);
  }
}

/** Opens one device. Rejects with an `OmniCallError`. */
export async function capture(kind: TrackType, request: CaptureRequest): Promise<MediaStreamTrack> {
  const obstacle = captureObstacle(kind);
  if (obstacle) throw obstacle;
  let stream: MediaStream;
  try {
    stream = await open(kind, request);
  } catch (cause) {
    throw await captureError(cause, kind);
  }
  const [track] = stream.getTracks();
  if (!track) throw new OmniCallError('media-failed', `The ${WORD[kind]} gave nothing.`);
  // A voice must stay clear at low rates, a face must keep moving.
  track.contentHint = kind === 'video' ? 'motion' : 'speech';
  return track;
}

/** Asks for a screen, with its sound where the browser offers it. Rejects with an `OmniCallError`. */
export async function captureScreen(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getDisplayMedia) {
    throw new OmniCallError('unsupported-browser', 'This browser cannot share a screen.');
  }
  if (blockedByPolicy('display-capture')) throw policyError('display-capture');
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: true });
    // Text is read: rather fewer frames than blurred ones.
    for (const track of stream.getVideoTracks()) track.contentHint = 'detail';
    return stream;
  } catch (cause) {
    const denied = cause instanceof Error && cause.name === 'NotAllowedError';
    throw denied
      ? new OmniCallError('permission-denied', 'The screen was not shared.', { cause })
      : new OmniCallError('media-failed', 'The screen could not be shared.', { cause });
  }
}

import {
  LocalAudioTrack,
  LocalVideoTrack,
  PublishTrackError,
  Track,
  type LocalParticipant,
  type LocalTrack,
} from 'livekit-client';
import type { TrackType } from '../protocol/index.js';
import { pageClock } from '../signalling/clock.js';
import { changeEncodings } from './encodings.js';
import { probeLink } from './link-probe.js';

export interface Outgoing {
  track: MediaStreamTrack;
  /** It only paves the way. */
  isPlaceholder: boolean;
  /** Tells the other side that there is nothing to see or hear. */
  muted: boolean;
}

const SOURCE = { audio: Track.Source.Microphone, video: Track.Source.Camera } as const;

/** A track owned by the page: LiveKit never opens, restarts or stops its device by itself. */
export const localTrack = (track: MediaStreamTrack): LocalTrack => {
  const local =
    track.kind === 'video' ? new LocalVideoTrack(track, undefined, true) : new LocalAudioTrack(track, undefined, true);
  // The cast is for `exactOptionalPropertyTypes`, which LiveKit's typings are not written for.
  return local as LocalTrack;
};

/**
 * Makes the encoder begin with a whole picture, for somebody who has seen none yet. LiveKit asks for one as well, but
 * has it wait for up to a second after the one before.
 */
async function beginAnew(sender: RTCRtpSender): Promise<void> {
  const active = sender.getParameters().encodings.map((encoding) => encoding.active);
  const set = (isActive: (index: number) => boolean): Promise<void> =>
    changeEncodings(sender, (encoding, index) => (encoding.active = isActive(index)));
  const resume = (): Promise<void> => set((index) => active[index] ?? true);
  // LiveKit may be setting something itself just then, which makes the browser refuse.
  await set(() => false).catch(() => undefined);
  await resume().catch(resume);
}

/** In a voice call that has only just become a video call, the leave to send a picture may still be on its way. */
const isForbidden = (error: unknown): boolean => error instanceof PublishTrackError && error.status === 403;

/**
 * Makes one publication match what is wanted. The publication stays the same for the whole call: devices and
 * placeholders take turns in its sender, so that no change needs a negotiation.
 */
export class LiveKitSender {
  readonly #participant: LocalParticipant;
  readonly #kind: TrackType;
  readonly #onSent: () => void;
  readonly #onFailed: () => void;
  #wanted: Outgoing | null = null;
  #local: LocalTrack | null = null;
  #running = false;

  /** `onSent`: what was wanted is done. */
  constructor(participant: LocalParticipant, kind: TrackType, onSent: () => void, onFailed: () => void) {
    this.#participant = participant;
    this.#kind = kind;
    this.#onSent = onSent;
    this.#onFailed = onFailed;
  }

  /** What goes out, once it is what is wanted. */
  get sent(): MediaStreamTrack | null {
    const track = this.#local?.mediaStreamTrack;
    return track && track === this.#wanted?.track ? track : null;
  }

  want(outgoing: Outgoing | null): void {
    this.#wanted = outgoing;
    if (!this.#running) void this.#run();
  }

  /** Takes the encoder's settings anew, after the picture's size changed. */
  refresh(): void {
    const { track } = this.#wanted ?? {};
    if (track && this.#local?.mediaStreamTrack === track) void this.#local.replaceTrack(track, true);
  }

  async #run(): Promise<void> {
    this.#running = true;
    let changed = false;
    try {
      while (await this.#step()) changed = true;
    } catch (error) {
      if (!isForbidden(error)) this.#onFailed();
    } finally {
      this.#running = false;
    }
    if (changed) this.#onSent();
  }

  /** One step towards what is wanted by now. False when there is nothing left to do. */
  async #step(): Promise<boolean> {
    const [wanted, local] = [this.#wanted, this.#local];
    if (!wanted) {
      if (!local) return false;
      this.#local = null;
      await this.#participant.unpublishTrack(local, false);
    } else if (!local) {
      await this.#publish(wanted);
    } else if (wanted.muted && !local.isMuted) {
      await local.mute();
    } else if (wanted.track !== local.mediaStreamTrack) {
      const begins = this.#kind === 'video' && local.isMuted && !wanted.muted;
      const replaced = local.replaceTrack(wanted.track, true);
      // The word that it is unmuted travels while the first picture is being encoded.
      if (!wanted.muted) await local.unmute();
      await replaced;
      if (begins && local.sender) await beginAnew(local.sender);
    } else if (!wanted.muted && local.isMuted) {
      await local.unmute();
    } else {
      return false;
    }
    return true;
  }

  async #publish({ track, muted, isPlaceholder }: Outgoing): Promise<void> {
    const local = localTrack(track);
    if (muted) await local.mute();
    await this.#participant.publishTrack(local, { source: SOURCE[this.#kind] });
    this.#local = local;
    if (this.#kind === 'video' && isPlaceholder && local.sender) void probeLink(local.sender, pageClock);
  }
}

import { Track, type LocalParticipant, type LocalTrack } from 'livekit-client';
import { localTrack } from './livekit-sender.js';
import { captureScreen } from './capture.js';
import { OmniCallError } from '../protocol/index.js';

/** Shares a screen in the room, with its sound where the browser gives that. */
export class LiveKitScreen {
  readonly #participant: LocalParticipant;
  readonly #onChange: () => void;
  #shared: { picture: LocalTrack; sound: LocalTrack | null } | null = null;
  #closed = false;

  constructor(participant: LocalParticipant, onChange: () => void) {
    this.#participant = participant;
    this.#onChange = onChange;
  }

  get track(): MediaStreamTrack | null {
    return this.#shared?.picture.mediaStreamTrack ?? null;
  }

  /** Asks the person which screen. Rejects with `permission-denied` when there is none. */
  async share(): Promise<void> {
    if (this.#shared) return;
    const stream = await captureScreen();
    const [video] = stream.getVideoTracks();
    const [audio] = stream.getAudioTracks();
    if (this.#closed || this.#shared || !video) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    const picture = localTrack(video);
    const sound = audio ? localTrack(audio) : null;
    this.#shared = { picture, sound };
    // The browser's own bar ends the sharing as well.
    video.addEventListener('ended', () => void this.unshare());
    this.#onChange();
    try {
      await Promise.all([
        this.#participant.publishTrack(picture, { source: Track.Source.ScreenShare, simulcast: false }),
        sound && this.#participant.publishTrack(sound, { source: Track.Source.ScreenShareAudio }),
      ]);
    } catch (cause) {
      await this.unshare();
      throw new OmniCallError('media-failed', 'The screen could not be sent.', { cause });
    }
  }

  async unshare(): Promise<void> {
    const shared = this.#take();
    if (!shared) return;
    this.#onChange();
    await Promise.all([
      this.#participant.unpublishTrack(shared.picture),
      shared.sound && this.#participant.unpublishTrack(shared.sound),
    ]);
  }

  /** Stops without a word to the room: for leaving it. */
  stop(): void {
    this.#closed = true;
    this.#take();
  }

  #take() {
    const shared = this.#shared;
    this.#shared = null;
    shared?.picture.stop();
    shared?.sound?.stop();
    return shared;
  }
}

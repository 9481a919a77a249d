import { CALL_TYPE, TRACK_TYPE, type CallType, type TrackType } from '../../protocol/index.js';
import type { CallService } from '../../service/call-service.js';
import type { CallInfo } from '../../service/snapshot.js';
import type { Consent } from './consent.js';

export interface ActionsOptions {
  service(): CallService | null;
  /** Carries it out, and tells of a failure. */
  act(work: () => Promise<unknown> | void): Promise<void>;
  placeAgain(callType: CallType, callee: string): Promise<void>;
  readonly consent: Pick<Consent, 'isRefused'>;
}

const setMuted = (service: CallService, track: TrackType, on: boolean): Promise<void> =>
  on ? service.setMute(track) : service.setUnmute(track);

/** What the buttons of a call do: each asks the service, and shows nothing before that has done it. */
export class CallActions {
  readonly #options: ActionsOptions;

  constructor(options: ActionsOptions) {
    this.#options = options;
  }

  readonly answer = (): void => this.#answer();
  readonly answerByVoice = (): void => this.#answer(CALL_TYPE.AUDIO_CALL);
  readonly leave = (): void => this.#ask((service) => service.leave());
  readonly dismiss = (): void => this.#ask((service) => service.dismiss());
  readonly retryDevices = (): void => this.#ask((service) => service.retryDevices());
  readonly startPlayback = (): void => this.#ask((service) => service.startPlayback());

  readonly toggleMicrophone = (): void => this.#toggle(TRACK_TYPE.AUDIO);
  /** In a voice call this makes it a video call. */
  readonly toggleCamera = (): void => this.#toggle(TRACK_TYPE.VIDEO);

  /** Unmutes the microphone, or mutes it. */
  readonly talk = (on: boolean): void => this.#ask((service) => setMuted(service, TRACK_TYPE.AUDIO, !on));

  readonly toggleBlur = (): void => this.#ask((service) => service.setBlur(service.snapshot.local.blur === 'off'));
  readonly setVolume = (volume: number): void => this.#ask((service) => service.setVolume(volume));

  /** Carries out what is the page's own to do. */
  carryOut(work: () => Promise<unknown>): void {
    void this.#options.act(work);
  }

  readonly pauseRecording = (): void => this.#ask((service) => service.setRecording('paused'));
  readonly resumeRecording = (): void => this.#ask((service) => service.setRecording('on'));
  readonly stopRecording = (): void => this.#ask((service) => service.setRecording('off'));

  readonly toggleScreen = (): void =>
    this.#ask(async (service) => {
      if (service.snapshot.local.screen) return service.screenUnshare();
      try {
        await service.screenShare();
      } catch (error) {
        // Whoever closes the browser's list of screens has changed their mind; nothing failed.
        if (!isRefusal(error)) throw error;
      }
    });

  readonly send = (text: string): Promise<void> => {
    const service = this.#options.service();
    return service ? service.sendMessage(text) : Promise.reject(new Error('There is no service.'));
  };

  /** Does it with the service, where there is one. For what `carryOut` carries out. */
  readonly with = async (work: (service: CallService) => Promise<void>): Promise<void> => {
    const service = this.#options.service();
    if (service) await work(service);
  };

  /** Calls the same person once more. */
  again({ peer }: CallInfo, callType: CallType): void {
    void this.#options.act(() => this.#options.placeAgain(callType, peer.userId));
  }

  #answer(callType?: CallType): void {
    const { isRefused } = this.#options.consent;
    this.#ask((service) => service.answerCall(callType, undefined, isRefused ? { record: false } : undefined));
  }

  #toggle(track: TrackType): void {
    this.#ask((service) => {
      const { call, local } = service.snapshot;
      const isMuted = call?.me.muted[track];
      // What failed is off: to turn it on is to try again.
      return !isMuted && local[track].state === 'failed' ? service.retryDevices() : setMuted(service, track, !isMuted);
    });
  }

  #ask(work: (service: CallService) => Promise<unknown> | void): void {
    const service = this.#options.service();
    if (service) void this.#options.act(() => work(service));
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'permission-denied';

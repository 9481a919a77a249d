import { lostDevice, type LostDevice } from '../../media/lost-device.js';
import { MutedSpeech } from '../../media/muted-speech.js';
import type { CallInfo, CallSnapshot } from '../../service/snapshot.js';
import type { CallActions } from './call-actions.js';

/** What a call asks of the browser while it is connected, and what it notices of its owner's devices. */
export class DuringCall {
  readonly #actions: CallActions;
  readonly #onChange: () => void;
  #speech: MutedSpeech | null = null;
  #heard: MediaStreamTrack | null = null;
  #before: CallSnapshot | null = null;
  /** Aborted as the call ends. */
  #call: AbortController | null = null;
  /** Its owner spoke while muted. */
  speaksMuted = false;
  lost: LostDevice | null = null;

  constructor(actions: CallActions, onChange: () => void) {
    this.#actions = actions;
    this.#onChange = onChange;
  }

  follow(snapshot: CallSnapshot, call: CallInfo | null): void {
    if (!call || call.connectedAt === null || call.ending) return this.stop();
    if (!this.#call) this.#begin();
    if (this.#before) this.lost = lostDevice(this.#before.devices, snapshot.devices) ?? this.lost;
    this.#before = snapshot;
    const isMuted = call.me.muted.audio;
    if (!isMuted) this.speaksMuted = false;
    this.#listen(isMuted ? snapshot.local.microphone : null);
    const session = (navigator as Partial<Navigator>).mediaSession;
    session?.setMicrophoneActive?.(!isMuted);
    session?.setCameraActive?.(!call.me.muted.video);
  }

  stop(): void {
    this.#call?.abort();
    this.#call = null;
    this.#before = null;
    this.#listen(null);
    this.speaksMuted = false;
    this.lost = null;
  }

  readonly forgetLost = (): void => {
    this.lost = null;
    this.#onChange();
  };

  #begin(): void {
    const call = (this.#call = new AbortController());
    keepAwake(call.signal);
    const { leave, toggleMicrophone, toggleCamera } = this.#actions;
    takeMediaKeys({ hangup: leave, togglemicrophone: toggleMicrophone, togglecamera: toggleCamera }, call.signal);
  }

  #listen(microphone: MediaStreamTrack | null): void {
    if (microphone === this.#heard) return;
    this.#heard = microphone;
    this.#speech?.stop();
    this.#speech =
      microphone &&
      new MutedSpeech(microphone, () => {
        this.speaksMuted = true;
        this.#onChange();
      });
  }
}

/** Keeps the screen on until the signal. The browser lets go of it with every page that is hidden. */
function keepAwake(signal: AbortSignal): void {
  const ask = async (): Promise<void> => {
    if (document.visibilityState !== 'visible') return;
    const lock = await navigator.wakeLock.request('screen');
    if (signal.aborted) await lock.release();
    else signal.addEventListener('abort', () => void lock.release(), { once: true });
  };
  if (!('wakeLock' in navigator)) return;
  // Refused, as with an empty battery: the screen goes dark as ever.
  const handle = (): void => void ask().catch(() => undefined);
  document.addEventListener('visibilitychange', handle, { signal });
  handle();
}

/** Gives the keys of a keyboard or headset to the call until the signal, as far as the browser knows them. */
function takeMediaKeys(actions: Readonly<Record<string, () => void>>, signal: AbortSignal): void {
  if (!('mediaSession' in navigator)) return;
  const set = (action: string, handler: (() => void) | null): void => {
    try {
      navigator.mediaSession.setActionHandler(action as MediaSessionAction, handler);
    } catch {
      // An action that this browser does not know.
    }
  };
  for (const [action, handler] of Object.entries(actions)) {
    set(action, handler);
    signal.addEventListener('abort', () => set(action, null), { once: true });
  }
}

import { lossAfter, type DeviceLoss, type LostDevice } from '../../media/lost-device.js';
import { MutedSpeech } from '../../media/muted-speech.js';
import type { CallInfo, CallSnapshot } from '../../service/snapshot.js';
import type { CallActions } from './call-actions.js';
import { isFullScreen, toggleFullScreen } from './full-screen.js';
import { isOn } from './is-on.js';
import { PictureInPicture } from './picture-in-picture.js';
import { PushToTalk } from './push-to-talk.js';
import type { Scene } from './scene.js';
import { shortcutOf, takesText } from './shortcuts.js';
import { Spoken } from './spoken.js';

/** The element that shows the call. */
export interface CallHost extends HTMLElement {
  readonly renderRoot: ParentNode;
  requestUpdate(): void;
}

/** What a call asks of the browser while it is connected, and what it notices of its owner's devices. */
export class DuringCall {
  readonly #actions: CallActions;
  readonly #host: CallHost;
  readonly #push: PushToTalk;
  readonly pip: PictureInPicture;
  #speech: MutedSpeech | null = null;
  #heard: MediaStreamTrack | null = null;
  #loss: DeviceLoss | null = null;
  /** Aborted as the call ends. */
  #call: AbortController | null = null;
  /** Its owner spoke while muted. */
  speaksMuted = false;
  spoken = new Spoken();

  constructor(actions: CallActions, host: CallHost) {
    this.#actions = actions;
    this.#host = host;
    this.#push = new PushToTalk(actions.talk);
    this.pip = new PictureInPicture(() => host.requestUpdate());
  }

  get lost(): LostDevice | null {
    return this.#loss?.lost ?? null;
  }

  get isFull(): boolean {
    return isFullScreen(this.#host);
  }

  follow(snapshot: CallSnapshot, call: CallInfo | null): void {
    if (!call || !isOn(call)) return this.stop();
    if (!this.#call) this.#begin();
    const { devices } = snapshot;
    this.#loss = lossAfter(this.#loss ?? { known: devices, lost: null }, devices);
    const isMuted = call.me.muted.audio;
    if (!isMuted) this.speaksMuted = false;
    this.#listen(isMuted ? snapshot.local.microphone : null);
    const session = (navigator as Partial<Navigator>).mediaSession;
    session?.setMicrophoneActive?.(!isMuted);
    session?.setCameraActive?.(!call.me.muted.video);
  }

  readonly toggleFull = (): void => this.#actions.carryOut(() => toggleFullScreen(this.#host));

  togglePip(scene: Scene): void {
    const video = this.#host.renderRoot.querySelector<HTMLVideoElement>('[part~="remote-video"]');
    this.#actions.carryOut(() => this.pip.toggle(scene, video));
  }

  /** A key that was pressed while the focus is in the widget. */
  handleKey(event: KeyboardEvent, scene: Scene): void {
    const shortcut = takesText(event.composedPath()[0]) ? null : shortcutOf(event);
    if (!shortcut || event.defaultPrevented || !this.#call) return;
    event.preventDefault();
    if (event.repeat) return;
    const { actions, chat, panels, call } = scene;
    const does = {
      microphone: actions.toggleMicrophone,
      talk: () => call.me.muted.audio && this.#push.press(),
      camera: actions.toggleCamera,
      screen: actions.toggleScreen,
      messages: chat.toggle,
      pip: () => this.togglePip(scene),
      full: this.toggleFull,
      more: () => panels.toggle('more'),
    };
    does[shortcut]();
  }

  stop(): void {
    this.#call?.abort();
    this.#call = null;
    this.#push.stop();
    this.pip.close();
    if (this.isFull) document.exitFullscreen().catch(() => undefined);
    this.#loss = null;
    this.#listen(null);
    this.speaksMuted = false;
  }

  readonly forgetLost = (): void => {
    if (this.#loss) this.#loss = { ...this.#loss, lost: null };
    this.#host.requestUpdate();
  };

  #begin(): void {
    const call = (this.#call = new AbortController());
    this.spoken = new Spoken();
    keepAwake(call.signal);
    const { leave, toggleMicrophone, toggleCamera } = this.#actions;
    // Whether it fills the screen is the browser's to say: its own keys end that as well.
    this.#host.addEventListener('fullscreenchange', () => this.#host.requestUpdate(), { signal: call.signal });
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
        this.#host.requestUpdate();
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

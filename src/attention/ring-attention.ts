import { canSound } from './can-sound.js';
import { flashTitle } from './page-title.js';
import { notifyOfRing } from './ring-notification.js';
import { standForRinger } from './ringer-election.js';
import { RINGTONE } from './tone-patterns.js';
import { TonePlayer } from './tone-player.js';

export interface Ring {
  /** The call's id. */
  session: string;
  /** The id of the person who is rung: of all that rings for that id in one browser, on whatever server, one is heard. */
  who: string;
  /** The address of a sound to play over and over, `none`, or empty for the widget's own. */
  ringtone: string;
  /** Whether to show a system notification while the page is hidden. */
  notify: boolean;
  /** In the language of the element. */
  title: string;
  body: string;
  /** The browser keeps the ringtone silent until the page is tapped: true; it can be heard after all: false. */
  onBlocked(blocked: boolean): void;
}

const VIBRATION = [400, 200, 400, 1000];
const VIBRATE_EVERY = 2000;

/** Draws attention to a ringing call by sound, title, notification and vibration. All of it stops with `stop()`. */
export class RingAttention {
  readonly #ring: Ring;
  readonly #stopped = new AbortController();
  readonly #tones = new TonePlayer();
  readonly #undo: (() => void)[] = [];
  #audio: HTMLAudioElement | null = null;
  #candidacy = new AbortController();

  constructor(ring: Ring) {
    this.#ring = ring;
    this.#undo.push(flashTitle(ring.title));
    if (ring.notify) this.#undo.push(notifyOfRing({ title: ring.title, body: ring.body, tag: ring.session }));
    this.#vibrate();
    if (ring.ringtone !== 'none') void this.#elect();
  }

  stop(): void {
    this.#stopped.abort();
    this.#candidacy.abort();
    this.#silence();
    for (const undo of this.#undo) undo();
    this.#undo.length = 0;
  }

  /** Tries again to be heard. Call it from a person's tap. */
  async unblock(): Promise<void> {
    this.#candidacy.abort();
    await this.#elect();
  }

  async #elect(): Promise<void> {
    const able = await canSound();
    if (this.#stopped.signal.aborted) return;
    this.#candidacy = new AbortController();
    standForRinger(this.#ring.who, {
      able,
      signal: this.#candidacy.signal,
      onChange: (elected) => {
        this.#ring.onBlocked(elected && !able);
        if (elected && able) this.#sound();
        else this.#silence();
      },
    });
  }

  #sound(): void {
    if (this.#ring.ringtone === '') {
      this.#tones.play(RINGTONE);
      return;
    }
    const audio = new Audio(this.#ring.ringtone);
    audio.loop = true;
    this.#audio = audio;
    // A sound that cannot be had must not make the ring silent.
    audio.play().catch(() => {
      if (this.#audio === audio) this.#tones.play(RINGTONE);
    });
  }

  #silence(): void {
    this.#tones.stop();
    this.#audio?.pause();
    this.#audio = null;
  }

  #vibrate(): void {
    // Absent in Safari and Firefox; refused before the first tap, as sound is.
    if (!('vibrate' in navigator) || !navigator.userActivation?.hasBeenActive) return;
    navigator.vibrate(VIBRATION);
    const timer = setInterval(() => navigator.vibrate(VIBRATION), VIBRATE_EVERY);
    this.#undo.push(() => {
      clearInterval(timer);
      navigator.vibrate(0);
    });
  }
}

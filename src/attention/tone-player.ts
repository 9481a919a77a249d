import type { Note, TonePattern } from './tone-patterns.js';

/** Seconds of a note's rise, short of a click. */
const ATTACK = 0.012;

/** Plays patterns on an AudioContext that it makes, and lets go of. */
export class TonePlayer {
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Plays until `stop()`, or once. A pattern that was playing gives way. */
  play(pattern: TonePattern): void {
    this.stop();
    const context = new AudioContext();
    this.#context = context;
    const round = (): void => {
      for (const note of pattern.notes) sound(context, note, pattern.gain);
      const seconds = pattern.every ?? Math.max(...pattern.notes.map((note) => note.at + note.seconds)) + 0.1;
      this.#timer = setTimeout(pattern.every === null ? () => this.stop() : round, seconds * 1000);
    };
    round();
  }

  stop(): void {
    clearTimeout(this.#timer);
    // A closed context also ends what it had scheduled: silence at once.
    void this.#context?.close();
    this.#context = null;
  }
}

function sound(context: AudioContext, { at, seconds, pitches, voice }: Note, gain: number): void {
  const start = context.currentTime + at;
  const end = start + seconds;
  const envelope = context.createGain();
  envelope.gain.setValueAtTime(0, start);
  envelope.gain.linearRampToValueAtTime(gain / pitches.length, start + ATTACK);
  if (voice === 'bell') envelope.gain.exponentialRampToValueAtTime(0.0001, end);
  else {
    envelope.gain.setValueAtTime(gain / pitches.length, end - ATTACK);
    envelope.gain.linearRampToValueAtTime(0, end);
  }
  envelope.connect(context.destination);
  for (const pitch of pitches) {
    const oscillator = context.createOscillator();
    oscillator.type = voice === 'bell' ? 'triangle' : 'sine';
    oscillator.frequency.value = pitch;
    oscillator.connect(envelope);
    oscillator.start(start);
    oscillator.stop(end);
  }
}

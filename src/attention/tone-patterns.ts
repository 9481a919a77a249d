/** A sound of the widget: notes on a beat, once or over and over. */
export interface TonePattern {
  readonly notes: readonly Note[];
  /** Seconds after which it begins again; null: played once. */
  readonly every: number | null;
  /** 0 to 1. */
  readonly gain: number;
}

export interface Note {
  /** Seconds from the beginning of the pattern. */
  readonly at: number;
  readonly seconds: number;
  /** Hertz, sounded together. */
  readonly pitches: readonly number[];
  /** A bell rings out; a tone holds, as a telephone exchange's does. */
  readonly voice: 'bell' | 'tone';
}

const bell = (at: number, ...pitches: number[]): Note => ({ at, seconds: 0.9, pitches, voice: 'bell' });
const tone = (at: number, seconds: number, ...pitches: number[]): Note => ({ at, seconds, pitches, voice: 'tone' });

/**
 * Made to be heard: a rising figure between 600 Hz and 1.5 kHz, where small speakers are strong and which age
 * takes last, with a pause to speak in.
 */
export const RINGTONE: TonePattern = {
  notes: [bell(0, 659.3), bell(0.18, 830.6), bell(0.36, 987.8, 1318.5), bell(0.9, 830.6), bell(1.08, 987.8, 1318.5)],
  every: 3,
  gain: 0.5,
};

/** What the far end is doing, in the tones of ITU-T E.180: 425 Hz, long and slow while it rings. */
export const RINGBACK: TonePattern = { notes: [tone(0, 1, 425)], every: 4, gain: 0.08 };

/** ITU-T E.180: 425 Hz, short and quick. */
export const BUSY: TonePattern = {
  notes: [tone(0, 0.35, 425), tone(0.7, 0.35, 425), tone(1.4, 0.35, 425)],
  every: null,
  gain: 0.1,
};

export const ENDED: TonePattern = { notes: [bell(0, 587.3), bell(0.16, 440)], every: null, gain: 0.2 };

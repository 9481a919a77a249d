import { rename, rm, stat } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { runFfmpeg, startFfmpeg, type Ffmpeg } from './ffmpeg.js';
import { CANVAS } from './layout.js';
import { sizeOf } from './picture.js';

/** Samples of sound a second. */
export const SAMPLE_RATE = 48_000;
/** Pictures on their way to ffmpeg. When all are, it is behind, and gets no more for now. */
const BUFFERS = 4;
const SECONDS_BETWEEN_KEYFRAMES = 4;

export interface EncoderOptions {
  /** The MP4 file that is to be. */
  file: string;
  /** Pictures a second. */
  rate: number;
}

/** Where the file grows. It plays up to its last whole fragment, whatever happens. */
export const partOf = (file: string): string => `${file}.part`;
const seekableOf = (file: string): string => `${file}.seekable`;

export const removeTraces = async (file: string): Promise<void> => {
  await Promise.all([file, partOf(file), seekableOf(file)].map((path) => rm(path, { force: true })));
};

/** One `ffmpeg` that takes raw pictures and sound, each at its own steady rate, and writes H.264 and AAC. */
export class Encoder {
  /** Rejects as soon as nothing more can be written. Never resolves. */
  readonly broken: Promise<never>;
  readonly #ended: Promise<void>;
  readonly #file: string;
  readonly #pictures: Writable;
  readonly #sound: Writable;
  readonly #free = Array.from({ length: BUFFERS }, () => Buffer.allocUnsafe(sizeOf(CANVAS.width, CANVAS.height)));

  constructor({ file, rate }: EncoderOptions) {
    this.#file = file;
    const ffmpeg = startFfmpeg(argumentsFor(partOf(file), rate), { stdio: ['pipe', 'ignore', 'pipe', 'pipe'] });
    this.#ended = ffmpeg.ended;
    this.broken = new Promise((_, reject) => void this.#ended.catch(reject));
    [this.#pictures, this.#sound] = inputsOf(ffmpeg);
  }

  /** Whether it takes another picture now. */
  get ready(): boolean {
    return this.#free.length > 0;
  }

  picture(data: Uint8Array): void {
    const copy = this.#free.pop();
    if (!copy) throw new Error('The encoder was given a picture while it takes none.');
    copy.set(data);
    this.#pictures.write(copy, () => void this.#free.push(copy));
  }

  sound(samples: Int16Array): void {
    this.#sound.write(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  }

  /** Resolves with the size of the file once that is whole. */
  async finish(): Promise<number> {
    this.#endInputs();
    await this.#ended;
    const seekable = seekableOf(this.#file);
    try {
      await runFfmpeg(argumentsToCopy(partOf(this.#file), seekable));
      await rename(seekable, this.#file);
    } catch (error) {
      await rm(seekable, { force: true });
      throw error;
    }
    await rm(partOf(this.#file), { force: true });
    return (await stat(this.#file)).size;
  }

  /** Resolves when nothing is written any more. What was written is in the part. */
  async close(): Promise<void> {
    this.#endInputs();
    await this.#ended.catch(() => undefined);
  }

  #endInputs(): void {
    this.#pictures.end();
    this.#sound.end();
  }
}

function inputsOf({ process }: Ffmpeg): [Writable, Writable] {
  const [pictures, , , sound] = process.stdio;
  if (!isWritable(pictures) || !isWritable(sound)) throw new Error('ffmpeg has no inputs.');
  // What ffmpeg has to say of its end is in `ended`; that its inputs broke is no news.
  for (const input of [pictures, sound]) input.on('error', () => undefined);
  return [pictures, sound];
}

const isWritable = (stream: Readable | Writable | null | undefined): stream is Writable =>
  stream !== null && stream !== undefined && 'write' in stream;

function argumentsFor(file: string, rate: number): string[] {
  // Told all about its inputs, ffmpeg is not to hold one up while it finds out about the other.
  const known = '-probesize 32 -analyzeduration 0';
  const picture = `${known} -f rawvideo -pix_fmt yuv420p -s ${CANVAS.width}x${CANVAS.height} -framerate ${rate} -i pipe:0`;
  const sound = `${known} -f s16le -ar ${SAMPLE_RATE} -ac 1 -i pipe:3`;
  // Half the work of `veryfast` alone, for files of the same size.
  const x264 = 'mbtree=1:rc-lookahead=5:partitions=none:weightp=0';
  const h264 = `-c:v libx264 -preset superfast -x264-params ${x264} -crf 26 -threads 1 -bf 0 -g ${rate * SECONDS_BETWEEN_KEYFRAMES}`;
  // What WebRTC's pictures are in; a player takes 720 lines without these words for something else.
  const colours = '-colorspace smpte170m -color_primaries smpte170m -color_trc smpte170m -color_range tv';
  const mp4 = '-movflags +frag_keyframe+empty_moov+delay_moov+default_base_moof -flush_packets 1 -f mp4 -y';
  return [...`${picture} ${sound} ${h264} ${colours} -c:a aac -b:a 64k ${mp4}`.split(' '), file];
}

/** In one piece, with its index in front: a browser can seek in it before all of it is there. */
function argumentsToCopy(from: string, to: string): string[] {
  // AAC begins with a fiftieth of a second of nothing, before the beginning of the file: it is to stay there.
  const times = '-copyts -avoid_negative_ts disabled';
  return ['-i', from, ...`-c copy ${times} -movflags +faststart -f mp4 -y`.split(' '), to];
}

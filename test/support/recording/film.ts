import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MOST = 512 * 2 ** 20;

/** The size at which pictures are looked at. */
const LOOK = { width: 64, height: 36 } as const;
const RATE = 48_000;

/** A recording, decoded: to be looked at and listened to. */
export interface Film {
  /** Seconds, of the whole and of each stream. */
  duration: number;
  videoDuration: number;
  audioDuration: number;
  codecs: readonly string[];
  size: string;
  pixels: string;
  /** Pictures a second. */
  rate: number;
  pictures: readonly Uint8Array[];
  samples: Int16Array;
}

interface Probe {
  format: { duration: string };
  streams: {
    codec_type: 'audio' | 'video';
    codec_name: string;
    width?: number;
    height?: number;
    pix_fmt?: string;
    r_frame_rate: string;
    duration: string;
  }[];
}

async function decode(file: string, ...args: string[]): Promise<Buffer> {
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', file, ...args, 'pipe:1'], {
    encoding: 'buffer',
    maxBuffer: MOST,
  });
  return stdout;
}

export async function watch(file: string): Promise<Film> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', file]);
  const { format, streams } = JSON.parse(stdout) as Probe;
  const [video, audio] = (['video', 'audio'] as const).map((type) => streams.find((s) => s.codec_type === type));
  if (!video || !audio) throw new Error('A recording has a picture and sound.');
  const scaled = `scale=${LOOK.width}:${LOOK.height}:flags=area,format=gray`;
  const raw = await decode(file, '-an', '-vf', scaled, '-f', 'rawvideo');
  const sound = await decode(file, '-vn', '-f', 's16le', '-ar', String(RATE), '-ac', '1');
  const length = LOOK.width * LOOK.height;
  return {
    duration: Number(format.duration),
    videoDuration: Number(video.duration),
    audioDuration: Number(audio.duration),
    codecs: [video.codec_name, audio.codec_name],
    size: `${video.width}x${video.height}`,
    pixels: video.pix_fmt ?? '',
    rate: Number(video.r_frame_rate.split('/')[0]) / Number(video.r_frame_rate.split('/')[1]),
    pictures: Array.from({ length: raw.length / length }, (_, i) => raw.subarray(i * length, (i + 1) * length)),
    samples: new Int16Array(sound.buffer.slice(sound.byteOffset, sound.byteOffset + sound.length)),
  };
}

/** Part of the picture, from 0 to 1 in both directions. */
export interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const LEFT: Region = { left: 0.05, top: 0.3, right: 0.45, bottom: 0.7 };
export const RIGHT: Region = { left: 0.55, top: 0.3, right: 0.95, bottom: 0.7 };

function pixelsOf(picture: Uint8Array, { left, top, right, bottom }: Region): number[] {
  const pixels: number[] = [];
  for (let y = Math.round(top * LOOK.height); y < bottom * LOOK.height; y++)
    for (let x = Math.round(left * LOOK.width); x < right * LOOK.width; x++) pixels.push(picture[y * LOOK.width + x]!);
  return pixels;
}

export function brightness(film: Film, region: Region): number[] {
  return film.pictures.map((picture) => {
    const pixels = pixelsOf(picture, region);
    return pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
  });
}

/** The share of pictures, between two times in seconds, that differ from the one before. */
export function movement(film: Film, region: Region, from: number, to: number): number {
  const pictures = film.pictures.slice(Math.round(from * film.rate), Math.round(to * film.rate));
  const seen = pictures.map((picture) => pixelsOf(picture, region));
  const moved = seen.slice(1).filter((pixels, i) => pixels.some((pixel, at) => Math.abs(pixel - seen[i]![at]!) > 12));
  return moved.length / (pictures.length - 1);
}

/** How loud a tone is in each of the windows of so many milliseconds: its amplitude, of 32767. */
export function loudness(film: Film, tone: number, windowMs: number): number[] {
  const length = (RATE * windowMs) / 1000;
  const turn = 2 * Math.cos((2 * Math.PI * tone) / RATE);
  return Array.from({ length: Math.floor(film.samples.length / length) }, (_, window) => {
    let [before, last] = [0, 0];
    for (let i = window * length; i < (window + 1) * length; i++)
      [before, last] = [last, film.samples[i]! + turn * last - before];
    return (2 * Math.sqrt(last * last + before * before - turn * last * before)) / length;
  });
}

/** Seconds at which a series rises from under to over a threshold. */
export const rises = (values: readonly number[], threshold: number, rate: number): number[] =>
  values.flatMap((value, i) => (i > 0 && value >= threshold && values[i - 1]! < threshold ? [i / rate] : []));

/** For every flash, by how many seconds the beep with it comes later. */
export function skews(film: Film, region: Region, tone: number): number[] {
  const beeps = rises(loudness(film, tone, 10), 5000, 100);
  return rises(brightness(film, region), 150, film.rate).flatMap((flash) => {
    const skew = beeps.map((beep) => beep - flash).find((apart) => Math.abs(apart) < 0.3);
    return skew === undefined ? [] : [skew];
  });
}

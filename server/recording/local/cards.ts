import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFfmpeg } from './ffmpeg.js';
import { sizeOf, type Picture } from './picture.js';

/** Twice as wide as high cameras are, so that a card stands where a camera stood. */
const CARD = { width: 640, height: 360 } as const;
const LONGEST = 28;

/** A dark card with a name, for a side that shows no picture. Set by libass, which finds a font for every script. */
export async function renderCard(name: string): Promise<Picture> {
  const folder = await mkdtemp(join(tmpdir(), 'omni-call-card-'));
  const { width, height } = CARD;
  try {
    // A file of its own: arguments are for all on the machine to read.
    await writeFile(join(folder, 'card.ass'), scriptOf(name), { mode: 0o600 });
    const filters = `color=0x23262d:s=${width}x${height}:r=1:d=1,subtitles=filename=card.ass,drawbox=c=black:t=4,format=yuv420p`;
    const args = ['-filter_complex', filters, '-frames:v', '1', '-f', 'rawvideo', 'pipe:1'];
    const data = await runFfmpeg(args, folder);
    if (data.length !== sizeOf(width, height)) throw new Error(`ffmpeg drew a card of ${data.length} bytes.`);
    return { width, height, data };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const scriptOf = (name: string): string => `[Script Info]
ScriptType: v4.00+
PlayResX: ${CARD.width}
PlayResY: ${CARD.height}

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Alignment, MarginL, MarginR, Encoding
Style: Name,sans-serif,36,&H00F4F1EF,5,24,24,-1

[Events]
Format: Layer, Start, End, Style, Text
Dialogue: 0,0:00:00.00,0:01:00.00,Name,${asText(name)}
`;

/** A name is somebody else's string: nothing in it may be taken for a command of the script. */
export function asText(name: string): string {
  const letters = [...name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()];
  const short = letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('');
  // A word joiner, which is not seen, keeps the backslash from the letter that would make a command of it.
  return short.replaceAll('\\', '\\\u2060').replace(/[{}]/g, '\\$&');
}

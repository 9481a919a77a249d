import { setTimeout as wait } from 'node:timers/promises';
import type { ElementHandle, Page } from 'puppeteer-core';

/** Milliseconds after which what should have happened has not. */
const LIMIT = 15_000;
/** Milliseconds without a sign that count as an end. Chromium's fake microphone beeps once a second. */
const QUIET = 1500;
/** Frames to be shown at least. */
const FRAMES = 10;
/** Of a tone at full amplitude in a second: 0.5. */
const AUDIBLE = 0.001;
const LOOK_EVERY = 50;

/**
 * Resolves when a video has shown ten frames more, each of them decoded anew, and its picture has changed meanwhile.
 * Rejects, with what it saw, when that does not come.
 */
export function untilMoves(video: ElementHandle<HTMLVideoElement>): Promise<void> {
  return video.evaluate(
    (video, frames, limit) =>
      new Promise<void>((resolve, reject) => {
        const canvas = new OffscreenCanvas(64, 48);
        const context = canvas.getContext('2d', { willReadFrequently: true });
        if (!context) throw new Error('This browser has no canvas.');
        let shown = 0;
        let changes = 0;
        let last = '';
        const deadline = setTimeout(
          () => reject(new Error(`the video showed ${shown} frames and changed ${changes} times`)),
          limit,
        );
        const look = (): void => {
          context.drawImage(video, 0, 0, canvas.width, canvas.height);
          const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data.join();
          if (last !== '' && pixels !== last) changes++;
          last = pixels;
          if (++shown < frames || changes === 0) {
            video.requestVideoFrameCallback(look);
            return;
          }
          clearTimeout(deadline);
          resolve();
        };
        video.requestVideoFrameCallback(look);
      }),
    FRAMES,
    LIMIT,
  );
}

/** Between the strongest and the weakest of red, green and blue, at the mean over a picture; grey has none. */
const COLOUR = 40;

/** Resolves when a video shows a picture in colour, or one without. Rejects, with what it saw, when that does not come. */
export function untilColoured(video: ElementHandle<HTMLVideoElement>, isColoured: boolean): Promise<void> {
  return video.evaluate(
    (video, isColoured, least, limit) =>
      new Promise<void>((resolve, reject) => {
        const context = new OffscreenCanvas(16, 12).getContext('2d', { willReadFrequently: true });
        if (!context) throw new Error('This browser has no canvas.');
        let colour = NaN;
        const deadline = setTimeout(() => reject(new Error(`the last picture’s colour is ${colour}`)), limit);
        const look = (): void => {
          context.drawImage(video, 0, 0, 16, 12);
          const { data } = context.getImageData(0, 0, 16, 12);
          let sum = 0;
          for (let at = 0; at < data.length; at += 4) {
            const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
            sum += Math.max(red, green, blue) - Math.min(red, green, blue);
          }
          colour = sum / (16 * 12);
          if (colour > least !== isColoured) {
            video.requestVideoFrameCallback(look);
            return;
          }
          clearTimeout(deadline);
          resolve();
        };
        video.requestVideoFrameCallback(look);
      }),
    isColoured,
    COLOUR,
    LIMIT,
  );
}

/** Resolves when a video has shown no new frame for a while. Rejects when it goes on and on. */
export function untilStill(video: ElementHandle<HTMLVideoElement>): Promise<void> {
  return video.evaluate(
    (video, quiet, limit) =>
      new Promise<void>((resolve, reject) => {
        let over = false;
        const deadline = setTimeout(() => end(() => reject(new Error('the video goes on'))), limit);
        let still = setTimeout(() => end(resolve), quiet);
        const end = (settle: () => void): void => {
          over = true;
          clearTimeout(deadline);
          clearTimeout(still);
          settle();
        };
        const look = (): void => {
          if (over) return;
          clearTimeout(still);
          still = setTimeout(() => end(resolve), quiet);
          video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
      }),
    QUIET,
    LIMIT,
  );
}

/** What a page has received of sound, on all its connections. */
interface Heard {
  /** Of what was decoded and played. Firefox without a sound card runs no AudioContext to measure it with. */
  energy: number;
  bytes: number;
}

const heard = (page: Page): Promise<Heard> =>
  page.evaluate(async () => {
    const sum = { energy: 0, bytes: 0 };
    for (const peer of window.watch.peers) {
      if (peer.connectionState === 'closed') continue;
      const all = (await peer.getStats()).values() as Iterable<Record<string, number | string>>;
      for (const { type, kind, totalAudioEnergy, bytesReceived } of all) {
        if (type !== 'inbound-rtp' || kind !== 'audio') continue;
        sum.energy += Number(totalAudioEnergy ?? 0);
        sum.bytes += Number(bytesReceived ?? 0);
      }
    }
    return sum;
  });

/** Resolves when a page hears something anew. Rejects when it stays silent. */
export async function untilSound(page: Page): Promise<void> {
  const begin = await heard(page);
  for (const end = Date.now() + LIMIT; Date.now() < end; await wait(LOOK_EVERY)) {
    if ((await heard(page)).energy - begin.energy > AUDIBLE) return;
  }
  throw new Error(`no sound: ${JSON.stringify({ begin, end: await heard(page) })}`);
}

/** Resolves when no sound has reached a page for a while. Rejects when it goes on and on. */
export async function untilSilence(page: Page): Promise<void> {
  let [last, since] = [await heard(page), Date.now()];
  for (const end = Date.now() + LIMIT; Date.now() < end; await wait(LOOK_EVERY)) {
    const now = await heard(page);
    if (now.bytes > last.bytes || now.energy > last.energy) [last, since] = [now, Date.now()];
    else if (Date.now() - since > QUIET) return;
  }
  throw new Error(`the sound goes on: ${JSON.stringify(last)}`);
}

/** What a page has received on all its connections, whether it shows and plays it or not. */
export interface Received {
  /** Of the next ten pictures, over all of their pixels: 0 is black, 255 white. */
  brightest: number;
  /** Of all sound so far. */
  energy: number;
}

/** Looks into what comes to a page, past the elements. Rejects when no pictures come. */
export async function received(page: Page): Promise<Received> {
  const brightest = await page.evaluate(
    async (frames, limit) => {
      const coming = (): MediaStreamTrack[] =>
        window.watch.peers
          .filter(({ connectionState }) => connectionState === 'connected')
          .flatMap((peer) => peer.getReceivers().map(({ track }) => track))
          .filter(({ kind, muted }) => kind === 'video' && !muted);
      for (const end = Date.now() + limit; coming().length === 0;) {
        if (Date.now() > end) throw new Error('no pictures come');
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      const ofTrack = (track: MediaStreamTrack): Promise<number> =>
        new Promise((resolve, reject) => {
          const video = document.createElement('video');
          const context = new OffscreenCanvas(64, 48).getContext('2d', { willReadFrequently: true });
          if (!context) throw new Error('This browser has no canvas.');
          video.muted = true;
          video.srcObject = new MediaStream([track]);
          void video.play();
          let seen = 0;
          let most = 0;
          const deadline = setTimeout(() => reject(new Error(`${seen} pictures came`)), limit);
          const look = (): void => {
            context.drawImage(video, 0, 0, 64, 48);
            const { data } = context.getImageData(0, 0, 64, 48);
            data.forEach((value, index) => index % 4 !== 3 && (most = Math.max(most, value)));
            if (++seen < frames) video.requestVideoFrameCallback(look);
            else {
              clearTimeout(deadline);
              video.srcObject = null;
              resolve(most);
            }
          };
          video.requestVideoFrameCallback(look);
        });
      return Math.max(...(await Promise.all(coming().map(ofTrack))));
    },
    FRAMES,
    LIMIT,
  );
  return { brightest, energy: (await heard(page)).energy };
}

/** Milliseconds: five beeps of Chromium's microphone. */
const LISTEN = 5000;

/** Which part of the sound that a page plays has really come, 0 to 1: the rest is made up to fill gaps. */
export async function heardShare(page: Page): Promise<number> {
  const samples = () =>
    page.evaluate(async () => {
      const sum = { all: 0, madeUp: 0 };
      for (const peer of window.watch.peers) {
        if (peer.connectionState === 'closed') continue;
        const all = (await peer.getStats()).values() as Iterable<Record<string, number | string>>;
        for (const { type, kind, totalSamplesReceived, concealedSamples, silentConcealedSamples } of all) {
          if (type !== 'inbound-rtp' || kind !== 'audio') continue;
          sum.all += Number(totalSamplesReceived ?? 0);
          // Nothing is sent of silence, and none of it is missed.
          sum.madeUp += Number(concealedSamples ?? 0) - Number(silentConcealedSamples ?? 0);
        }
      }
      return sum;
    });
  const begin = await samples();
  await wait(LISTEN);
  const end = await samples();
  return 1 - (end.madeUp - begin.madeUp) / (end.all - begin.all);
}

/** Resolves when a video has gone white that many times. */
export function untilFlashes(video: ElementHandle<HTMLVideoElement>, count: number): Promise<void> {
  return video.evaluate(
    (video, count, limit) =>
      new Promise<void>((resolve, reject) => {
        const context = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true });
        if (!context) throw new Error('This browser has no canvas.');
        let [flashes, white] = [0, true];
        const deadline = setTimeout(() => reject(new Error(`the video went white ${flashes} times`)), limit);
        const look = (): void => {
          context.drawImage(video, 0, 0, 8, 8);
          const before = white;
          white = (context.getImageData(4, 4, 1, 1).data[1] ?? 0) > 200;
          if (white && !before) flashes++;
          if (flashes < count) {
            video.requestVideoFrameCallback(look);
            return;
          }
          clearTimeout(deadline);
          resolve();
        };
        video.requestVideoFrameCallback(look);
      }),
    count,
    4 * LIMIT,
  );
}

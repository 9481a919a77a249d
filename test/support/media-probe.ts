import type { ElementHandle, JSHandle } from 'puppeteer-core';

/** Milliseconds after which what should have happened has not. */
const LIMIT = 15_000;
/** Milliseconds without a sign that count as an end. Chromium's fake microphone beeps once a second. */
const QUIET = 1500;
/** Frames to be shown at least. */
const FRAMES = 10;
/** Of an amplitude of 1. */
const AUDIBLE = 0.005;

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

/** Resolves when a track can be heard. Rejects when it stays silent. */
export const untilSound = (track: JSHandle<MediaStreamTrack>): Promise<void> => listen(track, 'sound');

/** Resolves when a track was silent for a while. Rejects when it goes on and on. */
export const untilSilence = (track: JSHandle<MediaStreamTrack>): Promise<void> => listen(track, 'silence');

function listen(track: JSHandle<MediaStreamTrack>, what: 'sound' | 'silence'): Promise<void> {
  return track.evaluate(
    async (track, what, audible, quiet, limit) => {
      const context = new AudioContext();
      const analyser = new AnalyserNode(context, { fftSize: 2048 });
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
      await context.resume();
      const samples = new Float32Array(analyser.fftSize);
      const begin = performance.now();
      let heardAt = begin;
      let loudest = 0;
      try {
        await new Promise<void>((resolve, reject) => {
          const timer = setInterval(() => {
            analyser.getFloatTimeDomainData(samples);
            const now = performance.now();
            const peak = samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);
            loudest = Math.max(loudest, peak);
            if (peak > audible) heardAt = now;
            const done = what === 'sound' ? peak > audible : now - heardAt > quiet;
            if (!done && now - begin < limit) return;
            clearInterval(timer);
            if (done) resolve();
            else reject(new Error(`no ${what} from a track that is ${track.readyState}; its peak was ${loudest}`));
          }, 20);
        });
      } finally {
        await context.close();
      }
    },
    what,
    AUDIBLE,
    QUIET,
    LIMIT,
  );
}

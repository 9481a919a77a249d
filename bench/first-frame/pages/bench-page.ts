/** What every page of this benchmark offers to the runner, whatever carries its call. */
export interface BenchPage {
  /** Gets ready to call, or to be called. */
  start(config: PageConfig): Promise<void>;
  /** Caller: rings. Resolves when the offer is out. */
  ring(): Promise<void>;
  /** Callee: resolves when it rings here. */
  rung(): Promise<void>;
  hangUp(): Promise<void>;
}

export interface PageConfig {
  role: 'caller' | 'callee';
  me: string;
  other: string;
  /** Where the peer's own server is. */
  server: string;
  /** The bare WebSocket relay, for pages without signalling of their own. */
  relay: string;
  token?: string;
  /** Whether a plain page shows its own camera as well. */
  ownPicture?: boolean;
}

declare global {
  interface Window {
    bench: BenchPage;
    /** Milliseconds since the epoch; set by the click on the answer button. */
    answeredAt: number | undefined;
    /** Resolves at the first remote frame that is not black, with milliseconds since the epoch. */
    firstFrame: Promise<number>;
  }
}

export const now = (): number => performance.timeOrigin + performance.now();

/** What every peer captures. */
export const MEDIA = { audio: true, video: { width: 640, height: 480 } } as const;

const SIZE = 16;
const canvas = document.createElement('canvas');
canvas.width = canvas.height = SIZE;
const context = canvas.getContext('2d', { willReadFrequently: true });

function isBlack(video: HTMLVideoElement): boolean {
  if (!context) throw new Error('no canvas');
  context.drawImage(video, 0, 0, SIZE, SIZE);
  const { data } = context.getImageData(0, 0, SIZE, SIZE);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum += (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0);
  return sum / (SIZE * SIZE * 3) < 16;
}

/** Looks at each frame that the element presents. */
const watch = (video: HTMLVideoElement): Promise<number> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!isBlack(video)) resolve(now());
      else video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
  });

/** Waits for the element that shows the other person, then for its first frame that is not black. */
async function findAndWatch(find: () => HTMLVideoElement | null): Promise<number> {
  for (;;) {
    const video = find();
    if (video) return watch(video);
    await new Promise(requestAnimationFrame);
  }
}

/** Makes the page: its remote picture, and the answer button whose click starts the clock. */
export function measure(page: BenchPage, find?: () => HTMLVideoElement | null): void {
  window.bench = page;
  document.addEventListener('click', (event) => (window.answeredAt = performance.timeOrigin + event.timeStamp), {
    capture: true,
  });
  window.firstFrame = findAndWatch(find ?? (() => document.querySelector('video#remote')));
}

/** The plain page that the peers use: one remote video, one answer button. */
export function plainPage(onAnswer: () => void): HTMLVideoElement {
  const remote = document.createElement('video');
  remote.id = 'remote';
  remote.autoplay = remote.playsInline = remote.muted = true;
  remote.style.width = '640px';
  const answer = document.createElement('button');
  answer.id = 'answer';
  answer.textContent = 'Answer';
  answer.addEventListener('click', onAnswer);
  document.body.append(remote, answer);
  return remote;
}

/** A promise with its resolver outside. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

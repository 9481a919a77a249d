import { BackgroundProcessor } from '@livekit/track-processors';

/** A camera's picture whose background is blurred. */
export interface BlurredCamera {
  readonly track: MediaStreamTrack;
  stop(): void;
}

/** Pixels. */
const RADIUS = 12;
/** Milliseconds after which a first picture will not come: the processor keeps to itself what went wrong with it. */
const LIMIT = 60_000;

/**
 * Loads what finds a person in a picture from `files`, and begins. Resolves with the first picture that is blurred:
 * before it the processor lets one through as it is.
 */
export async function blurCamera(source: MediaStreamTrack, files: string): Promise<BlurredCamera> {
  const element = document.createElement('video');
  element.muted = true;
  element.playsInline = true;
  element.srcObject = new MediaStream([source]);
  let begin = (): void => undefined;
  let late: ReturnType<typeof setTimeout> | undefined;
  const begun = new Promise<void>((resolve, reject) => {
    begin = resolve;
    late = setTimeout(() => reject(new Error('No picture could be blurred.')), LIMIT);
  });
  // Where it fails before that, nobody waits for this.
  begun.catch(() => undefined);
  const processor = BackgroundProcessor({
    mode: 'background-blur',
    blurRadius: RADIUS,
    assetPaths: { tasksVisionFileSet: files, modelAssetPath: `${files}/selfie_segmenter.tflite` },
    onFrameProcessed: () => begin(),
  });
  const stop = (): void => {
    void processor.destroy();
    element.srcObject = null;
  };
  try {
    await element.play();
    // Its typings want the enum of LiveKit's client, which would come along whole.
    await processor.init({ kind: 'video', track: source, element } as unknown as Parameters<typeof processor.init>[0]);
    await begun;
  } catch (cause) {
    stop();
    throw cause;
  } finally {
    clearTimeout(late);
  }
  const track = processor.processedTrack;
  if (!track) throw new Error('The processor gave no track.');
  track.contentHint = source.contentHint;
  return { track, stop };
}

import { nothing, render } from 'lit';
import type { Scene } from './scene.js';
import { pipStyles } from './pip.styles.js';
import { pipView } from './pip-view.js';

/** Chromium’s window for a page’s own elements, which TypeScript does not know yet. */
interface DocumentPictureInPicture {
  requestWindow(size: { width: number; height: number }): Promise<Window & typeof globalThis>;
}

/** Only a page of its own, not a frame in one, may open such a window. */
const ownWindow = (): DocumentPictureInPicture | null =>
  window === window.top && 'documentPictureInPicture' in window
    ? (window.documentPictureInPicture as DocumentPictureInPicture)
    : null;

const SIZE = { width: 360, height: 270 };

/**
 * The call in a small window above all others: with its buttons where the browser gives a page such a window, else
 * the other side’s picture alone.
 */
export class PictureInPicture {
  readonly #onChange: () => void;
  #window: (Window & typeof globalThis) | null = null;
  #video: HTMLVideoElement | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get isOpen(): boolean {
    return this.#window !== null || this.#video !== null;
  }

  /** Whether there is something to show in a way that this browser has. */
  can({ snapshot }: Scene): boolean {
    return ownWindow() !== null || (document.pictureInPictureEnabled === true && snapshot.remote.camera !== null);
  }

  /** Call it from a person’s tap. `video`: the other side’s picture. */
  async toggle(scene: Scene, video: HTMLVideoElement | null): Promise<void> {
    if (this.isOpen) return this.close();
    const own = ownWindow();
    if (own) this.#adopt(await own.requestWindow(SIZE), scene);
    else if (video) await this.#show(video);
  }

  /** Draws the window anew. */
  draw(scene: Scene): void {
    if (!this.#window) return;
    const { body, documentElement } = this.#window.document;
    documentElement.lang = scene.localize.language;
    documentElement.dir = scene.localize.dir;
    this.#window.document.title = scene.localize.term('region', scene.name);
    render(pipView(scene), body);
  }

  close(): void {
    this.#window?.close();
    if (this.#video && document.pictureInPictureElement) {
      // One that just closes by itself is as good.
      document.exitPictureInPicture().catch(() => undefined);
    }
  }

  #adopt(opened: Window & typeof globalThis, scene: Scene): void {
    this.#window = opened;
    // A sheet belongs to the document that it was made in.
    const sheet = new opened.CSSStyleSheet();
    sheet.replaceSync(pipStyles.cssText);
    opened.document.adoptedStyleSheets = [sheet];
    opened.addEventListener('pagehide', () => {
      render(nothing, opened.document.body);
      this.#window = null;
      this.#onChange();
    });
    this.draw(scene);
    this.#onChange();
  }

  async #show(video: HTMLVideoElement): Promise<void> {
    await video.requestPictureInPicture();
    this.#video = video;
    const handleLeave = (): void => {
      this.#video = null;
      this.#onChange();
    };
    video.addEventListener('leavepictureinpicture', handleLeave, { once: true });
    this.#onChange();
  }
}

import type { CDPSession, Page } from 'puppeteer-core';

/** What a page holds on to. */
export interface Held {
  /** Nodes of documents, detached ones included. */
  nodes: number;
  listeners: number;
  /** Bytes. */
  heap: number;
}

declare global {
  interface Window {
    /** Of every device that the page opened, for as long as anybody else holds its track. */
    opened: WeakRef<MediaStreamTrack>[];
  }
}

/** Runs in a page before all else. It keeps nothing alive that the page would let go of. */
function watchTracks(): void {
  window.opened = [];
  const real = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = async function (constraints) {
    const stream = await real.call(this, constraints);
    window.opened.push(...stream.getTracks().map((track) => new WeakRef(track)));
    return stream;
  };
}

/** Measures what stays behind in a Chromium page. */
export class LeakProbe {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  /** To be called before the page is opened. */
  static async on(page: Page): Promise<LeakProbe> {
    await page.evaluateOnNewDocument(watchTracks);
    const session = await page.createCDPSession();
    await session.send('Performance.enable');
    await session.send('HeapProfiler.enable');
    return new LeakProbe(page, session);
  }

  /** How many devices are open. */
  liveTracks(): Promise<number> {
    return this.#page.evaluate(() => window.opened.filter((each) => each.deref()?.readyState === 'live').length);
  }

  /** What is held once all that nobody needs has been let go of. */
  async held(): Promise<Held> {
    // What one collection frees may free more: weak references and finalizers take a turn each.
    for (let turn = 0; turn < 3; turn++) {
      await this.#session.send('HeapProfiler.collectGarbage');
      await this.#page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    }
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize') };
  }
}

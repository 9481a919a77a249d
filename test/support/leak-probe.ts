import type { CDPSession, Page } from 'puppeteer-core';

/** What a page holds on to. */
export interface Held {
  /** Nodes of documents, detached ones included. */
  nodes: number;
  listeners: number;
  /** Bytes in all. They grow until all code is compiled, and by the browser's notes of how fast the page is. */
  heap: number;
  /** Bytes of what scripts made: objects, functions, texts. */
  made: number;
}

/** As a heap snapshot calls what scripts make. */
const MADE = new Set([
  'object',
  'array',
  'closure',
  'string',
  'concatenated string',
  'sliced string',
  'regexp',
  'number',
  'bigint',
  'symbol',
]);

/** The part of a heap snapshot that is read here. */
interface HeapSnapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } };
  nodes: number[];
}

/** Milliseconds within which a page must have let go of its last call. */
const LET_GO = 20_000;

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

  /** What is held between two calls, once all that nobody needs has been let go of. */
  async held(): Promise<Held> {
    await this.#untilLetGo();
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    const made = await this.#made();
    return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize'), made };
  }

  /** Promises and the browser itself hold a call for some seconds after its end: connections and tracks are the last to go. */
  async #untilLetGo(): Promise<void> {
    for (const end = Date.now() + LET_GO; ;) {
      // What one collection frees may free more: weak references and finalizers take a turn each.
      for (let turn = 0; turn < 3; turn++) {
        await this.#session.send('HeapProfiler.collectGarbage');
        await this.#page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
      }
      const held = (await this.#count('RTCPeerConnection')) + (await this.#count('MediaStreamTrack'));
      if (held === 0) return;
      if (Date.now() > end) throw new Error(`The page still holds ${held} connections and tracks.`);
    }
  }

  async #count(kind: 'RTCPeerConnection' | 'MediaStreamTrack'): Promise<number> {
    const prototype = await this.#page.evaluateHandle((kind) => window[kind].prototype, kind);
    const all = await this.#page.queryObjects<object>(prototype);
    try {
      // Prototypes of kinds of it are found as well.
      return await all.evaluate((found) => found.filter((each) => !Object.hasOwn(each, 'constructor')).length);
    } finally {
      await Promise.all([prototype.dispose(), all.dispose()]);
    }
  }

  async #made(): Promise<number> {
    const chunks: string[] = [];
    const keep = ({ chunk }: { chunk: string }): void => void chunks.push(chunk);
    this.#session.on('HeapProfiler.addHeapSnapshotChunk', keep);
    await this.#session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    this.#session.off('HeapProfiler.addHeapSnapshotChunk', keep);
    const { snapshot, nodes } = JSON.parse(chunks.join('')) as HeapSnapshot;
    const { node_fields: fields, node_types: types } = snapshot.meta;
    const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
    let sum = 0;
    for (let at = 0; at < nodes.length; at += fields.length)
      if (MADE.has(types[0][nodes[at + type] ?? NaN] ?? '')) sum += nodes[at + size] ?? 0;
    return sum;
  }
}

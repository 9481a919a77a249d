import { setTimeout as wait } from 'node:timers/promises';
import type { Ending } from 'omni-call/protocol';
import { WsClient } from '../support/ws-client.js';

const RETRY_EVERY = 100;

/** A scripted person with one page, which connects to whichever node it can reach, as a page behind a balancer does. */
export class Person {
  readonly userId: string;
  /** How each call ended, as this page was told. */
  readonly endings = new Map<string, Ending>();
  readonly #urls: () => readonly string[];
  readonly #random: () => number;
  #client: WsClient | null = null;
  #isOpen = false;

  constructor(userId: string, urls: () => readonly string[], random: () => number) {
    this.userId = userId;
    this.#urls = urls;
    this.#random = random;
  }

  /** The page's connection; a new one that takes up the session where the last broke. */
  async connected(): Promise<WsClient> {
    while (!this.#isOpen || !this.#client) {
      const urls = this.#urls();
      const url = urls[Math.floor(this.#random() * urls.length)] ?? '';
      const before = this.#client;
      const call = before?.calls.at(-1)?.session;
      try {
        const client = await WsClient.join(url, this.userId, {
          ...(before?.welcome && { resume: before.ticket }),
          ...(call !== undefined && { call }),
        });
        this.#note();
        this.#client = client;
        this.#isOpen = true;
        void client.closed.then(() => {
          if (this.#client === client) this.#isOpen = false;
        });
      } catch {
        await wait(RETRY_EVERY);
      }
    }
    return this.#client;
  }

  /** The connection breaks. */
  async vanish(): Promise<void> {
    await this.#client?.vanish();
  }

  /** Leaves whatever call it may still be in, and knows then how it ended. */
  async settle(): Promise<void> {
    for (;;) {
      const client = await this.connected();
      const { calls } = client;
      // What was told last may be the end of the call before, told again.
      const open = calls.findLast(({ session }) => !calls.some((view) => view.session === session && view.ending));
      if (!open) return;
      try {
        await client.leave(open.session);
        await client.stage(open.session, 'ended');
      } catch (error) {
        // Over already, and by a connection that is told nothing more: it asks on the next.
        if ((error as { code?: string }).code === 'no-such-call') await client.vanish();
        await wait(RETRY_EVERY);
      }
    }
  }

  /** The page is closed for good. */
  async close(): Promise<void> {
    for (;;) {
      const client = await this.connected();
      this.#note();
      try {
        await client.request('bye', { closing: true });
        await client.close();
        return;
      } catch {
        // The connection broke just then: nothing is closed yet.
        await client.vanish();
      }
    }
  }

  #note(): void {
    for (const { session, ending } of this.#client?.calls ?? []) if (ending) this.endings.set(session, ending);
  }
}

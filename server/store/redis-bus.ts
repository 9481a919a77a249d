import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Bus, Listener, News } from './bus.js';
import { ANSWER_WITHIN, connectRedis } from './redis-link.js';
import { PREFIX, defineScripts } from './redis-scripts.js';

/** Milliseconds after which a connection on which nothing comes is asked whether it still is one. */
const ASK_EVERY = 5_000;

export interface RedisBusOptions {
  url: string;
  onError: (error: unknown) => void;
  /** News may have been missed, and will not be from now on. */
  onGap: () => void;
}

interface Envelope {
  /** Left out of what the node that says it is to hear in its turn too. */
  from?: string;
  news: News;
}

/** The bus of many nodes: one channel for each person, heard by the nodes that have somebody to tell. */
export class RedisBus implements Bus {
  readonly #id = randomUUID();
  readonly #options: RedisBusOptions;
  readonly #listeners = new Map<string, Listener>();
  // A late repetition of news does no harm, since a call has a revision, and how a person is comes from Redis as it is
  // told: what is sent while Redis is away waits.
  readonly #out: Redis;
  readonly #in: Redis;
  readonly #asks: NodeJS.Timeout;
  #hadGap = false;

  constructor(options: RedisBusOptions) {
    const { url, onError } = options;
    this.#options = options;
    this.#out = connectRedis(url, onError, { maxRetriesPerRequest: null, socketTimeout: ANSWER_WITHIN });
    defineScripts(this.#out);
    this.#in = connectRedis(url, onError, {
      maxRetriesPerRequest: null,
      socketTimeout: ANSWER_WITHIN,
      autoResubscribe: false,
    });
    this.#in.on('message', (channel: string, text: string) => this.#hear(channel, text));
    this.#in.on('close', () => {
      this.#hadGap = true;
    });
    this.#in.on('ready', () => {
      if (this.#hadGap) this.#subscribeAgain().catch(onError);
    });
    this.#asks = setInterval(() => {
      if (this.#in.status === 'ready') this.#in.ping().catch(onError);
    }, ASK_EVERY);
  }

  publish(userId: string, news: News): void {
    this.#listeners.get(userId)?.(news);
    const envelope: Envelope = { from: this.#id, news };
    this.#out.publish(channelOf(userId), JSON.stringify(envelope)).catch(this.#options.onError);
  }

  announce(userId: string): void {
    this.#out.omniAnnounce(userId, channelOf(userId)).catch(this.#options.onError);
  }

  async subscribe(userId: string, listener: Listener): Promise<void> {
    this.#listeners.set(userId, listener);
    await this.#in.subscribe(channelOf(userId));
  }

  unsubscribe(userId: string): void {
    this.#listeners.delete(userId);
    this.#in.unsubscribe(channelOf(userId)).catch(this.#options.onError);
  }

  async close(): Promise<void> {
    clearInterval(this.#asks);
    this.#listeners.clear();
    this.#in.disconnect();
    // What was said last is still to go out.
    if (this.#out.status === 'ready') await this.#out.quit().catch(this.#options.onError);
    else this.#out.disconnect();
  }

  #hear(channel: string, text: string): void {
    const { from, news } = JSON.parse(text) as Envelope;
    // Its own news this node has told already.
    if (from !== this.#id) this.#listeners.get(channel.slice(CHANNEL.length))?.(news);
  }

  async #subscribeAgain(): Promise<void> {
    const channels = [...this.#listeners.keys()].map(channelOf);
    if (channels.length > 0) await this.#in.subscribe(...channels);
    this.#hadGap = false;
    this.#options.onGap();
  }
}

const CHANNEL = `${PREFIX}news:`;
const channelOf = (userId: string): string => `${CHANNEL}${userId}`;

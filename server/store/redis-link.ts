import { setTimeout as wait } from 'node:timers/promises';
import { Redis, ReplyError, type RedisOptions } from 'ioredis';
import { OmniCallError } from 'omni-call/protocol';

/** Milliseconds that a command waits for a Redis that is away. */
const PATIENCE = 4_000;
/** Milliseconds in which Redis answers, or is taken to be away. */
export const ANSWER_WITHIN = 2_000;
const RETRY_AFTER = 50;
const RETRY_MAX = 500;

const away = (cause?: unknown): OmniCallError =>
  new OmniCallError('server-error', 'The call server cannot reach its Redis. Try again in a moment.', { cause });

type LinkOptions = Pick<
  RedisOptions,
  | 'autoResendUnfulfilledCommands'
  | 'autoResubscribe'
  | 'enableOfflineQueue'
  | 'maxRetriesPerRequest'
  | 'reconnectOnError'
  | 'socketTimeout'
>;

/** A connection to Redis that comes back by itself. Its errors are told, never thrown at nobody. */
export function connectRedis(url: string, onError: (error: unknown) => void, options: LinkOptions): Redis {
  const redis = new Redis(url, {
    retryStrategy: (times) => Math.min(RETRY_MAX, 50 * times),
    connectTimeout: ANSWER_WITHIN,
    ...options,
  });
  // Tried several times a second, it fails in the same way each time: once is enough to know.
  let told = '';
  redis.on('error', (error) => {
    if (error.message !== told) onError(error);
    told = error.message;
  });
  redis.on('ready', () => {
    told = '';
  });
  return redis;
}

/** The connection on which the store's commands run. Each is carried out once, or the asker is told that it was not. */
export class RedisLink {
  readonly redis: Redis;

  constructor(url: string, onError: (error: unknown) => void) {
    this.redis = connectRedis(url, onError, {
      // A command that has been given up must not be carried out later: it would ring a phone with nobody calling.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      socketTimeout: ANSWER_WITHIN,
      // After a failover the old primary only reads.
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
    });
  }

  get available(): boolean {
    return this.redis.status === 'ready';
  }

  /**
   * Runs a command; again when the connection broke before the reply, so it has to bear that. Rejects with a
   * retryable `server-error` when Redis stays away.
   */
  async run<T>(command: (redis: Redis, isRepeated: boolean) => Promise<T>): Promise<T> {
    const until = Date.now() + PATIENCE;
    for (let isRepeated = false; ; isRepeated = true) {
      if (!this.available) await this.#untilReady(until - Date.now());
      try {
        return await command(this.redis, isRepeated);
      } catch (error) {
        if (error instanceof ReplyError) throw error;
        if (Date.now() >= until) throw away(error);
        // A socket that has just broken counts as ready until its close is told, which needs a turn of the event loop.
        await wait(RETRY_AFTER);
      }
    }
  }

  close(): void {
    this.redis.disconnect();
  }

  #untilReady(within: number): Promise<void> {
    const { redis } = this;
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void): void => {
        clearTimeout(timer);
        redis.off('ready', ready).off('end', fail);
        outcome();
      };
      const ready = (): void => settle(resolve);
      const fail = (): void => settle(() => reject(away()));
      const timer = setTimeout(fail, Math.max(0, within));
      if (redis.status === 'end') fail();
      else redis.on('ready', ready).on('end', fail);
    });
  }
}

import { createHmac, randomUUID } from 'node:crypto';
import type { Call, Time } from '../core/call.js';
import { newsOf } from './call-news.js';
import type { Claimed, Outbox } from './outbox.js';

export interface WebhooksOptions {
  url: string;
  /** Signs what is sent, as the Standard Webhooks specification has it; `whsec_` before it means base64. */
  secret: string;
  outbox: Outbox;
  now: () => Time;
  /** Milliseconds in which the receiver has to answer. */
  answerWithin: number;
  /** Milliseconds before the first repetition; each further one waits twice as long. */
  retryAfter: number;
  /** Milliseconds for which a delivery is tried at all. */
  giveUpAfter: number;
  onError: (error: unknown) => void;
}

/** How often, in milliseconds, it looks for what is due. */
const TICK = 200;
/** The longest wait between two attempts, in milliseconds. */
const RETRY_MAX = 300_000;
/** Deliveries under way from which on no more are claimed: a receiver that hangs is not to hold one for each call. */
const AT_ONCE = 200;

/** Tells the host's back end what becomes of calls: each once it has taken the one before, again until it has. */
export class Webhooks {
  readonly #options: WebhooksOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();
  /** Deliveries. */
  #underWay = 0;
  #isClaiming = false;
  /** What came in line while others were claimed, that may have missed. */
  #isAskedAgain = false;
  /** What was observed is put in line in that order, also when the outbox is slow. */
  #adding: Promise<void> = Promise.resolve();

  constructor(options: WebhooksOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#look(), TICK);
  }

  observe(call: Call, before: Call | null): void {
    const { outbox, now, onError } = this.#options;
    const news = newsOf(call, before, now());
    if (news.length === 0) return;
    const deliveries = news.map((one) => ({ id: `msg_${randomUUID()}`, body: JSON.stringify(one) }));
    this.#adding = this.#adding
      .then(() => outbox.add(call.id, deliveries, now()))
      .then(() => this.#look())
      .catch(onError);
  }

  /** Stops, once what was observed is in the outbox. A delivery under way is left for the next start. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#adding;
    this.#closing.abort();
    await Promise.all(this.#running);
    await this.#options.outbox.close();
  }

  #look(): void {
    if (this.#closing.signal.aborted || this.#underWay >= AT_ONCE) return;
    // One claim at a time, so that it is known how much is under way.
    if (this.#isClaiming) {
      this.#isAskedAgain = true;
      return;
    }
    const running = this.#deliverDue()
      .catch(this.#options.onError)
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #deliverDue(): Promise<void> {
    const claimed = await this.#claim();
    const deliveries = claimed.map(async (one) => {
      await this.#deliver(one).finally(() => (this.#underWay -= 1));
      this.#look();
    });
    await Promise.all(deliveries);
  }

  async #claim(): Promise<Claimed[]> {
    const { outbox, now, answerWithin } = this.#options;
    this.#isClaiming = true;
    try {
      // A node that dies with a claim gives it back by the end of the lease.
      const claimed = await outbox.claim(now(), 2 * answerWithin);
      this.#underWay += claimed.length;
      return claimed;
    } finally {
      this.#isClaiming = false;
      if (this.#isAskedAgain) {
        this.#isAskedAgain = false;
        this.#look();
      }
    }
  }

  async #deliver(claimed: Claimed): Promise<void> {
    const { outbox, now, onError, retryAfter, giveUpAfter } = this.#options;
    try {
      await this.#send(claimed);
    } catch (error) {
      const wait = Math.min(RETRY_MAX, retryAfter * 2 ** claimed.failures);
      const isLast = waited(retryAfter, claimed.failures) + wait > giveUpAfter;
      if (this.#closing.signal.aborted) await outbox.retry(claimed, now());
      else if (!isLast) await outbox.retry(claimed, now() + wait);
      else {
        onError(error);
        await outbox.done(claimed, now());
      }
      return;
    }
    await outbox.done(claimed, now());
  }

  async #send({ delivery: { id, body } }: Claimed): Promise<void> {
    const { url, secret, now, answerWithin } = this.#options;
    const timestamp = String(Math.floor(now() / 1000));
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${sign(secret, `${id}.${timestamp}.${body}`)}`,
      },
      body,
      // What is signed is for this address and no other.
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(answerWithin), this.#closing.signal]),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The webhook's receiver answered with ${response.status}.`);
  }
}

/** Milliseconds from the first attempt to the one after this many failures. */
function waited(retryAfter: number, failures: number): number {
  let sum = 0;
  for (let failed = 0; failed < failures; failed += 1) sum += Math.min(RETRY_MAX, retryAfter * 2 ** failed);
  return sum;
}

const sign = (secret: string, text: string): string => {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
  return createHmac('sha256', key).update(text).digest('base64');
};

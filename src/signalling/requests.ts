import {
  OmniCallError,
  fromWireError,
  type ClientMessage,
  type Reply,
  type ReplyOf,
  type RequestOf,
} from '../protocol/index.js';
import type { Clock } from './clock.js';

export type RequestType = ClientMessage['type'];
export type RequestBody<Type extends RequestType> = Omit<RequestOf<Type>, 'id' | 'type'>;

const TIMEOUT = 10_000;

/**
 * What outlives the connection: sent again on the next one, which the server takes for the same. A hang-up waits for
 * as long as it takes; the others give up in time for the person to be told.
 */
const LASTING: ReadonlySet<RequestType> = new Set<RequestType>(['offer', 'answer', 'leave']);

interface Pending {
  message: ClientMessage;
  resolve(reply: object): void;
  reject(error: OmniCallError): void;
  stopTimer(): void;
}

/** The requests that have not been answered yet. */
export class Requests {
  readonly #clock: Clock;
  readonly #pending = new Map<number, Pending>();
  #send: ((message: ClientMessage) => void) | null = null;
  #lastId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Rejects with what the server says, with `timeout`, or with `unreachable`. */
  add<Type extends RequestType>(type: Type, body: RequestBody<Type>): Promise<ReplyOf[Type]> {
    const id = ++this.#lastId;
    const send = this.#send;
    if (!send && !LASTING.has(type)) return Promise.reject(unreachable());
    // The spread of a generic body is beyond what TypeScript can tie to its type.
    const message = { id, type, ...body } as unknown as ClientMessage;
    return new Promise<ReplyOf[Type]>((resolve, reject) => {
      const giveUp = (): void => {
        this.#pending.delete(id);
        reject(new OmniCallError('timeout', 'The call server did not answer in time.'));
      };
      const stopTimer = type === 'leave' ? () => undefined : this.#clock.after(TIMEOUT, giveUp);
      this.#pending.set(id, { message, resolve: (reply) => resolve(reply as ReplyOf[Type]), reject, stopTimer });
      send?.(message);
    });
  }

  settle(reply: Reply): void {
    const pending = this.#take(reply.re);
    if (!pending) return;
    if ('ok' in reply) pending.resolve(reply.ok);
    else pending.reject(fromWireError(reply.error));
  }

  /** There is a connection: what lasts is sent, again or at last. */
  connected(send: (message: ClientMessage) => void): void {
    this.#send = send;
    for (const { message } of this.#pending.values()) send(message);
  }

  disconnected(): void {
    this.#send = null;
    for (const [id, { message }] of this.#pending) {
      if (!LASTING.has(message.type)) this.#take(id)?.reject(unreachable());
    }
  }

  /** There will be no connection any more. */
  abandon(problem: OmniCallError): void {
    this.#send = null;
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(problem);
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.stopTimer();
    return pending;
  }
}

const unreachable = (): OmniCallError =>
  new OmniCallError('unreachable', 'There is no connection to the call server at the moment.');

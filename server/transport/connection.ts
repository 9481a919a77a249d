import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import {
  CLOSE,
  OmniCallError,
  encode,
  parseClientMessage,
  requestIdOf,
  toWireError,
  type ClientMessage,
  type ErrorCode,
  type Presence,
  type Push,
  type ServerMessage,
} from 'omni-call/protocol';
import type { Call } from '../core/call.js';
import type { Session } from '../store/store.js';

export interface ConnectionHandlers {
  /** Answers a request. What it throws is sent as the error of that request. */
  handle(connection: Connection, message: ClientMessage): Promise<object>;
  onClose(connection: Connection): Promise<void>;
  onRefusal(code: ErrorCode): void;
  onUnexpected(error: unknown, connection: Connection): void;
}

export interface ConnectionSource {
  origin: string | null;
  /** By what its page is counted. */
  address: string;
  /** What the WebSocket writes to. */
  stream: Pick<Duplex, 'cork' | 'uncork'>;
}

export interface ConnectionLimits {
  /** Milliseconds in which `hello` must have succeeded. */
  hello: number;
  /** Messages in any second; twice as many in a burst. */
  messagesPerSecond: number;
  /** Bytes that may wait for a slow reader. */
  backlog: number;
}

/** Bytes that the reason of a close may have (RFC 6455 §5.5). */
const REASON_BYTES = 123;

/** As much of the text as fits, cut between two characters. A message may quote what a page sent. */
function asReason(text: string): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(REASON_BYTES));
  return text.slice(0, read);
}

/** One WebSocket of one page: frames in, in order; frames out, as long as they are read. */
export class Connection {
  readonly id = randomUUID();
  readonly origin: string | null;
  /** By what its page is counted. */
  readonly address: string;
  /** Set once `hello` has succeeded. */
  session: Session | null = null;
  /** The calls that this page was rung for, or asked after: it is to be told how they end. */
  concerns: readonly string[] = [];
  /** The call as this page was last told of it, unless it was told that it is over. */
  shows: Call | null = null;
  /** Whom this page watches, and what it was last told of each; null before that. */
  watched = new Map<string, Presence | null>();
  /** Resolves once the socket is closed and all that follows from it is done. */
  readonly gone: Promise<void>;
  /** WebSocket pings since the page last answered one. */
  unanswered = 0;

  readonly #socket: WebSocket;
  readonly #stream: ConnectionSource['stream'];
  readonly #handlers: ConnectionHandlers;
  readonly #limits: ConnectionLimits;
  readonly #helloTimer: NodeJS.Timeout;
  #queue: Promise<void> = Promise.resolve();
  #allowance: number;
  #refilledAt = performance.now();

  constructor(socket: WebSocket, from: ConnectionSource, handlers: ConnectionHandlers, limits: ConnectionLimits) {
    this.#socket = socket;
    this.#stream = from.stream;
    this.#handlers = handlers;
    this.#limits = limits;
    this.#allowance = 2 * limits.messagesPerSecond;
    this.origin = from.origin;
    this.address = from.address;
    this.#helloTimer = setTimeout(() => {
      if (!this.session) this.close(CLOSE.HELLO_TIMEOUT, 'no hello in time');
    }, limits.hello);
    socket.on('message', (data, isBinary) => this.#receive(isBinary ? null : String(data)));
    socket.on('pong', () => {
      this.unanswered = 0;
    });
    // A frame over the limit or a protocol error: ws closes the socket with the code of RFC 6455 by itself.
    socket.on('error', () => {});
    this.gone = new Promise((resolve) => {
      socket.on('close', () => {
        clearTimeout(this.#helloTimer);
        this.#enqueue(() => handlers.onClose(this));
        void this.#queue.then(resolve);
      });
    });
  }

  push(message: Push): void {
    this.#send(message);
  }

  ping(): void {
    this.unanswered += 1;
    this.#socket.ping();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  /** For a peer that does not even close. */
  terminate(): void {
    this.#socket.terminate();
  }

  #receive(text: string | null): void {
    if (!this.#takeAllowance()) {
      this.close(CLOSE.RATE_LIMITED, 'too many messages');
      return;
    }
    this.#enqueue(() => this.#answer(text));
  }

  /** In order, so that what a page does last is what holds. A step that fails ends this connection, and nothing else. */
  #enqueue(step: () => Promise<void>): void {
    this.#queue = this.#queue.then(step).catch((error: unknown) => {
      this.#handlers.onUnexpected(error, this);
      this.terminate();
    });
  }

  async #answer(text: string | null): Promise<void> {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#gather();
    let re: number | null = null;
    try {
      if (text === null) throw new OmniCallError('bad-request', 'A frame is JSON text, not binary.');
      const message = parseClientMessage(text);
      re = message.id;
      this.#send({ re, ok: await this.#handlers.handle(this, message) });
    } catch (error) {
      this.#refuse(re, error);
    }
  }

  /**
   * What a request brings about at its own page is written together with the reply, for a write costs as much as a
   * request. Other pages are not kept waiting.
   */
  #gather(): void {
    this.#stream.cork();
    setImmediate(() => this.#stream.uncork());
  }

  #refuse(re: number | null, error: unknown): void {
    if (!(error instanceof OmniCallError)) {
      this.#handlers.onUnexpected(error, this);
      this.#refuse(re, new OmniCallError('server-error', 'The call server could not do this.'));
      return;
    }
    this.#handlers.onRefusal(error.code);
    const id = re ?? requestIdOf(error.cause);
    if (id === null) this.close(CLOSE.BAD_FRAME, asReason(error.message));
    else this.#send({ re: id, error: toWireError(error) });
    if (!this.session && error.code === 'unauthorized') this.close(CLOSE.UNAUTHORIZED, 'unauthorized');
  }

  #send(message: ServerMessage): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > this.#limits.backlog) {
      this.close(CLOSE.TOO_SLOW, 'reads too slowly');
      this.terminate();
      return;
    }
    this.#socket.send(encode(message));
  }

  #takeAllowance(): boolean {
    const now = performance.now();
    const { messagesPerSecond } = this.#limits;
    const refill = ((now - this.#refilledAt) / 1000) * messagesPerSecond;
    this.#allowance = Math.min(2 * messagesPerSecond, this.#allowance + refill);
    this.#refilledAt = now;
    if (this.#allowance < 1) return false;
    this.#allowance -= 1;
    return true;
  }
}

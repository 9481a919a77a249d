import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { WebSocket, WebSocketServer } from 'ws';
import { CLOSE, LIMITS } from 'omni-call/protocol';
import { addressOf } from './address-of.js';
import { Connection, type ConnectionHandlers, type ConnectionLimits } from './connection.js';

export interface GateOptions {
  handle: ConnectionHandlers['handle'];
  onLeave: (connection: Connection) => Promise<void>;
  onRefusal: ConnectionHandlers['onRefusal'];
  /** Null: any. */
  allowedOrigins: readonly string[] | null;
  connectionsPerAddress: number;
  /** Proxies of ours that a page's connection comes through. */
  trustProxy: number;
  log: Logger;
}

const CONNECTION_LIMITS: ConnectionLimits = { hello: 10_000, messagesPerSecond: 50, backlog: 1_000_000 };

/** Milliseconds between pings, where the other side of a call waits for whoever is lost. */
const PING_EVERY = 5_000;
/** So many unanswered ones make a connection dead. TCP alone may take ten seconds to bring one over a link that loses much. */
const MISSED = 2;
/** A round that comes so late found this node itself held up. */
const PING_LATE = 2 * PING_EVERY;
/** One without a call is pinged in each so manieth round. */
const IDLE_ROUNDS = 4;

/** Milliseconds that clients have to close after they were told to. */
const CLOSE_WITHIN = 1_000;

const PATH = '/ws';

/** The codes of RFC 6455 by which ws refuses frames, in those of this protocol. */
const OWN_CODES = new Map<number | undefined, number>([
  [1002, CLOSE.BAD_FRAME],
  [1007, CLOSE.BAD_FRAME],
  [1009, CLOSE.TOO_LARGE],
]);

class PageSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    super.close(OWN_CODES.get(code) ?? code, reason);
  }
}

/** Lets WebSockets in at `/ws`, keeps those that are alive, and sees them out. */
export class Gate {
  readonly #options: GateOptions;
  // Frames are small JSON: compressing each costs more memory per socket than it saves.
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.frame,
    perMessageDeflate: false,
    WebSocket: PageSocket,
  });
  readonly #connections = new Map<string, Connection>();
  readonly #perAddress = new Map<string, number>();
  readonly #pings: NodeJS.Timeout;
  #round = 0;
  #pingedAt = performance.now();

  constructor(options: GateOptions) {
    this.#options = options;
    this.#pings = setInterval(() => this.#ping(), PING_EVERY);
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Whether the connection of that id is one of this node's. */
  holds(id: string): boolean {
    return this.#connections.has(id);
  }

  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  async close(code: number, reason: string): Promise<void> {
    clearInterval(this.#pings);
    // Whoever comes from now on is refused in the handshake.
    this.#server.close();
    const connections = [...this.#connections.values()];
    for (const connection of connections) connection.close(code, reason);
    const slow = setTimeout(() => connections.forEach((connection) => connection.terminate()), CLOSE_WITHIN);
    await Promise.all(connections.map(({ gone }) => gone));
    clearTimeout(slow);
    // Those that were refused and have not closed yet.
    for (const socket of this.#server.clients) socket.terminate();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // One that breaks before it is a WebSocket is nobody else's to catch.
    socket.on('error', () => socket.destroy());
    if (request.url?.split('?', 1)[0] !== PATH) {
      socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      // Also one that is refused is read until it is shut, and may break the protocol.
      webSocket.on('error', () => {});
      const { allowedOrigins, connectionsPerAddress, trustProxy, handle, onRefusal, log } = this.#options;
      const origin = request.headers.origin ?? null;
      const address = addressOf(request, trustProxy);
      // Refused after the upgrade, because a page can read a close code but not an HTTP status.
      if (allowedOrigins && (origin === null || !allowedOrigins.includes(origin))) {
        webSocket.close(CLOSE.ORIGIN, 'this origin may not connect');
        return;
      }
      const there = this.#perAddress.get(address) ?? 0;
      if (there >= connectionsPerAddress) {
        webSocket.close(CLOSE.RATE_LIMITED, 'too many connections from this address');
        return;
      }
      this.#perAddress.set(address, there + 1);
      const connection = new Connection(
        webSocket,
        { origin, address, stream: socket },
        {
          handle,
          onClose: (closed) => this.#drop(closed),
          onRefusal,
          onUnexpected: (error, { session }) => log.error({ err: error, session: session?.id }, 'request failed'),
        },
        CONNECTION_LIMITS,
      );
      this.#connections.set(connection.id, connection);
    });
  }

  #drop(connection: Connection): Promise<void> {
    this.#connections.delete(connection.id);
    const left = (this.#perAddress.get(connection.address) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(connection.address, left);
    else this.#perAddress.delete(connection.address);
    return this.#options.onLeave(connection);
  }

  #ping(): void {
    this.#round += 1;
    const now = performance.now();
    // The answers may be there and not be read yet: nobody is taken for dead.
    const isHeldUp = now - this.#pingedAt > PING_LATE;
    this.#pingedAt = now;
    for (const connection of this.#connections.values()) {
      if (!connection.shows && this.#round % IDLE_ROUNDS !== 0) continue;
      if (connection.unanswered >= MISSED && !isHeldUp) connection.terminate();
      else connection.ping();
    }
  }
}

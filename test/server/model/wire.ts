import { EventEmitter } from 'node:events';
import type { WebSocket as ServerSocket } from 'ws';

const OPEN = 1;
const CLOSED = 3;

/** The server's end of a connection. */
class ServerEnd extends EventEmitter {
  readonly OPEN = OPEN;
  readyState = OPEN;
  readonly bufferedAmount = 0;
  readonly #wire: Wire;

  constructor(wire: Wire) {
    super();
    this.#wire = wire;
  }

  send(text: string): void {
    if (this.readyState === OPEN) this.#wire.toPage.push({ data: text });
  }

  ping(): void {}

  close(code: number): void {
    if (this.readyState !== OPEN) return;
    this.#wire.toPage.push({ code });
    this.end();
  }

  terminate(): void {
    this.close(1006);
  }

  end(): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.emit('close');
  }
}

/** The page's end. */
class PageEnd extends EventTarget {
  isOpen = false;
  readonly #wire: Wire;

  constructor(wire: Wire) {
    super();
    this.#wire = wire;
  }

  send(text: string): void {
    if (this.isOpen) this.#wire.toServer.push({ data: text });
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#wire.toServer.push({ code: 1000 });
  }
}

type Parcel = { data: string } | { code: number };

/** One WebSocket whose frames travel when the test says so: in order each way, and lost when it is cut. */
export class Wire {
  readonly toServer: Parcel[] = [];
  readonly toPage: Parcel[] = [];
  readonly #page = new PageEnd(this);
  readonly #server = new ServerEnd(this);
  #cut = false;

  get pageSocket(): WebSocket {
    return this.#page as unknown as WebSocket;
  }

  get serverSocket(): ServerSocket {
    return this.#server as unknown as ServerSocket;
  }

  get waiting(): number {
    return this.toServer.length + this.toPage.length;
  }

  open(): void {
    this.#page.isOpen = true;
    this.#page.dispatchEvent(new Event('open'));
  }

  /** Takes the next frame to where it goes. */
  deliver(to: 'server' | 'page'): void {
    const parcel = (to === 'server' ? this.toServer : this.toPage).shift();
    if (!parcel || this.#cut) return;
    if (to === 'server') {
      if ('data' in parcel) this.#server.emit('message', parcel.data, false);
      else this.#server.end();
    } else if ('data' in parcel) {
      if (this.#page.isOpen) this.#page.dispatchEvent(new MessageEvent('message', { data: parcel.data }));
    } else {
      this.#page.isOpen = false;
      this.#page.dispatchEvent(Object.assign(new Event('close'), { code: parcel.code }));
    }
  }

  /** Both ends notice that the connection is gone, and what was on its way never arrives. */
  cut(): void {
    if (this.#cut) return;
    this.#cut = true;
    this.toServer.length = 0;
    this.toPage.length = 0;
    this.#server.end();
    if (!this.#page.isOpen) return;
    this.#page.isOpen = false;
    this.#page.dispatchEvent(Object.assign(new Event('close'), { code: 1006 }));
  }
}

import type {
  CallView,
  ClientMessage,
  Push,
  RequestOf,
  ServerMessage,
  Welcome,
  WireError,
} from '../../../src/protocol/index.js';

class FakeSocket extends EventTarget {
  readonly received: ClientMessage[] = [];
  readonly #onMessage: (message: ClientMessage) => void;
  isClosed = false;

  constructor(onMessage: (message: ClientMessage) => void) {
    super();
    this.#onMessage = onMessage;
  }

  send(text: string): void {
    const message = JSON.parse(text) as ClientMessage;
    this.received.push(message);
    this.#onMessage(message);
  }

  close(): void {
    this.isClosed = true;
  }
}

/** The other end of the WebSockets of one page, played by the test. */
export class FakeServer {
  readonly sockets: FakeSocket[] = [];
  readonly urls: string[] = [];
  /** All that clients said, over every connection. */
  readonly received: ClientMessage[] = [];
  readonly #waiting = new Set<() => void>();

  readonly openSocket = (url: string): WebSocket => {
    const socket = new FakeSocket((message) => {
      this.received.push(message);
      this.#tell();
    });
    this.urls.push(url);
    this.sockets.push(socket);
    this.#tell();
    return socket as unknown as WebSocket;
  };

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('Nothing has connected.');
    return socket;
  }

  /** Resolves with the nth connection, from 1. */
  async connection(count = 1): Promise<FakeSocket> {
    await this.#until(() => this.sockets.length >= count);
    const socket = this.sockets[count - 1];
    if (!socket) throw new Error('No such connection.');
    return socket;
  }

  /** Opens the nth connection and resolves with its hello. */
  async hello(count = 1): Promise<RequestOf<'hello'>> {
    const socket = await this.connection(count);
    socket.dispatchEvent(new Event('open'));
    return this.request('hello');
  }

  /** Takes the nth connection all the way in. */
  async welcome(count = 1, change: Partial<Welcome> = {}): Promise<RequestOf<'hello'>> {
    const hello = await this.hello(count);
    this.reply(hello, {
      session: 'session-of-me',
      secret: 'secret',
      userId: 'me',
      displayName: null,
      resumed: hello.resume !== undefined,
      call: null,
      missed: [],
      graceMs: 20_000,
      ...change,
    } satisfies Welcome);
    return hello;
  }

  /** Resolves with the nth request of that type, from 1, on the latest connection. */
  async request<Type extends ClientMessage['type']>(type: Type, count = 1): Promise<RequestOf<Type>> {
    const find = () =>
      this.last.received.filter((message): message is RequestOf<Type> => message.type === type)[count - 1];
    await this.#until(() => find() !== undefined);
    return find() as RequestOf<Type>;
  }

  reply(to: ClientMessage, ok: object = {}): void {
    this.#send({ re: to.id, ok });
  }

  refuse(to: ClientMessage, code: WireError['code'], message = code as string): void {
    this.#send({ re: to.id, error: { code, message, retryable: false } });
  }

  push(message: Push): void {
    this.#send(message);
  }

  show(call: CallView): void {
    this.push({ type: 'call', call });
  }

  /** Ends the latest connection. */
  cut(code = 1006): void {
    this.last.dispatchEvent(new CloseEvent('close', { code }));
  }

  #send(message: ServerMessage): void {
    this.last.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }

  #tell(): void {
    for (const check of [...this.#waiting]) check();
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!isSo()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }
}

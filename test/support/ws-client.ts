import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import {
  encode,
  fromWireError,
  parseServerMessage,
  type CallStage,
  type CallView,
  type ClientMessage,
  type Hello,
  type Push,
  type ReplyOf,
  type RequestOf,
  type Welcome,
} from 'omni-call/protocol';

type Type = ClientMessage['type'];
type PushOf<T extends Push['type']> = Extract<Push, { type: T }>;
type Body<T extends Type> = Omit<RequestOf<T>, 'id' | 'type'>;
export type HelloBody = Omit<Hello, 'id' | 'type'>;

export interface Closed {
  code: number;
  reason: string;
}

/** Milliseconds after which what should have come has not. */
const LIMIT = 15_000;

const SENDING = { audio: false, video: false };

/** A page as the call server sees it: one WebSocket, spoken to message by message. */
export class WsClient {
  /** Resolves when the socket is closed, by whomever. */
  readonly closed: Promise<Closed>;
  /** All that was pushed, in order. */
  readonly pushes: Push[] = [];
  /** The answer to `hello`, once it is there. */
  welcome: Welcome | null = null;
  /** When the last request was handed to the socket, by `performance.now()`. */
  sentAt = 0;
  /** When the last frame came, by the same. */
  arrivedAt = 0;
  readonly #socket: WebSocket;
  readonly #replies = new Map<number, { resolve: (ok: object) => void; reject: (error: Error) => void }>();
  readonly #watchers = new Set<() => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(String(data)));
    // The close that follows tells all there is to know.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) =>
      socket.on('close', (code, reason) => {
        for (const { reject } of this.#replies.values()) reject(new Error(`closed with ${code} before the reply`));
        resolve({ code, reason: String(reason) });
      }),
    );
  }

  /** Opens a WebSocket to the server at `server`, without a hello. */
  static async open(server: string, headers: Record<string, string> = {}): Promise<WsClient> {
    const socket = new WebSocket(`${server.replace(/^http/, 'ws')}/ws`, { headers, perMessageDeflate: false });
    const client = new WsClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  /** A session of `userId`. */
  static async join(server: string, userId: string, hello: HelloBody = {}): Promise<WsClient> {
    const client = await WsClient.open(server);
    await client.hello({ userId, ...hello });
    return client;
  }

  get session(): string {
    if (!this.welcome) throw new Error('No hello has been answered.');
    return this.welcome.session;
  }

  /** What a page shows to take up this session again. */
  get ticket(): NonNullable<HelloBody['resume']> {
    if (!this.welcome) throw new Error('No hello has been answered.');
    const { session, secret } = this.welcome;
    const seal = this.calls.findLast((view) => view.seal !== undefined)?.seal ?? this.welcome.seal;
    return { session, secret, ...(seal !== undefined && { seal }) };
  }

  /** Every view of a call so far, the welcome's first. */
  get calls(): CallView[] {
    const pushed = this.pushes.flatMap((push) => (push.type === 'call' ? [push.call] : []));
    return this.welcome?.call ? [this.welcome.call, ...pushed] : pushed;
  }

  async hello(body: HelloBody): Promise<Welcome> {
    this.welcome = await this.request('hello', body);
    for (const look of this.#watchers) look();
    return this.welcome;
  }

  /** Resolves with the reply; rejects with the server's error. */
  request<T extends Type>(type: T, body: Body<T>): Promise<ReplyOf[T]> {
    const id = ++this.#lastId;
    // Where the request came from is what a failed test is read for, not where its reply was parsed. To put that in
    // words takes longer than a request: only for one that fails.
    const asked = new Error(`${type} was refused`);
    return new Promise<ReplyOf[T]>((resolve, reject) => {
      if (this.#socket.readyState !== WebSocket.OPEN) return reject(new Error(`${type}: the connection is closed`));
      const refuse = (error: Error): void =>
        reject(Object.assign(error, { stack: `${error.message}\n${asked.stack}` }));
      this.#replies.set(id, { resolve: (ok) => resolve(ok as ReplyOf[T]), reject: refuse });
      // The spread of a generic body is beyond what TypeScript can tie to its type.
      const frame = encode({ id, type, ...body } as unknown as ClientMessage);
      this.sentAt = performance.now();
      this.#socket.send(frame);
    });
  }

  /** Offers a call, and gives its id. */
  async offer(callee: string, options: Partial<Body<'offer'>> = {}): Promise<string> {
    const offerId = options.offerId ?? randomUUID();
    const body = { callType: 'videocall' as const, record: false, muted: SENDING, ...options, offerId, callee };
    return (await this.request('offer', body)).session;
  }

  /** Answers the call of that id. */
  async answer(call: string, options: Partial<Body<'answer'>> = {}): Promise<void> {
    await this.request('answer', { muted: SENDING, ...options, call });
  }

  async leave(call: string, why?: Body<'leave'>['why']): Promise<void> {
    await this.request('leave', { call, ...(why && { why }) });
  }

  /** Says, once it has a pass to the call's room, that it is in there. */
  async enter(call: string, generation = 1): Promise<CallView> {
    const view = await this.view(
      ({ session, room }) => session === call && room?.generation === generation,
      `room ${generation} of ${call}`,
    );
    await this.media(call, 'joined', generation);
    return view;
  }

  /** Says of this page that it is in the call's room, or out of it. */
  async media(call: string, state: Body<'media'>['state'] = 'joined', generation = 1): Promise<void> {
    await this.request('media', { call, generation, state });
  }

  /** Resolves with the first view of a call that fits, seen already or yet to come. */
  view(fits: (view: CallView) => boolean, what = 'a call that fits'): Promise<CallView> {
    return this.#until(
      () => this.calls.find(fits),
      () =>
        `${what}: ${JSON.stringify(this.calls.map(({ session, stage, ending }) => [session, stage, ending?.reason]))}`,
    );
  }

  /** Resolves with the first view of that call in that stage. */
  stage(call: string, stage: CallStage): Promise<CallView> {
    return this.view((view) => view.session === call && view.stage === stage, `${call} to be ${stage}`);
  }

  /** Resolves with the first push of that kind that fits, had already or yet to come. */
  push<T extends Push['type']>(type: T, fits: (push: PushOf<T>) => boolean = () => true): Promise<PushOf<T>> {
    const isIt = (push: Push): push is PushOf<T> => push.type === type && fits(push as PushOf<T>);
    return this.#until(
      () => this.pushes.find(isIt),
      () => `a push of ${type}: ${JSON.stringify(this.pushes)}`,
    );
  }

  /** Sends what no well-behaved page would. */
  sendRaw(frame: string | Buffer): void {
    this.#socket.send(frame);
  }

  /** Stops reading, as a page does whose machine hangs. */
  pause(): void {
    this.#socket.pause();
  }

  /** The page is gone without a word. */
  vanish(): Promise<Closed> {
    this.#socket.terminate();
    return this.closed;
  }

  close(): Promise<Closed> {
    this.#socket.close();
    return this.closed;
  }

  #receive(frame: string): void {
    this.arrivedAt = performance.now();
    const message = parseServerMessage(frame);
    if ('type' in message) this.pushes.push(message);
    else {
      const waiting = this.#replies.get(message.re);
      this.#replies.delete(message.re);
      if ('ok' in message) waiting?.resolve(message.ok);
      else waiting?.reject(fromWireError(message.error));
    }
    for (const look of this.#watchers) look();
  }

  #until<T>(find: () => T | undefined, describe: () => string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        settle();
      };
      const look = (): void => {
        const found = find();
        if (found !== undefined) end(() => resolve(found));
      };
      const timer = setTimeout(() => end(() => reject(new Error(`waited in vain for ${describe()}`))), LIMIT);
      this.#watchers.add(look);
      void this.closed.then(() => end(() => reject(new Error(`closed, while waiting for ${describe()}`))));
      look();
    });
  }
}

/** The name of the LiveKit room that a view has the pass to. */
export function roomOf({ room }: CallView): string {
  const payload = Buffer.from(room?.token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(payload) as { video: { room: string } }).video.room;
}

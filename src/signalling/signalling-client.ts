import {
  FINAL_CLOSES,
  CLOSE,
  OmniCallError,
  encode,
  fromWireError,
  parseServerMessage,
  type Hello,
  type Push,
  type Reply,
  type ReplyOf,
  type ServerMessage,
  type Welcome,
} from '../protocol/index.js';
import { backoff } from './backoff.js';
import type { Clock } from './clock.js';
import { closeProblem } from './close-problem.js';
import { followPage } from './page-life.js';
import { Requests, type RequestBody, type RequestType } from './requests.js';
import type { TicketBox } from './session-ticket.js';
import type { TokenSource } from './token-source.js';

/** Milliseconds in which a connection is open and welcomed, or given up. */
const CONNECT_WITHIN = 10_000;
/**
 * Milliseconds of silence after which the connection is asked for a sign of life, and that it has for that. In a call a
 * dead one is noticed sooner; but where sound and picture come through the link is not dead, however much TCP loses.
 */
type Pace = readonly [silence: number, patience: number];
const IDLE: Pace = [25_000, 5_000];
const IN_CALL: Pace = [5_000, 5_000];
const BESIDE_MEDIA: Pace = [5_000, 10_000];

const HELLO_ID = 0;

export interface SignallingOptions {
  url: string;
  hello: Pick<Hello, 'userId' | 'displayName' | 'key'>;
  tokens: TokenSource;
  tickets: TicketBox;
  clock: Clock;
  openSocket: (url: string) => WebSocket;
  onWelcome: (welcome: Welcome) => void;
  onPush: (push: Push) => void;
  /** An attempt failed, or the connection broke. `final`: no other attempt follows. */
  onLost: (problem: OmniCallError, final: boolean) => void;
}

type State = 'idle' | 'connecting' | 'open' | 'waiting' | 'hidden';

/** One person's connection to the call server: kept up, taken up again, with requests and pushes. */
export class SignallingClient {
  readonly #options: SignallingOptions;
  readonly #requests: Requests;
  #stopFollowing: () => void = () => undefined;
  #state: State = 'idle';
  #socket: WebSocket | null = null;
  /** Told apart from an attempt that has been overtaken. */
  #attempt: object = {};
  #attempts = 0;
  /** Milliseconds; the usual ones until the server says. */
  #grace = 20_000;
  #stopTimer: () => void = () => undefined;
  #pace = IDLE;
  /** Pushes that came before the welcome that they belong after. */
  #early: Push[] = [];

  constructor(options: SignallingOptions) {
    this.#options = options;
    this.#requests = new Requests(options.clock);
  }

  /** Connects, or tries again at once where it waits to. */
  start(): void {
    if (this.#state === 'idle')
      this.#stopFollowing = followPage({ onWake: this.#handleWake, onHide: this.#handleHide });
    if (this.#state === 'idle' || this.#state === 'waiting') this.#connect();
  }

  request<Type extends RequestType>(type: Type, body: RequestBody<Type>): Promise<ReplyOf[Type]> {
    return this.#requests.add(type, body);
  }

  /** Remembers for a reload which call it is in. `hasMedia`: its sound and picture come through. */
  noteCall(call: string | null, hasMedia: boolean): void {
    const { tickets } = this.#options;
    if (tickets.ticket && tickets.ticket.call !== call) void tickets.keep({ ...tickets.ticket, call });
    const before = this.#pace;
    this.#pace = call === null ? IDLE : hasMedia ? BESIDE_MEDIA : IN_CALL;
    if (this.#pace === before || this.#state !== 'open') return;
    if (this.#pace === IN_CALL && before === BESIDE_MEDIA) this.#askForLife();
    else this.#listenForSilence();
  }

  /** Ends the session for good. */
  close(): void {
    if (this.#state === 'open') this.#bye(true);
    this.#end(new OmniCallError('no-session', 'This service is closed.'));
  }

  readonly #handleWake = (): void => {
    if (this.#state === 'open') this.#askForLife(IN_CALL);
    else if (this.#state === 'waiting' || this.#state === 'hidden') {
      this.#attempts = 0;
      this.#connect();
    }
  };

  readonly #handleHide = (): void => {
    if (this.#state === 'idle') return;
    // Whether the page is closed or reloaded is not known here: the session stays for the grace period.
    if (this.#state === 'open') this.#bye(false);
    this.#dropSocket();
    this.#options.tickets.letGo();
    this.#state = 'hidden';
    this.#requests.disconnected();
  };

  #connect(): void {
    this.#dropSocket();
    this.#state = 'connecting';
    const attempt = {};
    this.#attempt = attempt;
    this.#stopTimer = this.#options.clock.after(CONNECT_WITHIN, () => this.#fail(closeProblem(0)));
    this.#open(attempt).catch((error: unknown) => {
      if (attempt !== this.#attempt) return;
      this.#fail(
        error instanceof OmniCallError
          ? error
          : new OmniCallError('unreachable', 'The browser does not connect to this call server.', { cause: error }),
      );
    });
  }

  async #open(attempt: object): Promise<void> {
    const { url, hello, tokens, tickets, openSocket } = this.#options;
    const [token, ticket] = await Promise.all([tokens.get(), tickets.take()]);
    if (attempt !== this.#attempt) return;
    const socket = openSocket(url);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      const resume = ticket ? { session: ticket.session, secret: ticket.secret, seal: ticket.seal } : undefined;
      socket.send(encode({ id: HELLO_ID, type: 'hello', ...hello, token, resume, call: ticket?.call ?? undefined }));
    });
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#receive(String(data));
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket === this.#socket) this.#handleClose(code);
    });
  }

  #receive(frame: string): void {
    let message: ServerMessage;
    try {
      message = parseServerMessage(frame);
    } catch (error) {
      this.#fail(error as OmniCallError);
      return;
    }
    if (this.#state === 'open') this.#listenForSilence();
    if ('type' in message) {
      if (this.#state === 'open') this.#handlePush(message);
      else this.#early.push(message);
    } else if (message.re === HELLO_ID) this.#handleHelloReply(message);
    else this.#requests.settle(message);
  }

  #handleHelloReply(reply: Reply): void {
    if ('error' in reply) {
      const problem = fromWireError(reply.error);
      if (problem.code === 'unauthorized') this.#handleRefusal(problem);
      else this.#fail(problem, !problem.retryable);
      return;
    }
    const welcome = reply.ok as Welcome;
    this.#state = 'open';
    this.#attempts = 0;
    const { session, secret, call, seal, graceMs } = welcome;
    this.#grace = graceMs;
    void this.#options.tickets.keep({ session, secret, call: call && !call.ending ? call.session : null, seal });
    this.#listenForSilence();
    this.#requests.connected((message) => this.#socket?.send(encode(message)));
    this.#options.onWelcome(welcome);
    for (const push of this.#early.splice(0)) this.#handlePush(push);
  }

  #handlePush(push: Push): void {
    const { tickets, onPush } = this.#options;
    const seal = push.type === 'call' ? push.call.seal : undefined;
    if (seal !== undefined && tickets.ticket) void tickets.keep({ ...tickets.ticket, seal });
    onPush(push);
  }

  #handleClose(code: number): void {
    const problem = closeProblem(code);
    if (code === CLOSE.UNAUTHORIZED) this.#handleRefusal(problem);
    else this.#fail(problem, FINAL_CLOSES.has(code));
  }

  #handleRefusal(problem: OmniCallError): void {
    if (this.#options.tokens.refused()) this.#connect();
    else this.#fail(problem, true);
  }

  /** Waits and tries again, or gives up where trying again would change nothing. */
  #fail(problem: OmniCallError, final = false): void {
    if (final) this.#end(problem);
    else {
      this.#dropSocket();
      this.#state = 'waiting';
      this.#requests.disconnected();
      const { clock, tickets } = this.#options;
      // A call is over once the grace period is: however long the server was away, several attempts fall into it.
      const longest = tickets.ticket?.call ? this.#grace / 4 : undefined;
      this.#stopTimer = clock.after(backoff(this.#attempts++, clock.random(), longest), () => this.#connect());
    }
    this.#options.onLost(problem, final);
  }

  #end(problem: OmniCallError): void {
    this.#options.tickets.drop();
    this.#dropSocket();
    this.#stopFollowing();
    this.#state = 'idle';
    this.#requests.abandon(problem);
  }

  #bye(closing: boolean): void {
    // Nobody waits for the answer, for the connection goes with it.
    this.#requests.add('bye', { closing }).catch(() => undefined);
  }

  #listenForSilence(): void {
    this.#stopTimer();
    this.#stopTimer = this.#options.clock.after(this.#pace[0], () => this.#askForLife());
  }

  #askForLife([, patience] = this.#pace): void {
    this.#stopTimer();
    this.#stopTimer = this.#options.clock.after(patience, () => this.#fail(closeProblem(0)));
    // Whatever comes is a sign of life; without one the connection is dropped, and this with it.
    this.#requests.add('ping', {}).catch(() => undefined);
  }

  #dropSocket(): void {
    this.#stopTimer();
    this.#attempt = {};
    this.#early = [];
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
}

import { OmniCallError, type Push, type ReplyOf, type Welcome } from '../protocol/index.js';
import { pageClock, type Clock } from '../signalling/clock.js';
import { TicketBox } from '../signalling/session-ticket.js';
import { SignallingClient, type SignallingOptions } from '../signalling/signalling-client.js';
import type { RequestBody, RequestType } from '../signalling/requests.js';
import { serverAddress } from '../signalling/server-address.js';
import { TokenSource, type Token } from '../signalling/token-source.js';
import { assertUserId } from './arguments.js';
import type { CallServiceOptions } from './call-service.js';

/** What a service takes from its page; tests bring their own. */
export interface Surroundings {
  clock?: Clock;
  openSocket?: (url: string) => WebSocket;
}

export interface ConnectionHandlers {
  onConnecting(): void;
  onWelcome(welcome: Welcome): void;
  onPush(push: Push): void;
  onLost(problem: OmniCallError, final: boolean): void;
}

interface Waiting {
  promise: Promise<void>;
  resolve(): void;
  reject(error: OmniCallError): void;
}

function waiting(): Waiting {
  let resolve = (): void => undefined;
  let reject: Waiting['reject'] = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** The service's one session: whose it is, how it is opened, and who waits for that. */
export class CallConnection {
  readonly #options: CallServiceOptions;
  readonly #handlers: ConnectionHandlers;
  readonly #clock: Clock;
  readonly #openSocket: SignallingOptions['openSocket'];
  readonly #tokens: TokenSource;
  #client: SignallingClient | null = null;
  #userId: string | undefined;
  #waiting: Waiting | null = null;
  #open = false;

  constructor(options: CallServiceOptions, handlers: ConnectionHandlers, surroundings: Surroundings) {
    this.#options = options;
    this.#handlers = handlers;
    this.#clock = surroundings.clock ?? pageClock;
    this.#openSocket = surroundings.openSocket ?? ((url) => new WebSocket(url));
    this.#tokens = new TokenSource(options.token, () => this.#clock.now());
  }

  /**
   * Resolves once there is a session. `given` is the id that the server gave.
   * Rejects with what kept the attempt that goes on from that.
   */
  async open(userId: string | undefined, given: string | null): Promise<void> {
    const wanted = userId ?? this.#options.userId;
    if (wanted !== undefined) assertUserId(wanted);
    const whose = this.#client ? (this.#userId ?? given ?? '') : (this.#options.userId ?? wanted);
    if (wanted !== undefined && wanted !== whose) {
      throw new OmniCallError(
        'bad-request',
        'This service is somebody else’s already: create another for this person.',
      );
    }
    if (this.#open) return;
    if (!this.#client) {
      this.#client = this.#createClient(wanted);
      this.#handlers.onConnecting();
    }
    this.#waiting ??= waiting();
    const { promise } = this.#waiting;
    this.#client.start();
    await promise;
  }

  request<Type extends RequestType>(type: Type, body: RequestBody<Type>): Promise<ReplyOf[Type]> {
    if (this.#client) return this.#client.request(type, body);
    return Promise.reject(new OmniCallError('no-session', 'There is no session: call createSession() first.'));
  }

  noteCall(call: string | null, hasMedia: boolean): void {
    this.#client?.noteCall(call, hasMedia);
  }

  /** For the next connection. */
  renewToken(token: Token): void {
    this.#tokens.renew(token);
  }

  /** Ends the session. The next `open` starts another. */
  close(): void {
    this.#client?.close();
    this.#client = null;
    this.#open = false;
    this.#settle(new OmniCallError('no-session', 'This service is closed.'));
  }

  #createClient(userId: string | undefined): SignallingClient {
    const { server, key, displayName } = this.#options;
    const url = `${serverAddress(server).replace('http', 'ws')}/ws`;
    this.#userId = userId;
    return new SignallingClient({
      url,
      hello: { userId, displayName, key },
      tokens: this.#tokens,
      tickets: new TicketBox(`${url} ${userId ?? ''}`),
      clock: this.#clock,
      openSocket: this.#openSocket,
      onWelcome: (welcome) => {
        this.#open = true;
        this.#handlers.onWelcome(welcome);
        this.#settle(null);
      },
      onPush: (push) => this.#handlers.onPush(push),
      onLost: (problem, final) => {
        this.#open = false;
        if (final) this.#client = null;
        this.#handlers.onLost(problem, final);
        this.#settle(problem);
      },
    });
  }

  #settle(problem: OmniCallError | null): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (problem) waiting?.reject(problem);
    else waiting?.resolve();
  }
}

import { ContextEvent } from '@lit/context';
import type { ReactiveController, ReactiveElement } from 'lit';
import type { CallService, CallServiceOptions } from '../service/call-service.js';
import { callServiceContext } from '../service/context.js';
import { acquireService, holdService, watchPageService, type ServiceLease } from '../service/shared-services.js';
import { bearerOf } from '../signalling/token-source.js';
import { nextTask } from './next-task.js';

export interface BindingOptions {
  /** The service that the element names itself; null: it takes the one of its place. */
  own(): CallServiceOptions | null;
  onService(service: CallService | null): void;
  /** A session of the element's own service could not be had. */
  onFailure(error: unknown): void;
}

/**
 * Finds the service of an element: the one that it names, else the nearest provider's, else the page's shared one.
 * It holds that service for as long as the element is in a document; an element that is only moved never lets go.
 */
export class ServiceBinding implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #options: BindingOptions;
  #service: CallService | null = null;
  #lease: ServiceLease | null = null;
  #named: CallServiceOptions | null = null;
  #provided: CallService | null = null;
  #ofPage: CallService | null = null;
  #stopLooking: (() => void)[] = [];

  constructor(host: ReactiveElement, options: BindingOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** To begin a service takes as long as to draw an element that is new: each is a task of its own, this one first. */
  hostConnected(): void {
    // What was found is of the place before.
    this.#stopLookingAround();
    if (this.#host.hasUpdated) this.bind();
    else void nextTask().then(() => this.bind());
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#letGo();
    });
  }

  /** Finds it, where the element's attributes or its place have changed. */
  bind(): void {
    if (!this.#host.isConnected) return;
    const own = this.#options.own();
    if (own) this.#takeOwn(own);
    else if (this.#stopLooking.length === 0) this.#lookAround();
  }

  #takeOwn(own: CallServiceOptions): void {
    this.#stopLookingAround();
    const before = this.#named;
    if (before && isSame(before, own)) return;
    this.#named = own;
    let lease = this.#lease;
    const goesOn = lease && before && own.token && isRenewal(before, own) && lease.renew(own.token);
    if (!lease || !goesOn) {
      lease = acquireService(own);
      this.#use(lease.service, lease);
    }
    void this.#open(lease);
  }

  /** In a task of its own, for the same reason. */
  async #open(lease: ServiceLease): Promise<void> {
    await nextTask();
    if (lease !== this.#lease) return;
    await lease.service.createSession().catch((error: unknown) => this.#options.onFailure(error));
  }

  #lookAround(): void {
    this.#named = null;
    this.#provided = null;
    const handleProvided = (service: CallService | null, stop?: () => void): void => {
      if (stop && !this.#stopLooking.includes(stop)) this.#stopLooking.push(stop);
      this.#provided = service;
      this.#useFound();
    };
    this.#host.dispatchEvent(new ContextEvent(callServiceContext, this.#host, handleProvided, true));
    this.#stopLooking.push(
      watchPageService((service) => {
        this.#ofPage = service;
        this.#useFound();
      }),
    );
  }

  #useFound(): void {
    const found = this.#provided ?? this.#ofPage;
    if (found !== this.#service) this.#use(found, found && holdService(found));
  }

  /** The one before is let go last, so that what both share is not closed between. */
  #use(service: CallService | null, lease: ServiceLease | null): void {
    const before = this.#lease;
    this.#lease = lease;
    if (service !== this.#service) {
      this.#service = service;
      this.#options.onService(service);
    }
    before?.release();
  }

  #stopLookingAround(): void {
    for (const stop of this.#stopLooking) stop();
    this.#stopLooking = [];
  }

  #letGo(): void {
    this.#stopLookingAround();
    this.#named = null;
    this.#use(null, null);
  }
}

/** Whether only the token is another, of the same person: no call ends for that. */
const isRenewal = (one: CallServiceOptions, other: CallServiceOptions): boolean =>
  isSame({ ...one, token: '' }, { ...other, token: '' }) &&
  (other.userId !== undefined || bearerOf(one.token) === bearerOf(other.token));

const isSame = (one: CallServiceOptions, other: CallServiceOptions): boolean =>
  (Object.keys({ ...one, ...other }) as (keyof CallServiceOptions)[]).every((key) => one[key] === other[key]);

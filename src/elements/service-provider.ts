import type { Context, ContextCallback, ContextEvent } from '@lit/context';
import type { CallService } from '../service/call-service.js';
import { callServiceContext } from '../service/context.js';

type Callback = ContextCallback<CallService | null>;

/** Gives an element's service to those inside it. As `ContextProvider` of @lit/context, at a fourth of the weight. */
export class ServiceProvider {
  readonly #subscribers = new Map<Callback, () => void>();
  #service: CallService | null = null;

  constructor(host: HTMLElement) {
    host.addEventListener('context-request', (event) => this.#handleRequest(event, host));
  }

  provide(service: CallService | null): void {
    this.#service = service;
    for (const [callback, stop] of this.#subscribers) callback(service, stop);
  }

  #handleRequest(event: ContextEvent<Context<unknown, unknown>>, host: HTMLElement): void {
    // An element's own request is for those above it.
    if (event.context !== callServiceContext || event.composedPath()[0] === host) return;
    event.stopImmediatePropagation();
    const callback = event.callback as Callback;
    const stop = (): void => void this.#subscribers.delete(callback);
    if (event.subscribe) this.#subscribers.set(callback, stop);
    callback(this.#service, stop);
  }
}

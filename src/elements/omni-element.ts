import { LitElement, type PropertyValues } from 'lit';
import { property } from './property.js';
import { OmniDevicesEvent, OmniErrorEvent } from '../events.js';
import { loadLocale } from '../locales/locales.js';
import { Localize } from '../locales/localize.js';
import { OmniCallError } from '../protocol/index.js';
import type { CallService, CallServiceOptions } from '../service/call-service.js';
import type { CallSnapshot } from '../service/snapshot.js';
import { ServiceBinding } from './service-binding.js';
import { ServiceProvider } from './service-provider.js';

const NAMING = ['server', 'userId', 'token', 'key', 'displayName', 'noPrepare'] as const;

/** What the three elements have in common: whose call service they use, and the language that they speak. */
export abstract class OmniElement extends LitElement {
  /** The call server’s address, as `https://calls.example.com`. Left out: the service of the place is used. */
  @property() server = '';
  /** Whose calls these are. Left out: the token’s, or an id that the server gives. */
  @property({ attribute: 'user-id' }) userId = '';
  /**
   * A token of the page’s own back end. As a property also a function that gets one, called whenever one is needed.
   * Another one of the same person is for the next connection; the session and its call go on. A function is taken for
   * the same person’s: where another person signs in on the page, give `user-id` too.
   */
  @property() token: CallServiceOptions['token'] | '' = '';
  /** A publishable key, for visitors without a token. */
  @property() key = '';
  /** The name that the other side is shown. */
  @property({ attribute: 'display-name' }) displayName = '';
  /** Stays out of the room while it still rings: the first picture comes later, and nothing is billed before it. */
  @property({ type: Boolean, attribute: 'no-prepare' }) noPrepare = false;
  /** The language of the widget’s texts: `ar`, `de`, `en`, `es`, `fr`, `ja`, `ko`, `pt-BR`, `vi` or `zh-CN`. Left out: the page’s. */
  @property() override lang = '';

  protected readonly internals = this.attachInternals();
  protected readonly localize = new Localize(this);
  protected snapshot: CallSnapshot | null = null;
  #service: CallService | null = null;
  #unsubscribe: () => void = () => undefined;
  readonly #provider = new ServiceProvider(this);
  readonly #binding = new ServiceBinding(this, {
    own: () => this.#ownService(),
    onService: (service) => this.#setService(service),
    onFailure: (error) => this.handleFailure(error),
  });

  /** The call service that the element uses; null while there is none. */
  get service(): CallService | null {
    return this.#service;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (NAMING.some((name) => changed.has(name))) this.#binding.bind();
    if (this.localize.dir === 'rtl') this.internals.states.add('rtl');
    else this.internals.states.delete('rtl');
    // Without its texts it speaks English.
    loadLocale(this.localize.language).catch(() => undefined);
  }

  /** Another service, or none. */
  protected serviceChanged(service: CallService | null): void {
    this.snapshotChanged(service?.snapshot ?? null);
  }

  protected snapshotChanged(snapshot: CallSnapshot | null): void {
    const devices = this.snapshot?.devices;
    this.snapshot = snapshot;
    if (snapshot && devices && snapshot.devices !== devices) this.dispatchEvent(new OmniDevicesEvent(snapshot.devices));
    this.requestUpdate();
  }

  /** Something that this element did, or began, failed. */
  protected handleFailure(error: unknown): void {
    this.reportError(error);
  }

  /** Tells the page of an error: each one once. */
  protected reportError(error: unknown): void {
    const known =
      error instanceof OmniCallError
        ? error
        : new OmniCallError('server-error', 'Something unexpected went wrong.', { cause: error });
    if (reported.has(known)) return;
    reported.add(known);
    this.dispatchEvent(new OmniErrorEvent(known));
  }

  #ownService(): CallServiceOptions | null {
    const { server, userId, token, key, displayName, noPrepare } = this;
    if (!server) return null;
    return {
      server,
      ...(userId && { userId }),
      ...(token && { token }),
      ...(key && { key }),
      ...(displayName && { displayName }),
      ...(noPrepare && { prepare: false }),
    };
  }

  #setService(service: CallService | null): void {
    this.#unsubscribe();
    this.#service = service;
    this.#provider.provide(service);
    this.#unsubscribe = service?.subscribe((snapshot) => this.snapshotChanged(snapshot)) ?? (() => undefined);
    this.serviceChanged(service);
  }
}

/** Errors of which the page knows: one that several elements come by is one. */
const reported = new WeakSet<OmniCallError>();

import {
  adoptStyles,
  html,
  type CSSResultGroup,
  type CSSResultOrNative,
  type nothing,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property } from './property.js';
import { loadCode } from '../load-code.js';
import { OmniPhaseEvent, OmniRingtoneBlockedEvent } from '../events.js';
import type { CallType, ErrorCode } from '../protocol/index.js';
import type { CallService } from '../service/call-service.js';
import type { EventMessage } from '../service/event-messages.js';
import type { CallInfo, CallSnapshot, Phase } from '../service/snapshot.js';
import { CallStage, type StageElement } from './call-stage.js';
import type { CallSurface, RingOptions } from './call-surface/call-surface.js';
import { baseStyles } from './base.styles.js';
import { eventOf } from './event-of.js';
import { nextTask } from './next-task.js';
import { OmniElement } from './omni-element.js';
import { problemWords } from './problem-words.js';

/** What `<omni-call>` and `<omni-incoming>` have in common: they show a call, from the first ring to its summary. */
export abstract class CallElement extends OmniElement implements StageElement {
  static override styles: CSSResultGroup = baseStyles;

  /** Without the sounds of a telephone: ringing, busy, ended. The ringtone of an incoming call is `ringtone`’s. */
  @property({ type: Boolean }) silent = false;

  #phase: Phase = 'offline';
  /** The call that is this element's to show. */
  #call: CallInfo | null = null;
  /** The ring, or the ending, that the page shows itself: the call's id. */
  #ringOfPage: string | null = null;
  #endOfPage: string | null = null;
  #leaveStage: () => void = () => undefined;
  #surface: CallSurface | null = null;
  #styles: CSSResultOrNative[] = (this.constructor as typeof CallElement).elementStyles;
  #loading: Promise<void> | null = null;
  /** What kept this page's devices from opening in this call. Kept here: the call may be over before its surface is loaded. */
  #deviceProblem: ErrorCode | null = null;
  /** What went wrong last, until something else is tried, or another call or its end is shown. */
  protected failure: unknown = null;
  /** A selector of what the focus is owed to: a control that had it may be gone, or it rings. */
  #focusNext = '';

  /** Where the call stands. Read-only, and reflected as an attribute. */
  get phase(): Phase {
    return this.#phase;
  }

  abstract suits(call: CallInfo): number;

  handleStage(snapshot: CallSnapshot, shows: boolean): void {
    const before = this.#call;
    const call = (this.#call = shows ? snapshot.call : null);
    const isOther = call && (call.session !== before?.session || !call.ending !== !before?.ending);
    // What kept the server from being reached is over with that.
    if (isOther || (this.#phase === 'offline' && snapshot.phase !== 'offline')) this.failure = null;
    this.#setPhase(shows || snapshot.phase === 'offline' ? snapshot.phase : 'idle');
    if (shows) {
      this.#bringSurface();
      for (const { problem } of [snapshot.local.audio, snapshot.local.video]) if (problem) this.reportError(problem);
    }
    this.#rememberProblem(snapshot);
    this.#follow(snapshot);
    this.requestUpdate();
  }

  handleMessage(message: EventMessage, snapshot: CallSnapshot): void {
    const event = eventOf(message, snapshot.lastEnding);
    const isLeftToPage = event !== null && !this.dispatchEvent(event);
    if (isLeftToPage && event.type === 'omni-ringing') this.#ringOfPage = message.session;
    if (isLeftToPage && event.type === 'omni-ended') this.#endOfPage = message.session;
    if (message.cmd === 'MESSAGE_EVENT') this.#surface?.receive(message);
    this.#follow(snapshot);
    this.requestUpdate();
  }

  handleProblem({ problem }: CallSnapshot): void {
    this.reportError(problem);
  }

  /** Loads what shows a call, before there is one. */
  protected prepareSurface(): void {
    this.#bringSurface();
  }

  /** Carries out what a button is for. A failure is told to the page and, in words, to the person. */
  protected async act(work: () => Promise<unknown> | void): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.handleFailure(error);
    }
    this.requestUpdate();
  }

  protected async placeCall(callType: CallType, callee: string, record = false, ringTimeout?: number): Promise<void> {
    const { service } = this;
    if (!service) return;
    await service.createSession();
    await service.offerCall(callType, callee, record, ringTimeout === undefined ? {} : { ringTimeout });
  }

  protected override handleFailure(error: unknown): void {
    this.failure = error;
    this.reportError(error);
    this.requestUpdate();
  }

  protected override serviceChanged(service: CallService | null): void {
    this.#leaveStage();
    this.#leaveStage = () => undefined;
    this.#call = null;
    super.serviceChanged(service);
    if (service) this.#leaveStage = CallStage.of(service).join(this);
    else {
      this.#surface?.stop();
      this.#setPhase('offline');
    }
  }

  /** How the element draws attention to an incoming call. */
  protected get ringOptions(): RingOptions {
    return { ringtone: '', notify: false };
  }

  /** What is there while there is no call to show. */
  protected abstract renderIdle(): TemplateResult | typeof nothing;

  /** Styles of what is loaded when it is needed. */
  protected adopt(styles: CSSResultGroup): void {
    this.#styles = [...this.#styles, styles].flat() as CSSResultOrNative[];
    adoptStyles(this.renderRoot as ShadowRoot, this.#styles);
  }

  protected placeAgain(callType: CallType, callee: string): Promise<void> {
    return this.placeCall(callType, callee);
  }

  /** Why nothing works, or what failed last: in words. */
  protected get problem(): string | null {
    const error = this.failure ?? (this.#phase === 'offline' ? this.snapshot?.problem : null);
    return error ? problemWords(error, this.localize) : null;
  }

  /** Drawing waits until what the state also means for media is on its way. */
  protected override async scheduleUpdate(): Promise<void> {
    await nextTask();
    super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // That the surface itself has it is a ring's doing, and nobody's wish.
    if (this.shadowRoot?.activeElement?.matches(':not(.surface)')) this.#focusNext = '[data-focus]';
    const { states } = this.internals;
    if (this.#shownCall) states.add('in-call');
    else states.delete('in-call');
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#shownCall) this.#surface?.updated(this.renderRoot, this.#shownCall);
    this.#keepFocus();
  }

  protected override render(): TemplateResult {
    const call = this.#shownCall;
    const surface = call && this.#surface;
    const said = surface ? surface.announcement(call) : (this.problem ?? '');
    const rings = call !== null && this.#phase === 'ringing';
    return html`
      <div class="unseen" role="status">${rings ? '' : said}</div>
      <div class="unseen" role="alert">${rings ? said : ''}</div>
      ${surface ? surface.render(call, this.problem) : call ? html`<div class="waiting"></div>` : this.renderIdle()}
    `;
  }

  /** Null while there is none, and when the page shows it itself. */
  get #shownCall(): CallInfo | null {
    const call = this.#call;
    if (!call || (call.ending !== null && call.session === this.#endOfPage)) return null;
    return this.#phase === 'ringing' && call.session === this.#ringOfPage ? null : call;
  }

  #setPhase(phase: Phase): void {
    if (phase === this.#phase && this.getAttribute('phase') === phase) return;
    const previous = this.#phase;
    this.#phase = phase;
    this.setAttribute('phase', phase);
    // To no button: Space that was to scroll the page must not answer.
    if (phase === 'ringing') this.#focusNext ||= '.surface';
    if (phase !== previous) this.dispatchEvent(new OmniPhaseEvent(phase, previous));
  }

  #rememberProblem({ local }: CallSnapshot): void {
    if (!this.#call) this.#deviceProblem = null;
    const problem = local.video.problem ?? local.audio.problem;
    if (problem) this.#deviceProblem = problem.code;
    else if (local.video.state === 'on' || local.audio.state === 'on') this.#deviceProblem = null;
  }

  #follow(snapshot: CallSnapshot): void {
    this.#surface?.follow(snapshot, this.#call, this.#shownCall !== null);
  }

  #bringSurface(): void {
    if (this.#surface) return;
    this.#loading ??= this.#createSurface().catch((error: unknown) => {
      this.#loading = null;
      this.handleFailure(error);
    });
  }

  async #createSurface(): Promise<void> {
    const { CallSurface, surfaceStyles } = await loadCode(() => import('./call-surface/call-surface.js'));
    this.adopt(surfaceStyles);
    this.#surface = new CallSurface({
      element: this,
      localize: this.localize,
      service: () => this.service,
      ring: () => this.ringOptions,
      act: (work) => this.act(work),
      placeAgain: (callType, callee) => this.placeAgain(callType, callee),
      adopt: (styles) => this.adopt(styles),
      onRingtoneBlocked: (blocked) => this.dispatchEvent(new OmniRingtoneBlockedEvent(blocked)),
      deviceProblem: () => this.#deviceProblem,
    });
    if (this.snapshot) this.#follow(this.snapshot);
    this.requestUpdate();
  }

  /** Gives the focus to what it is owed to, where nothing has it: whoever types somewhere goes on typing. */
  #keepFocus(): void {
    const root = this.renderRoot as ShadowRoot;
    const isFree = !root.activeElement && [null, document.body, this].includes(document.activeElement as HTMLElement);
    const next = isFree && this.#focusNext && root.querySelector<HTMLElement>(this.#focusNext);
    if (next) next.focus({ preventScroll: true });
    // Only a call that is still to be drawn is waited for.
    if (next || !isFree || !this.#call) this.#focusNext = '';
  }
}

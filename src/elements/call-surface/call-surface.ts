import { html, nothing, render, type CSSResultGroup, type TemplateResult } from 'lit';
import { enCall } from '../../locales/en-call.js';
import { addEnglish, type Localize } from '../../locales/localize.js';
import { CallSounds } from '../../attention/call-sounds.js';
import { NO_REMOTE_MEDIA } from '../../media/media.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { TextMessage } from '../../service/event-messages.js';
import type { CallInfo, CallSnapshot } from '../../service/snapshot.js';
import { avatar, hueOf } from './avatar.js';
import { CallActions, type ActionsOptions } from './call-actions.js';
import { Chat } from './chat.js';
import { Consent } from './consent.js';
import { controls } from './controls.js';
import { badges, recording, status, timer } from './header.js';
import { isOn } from './is-on.js';
import { notices } from './notices.js';
import { Panels } from './panels.js';
import { pictures } from './picture.js';
import { callData, prompt } from './prompt.js';
import { Ring, type RingOptions } from './ring.js';
import type { Scene } from './scene.js';
import type * as later from './later.js';
import { whenIdle } from './when-idle.js';
import { announcementWords, nameOf } from './words.js';

addEnglish(enCall);

export { surfaceStyles } from './call-surface.styles.js';
export type { RingOptions } from './ring.js';

export interface SurfaceOptions extends Omit<ActionsOptions, 'consent'> {
  readonly element: later.CallHost & { readonly silent: boolean };
  readonly localize: Localize;
  ring(): RingOptions;
  onRingtoneBlocked(blocked: boolean): void;
  /** What kept this page's devices from opening in this call. */
  deviceProblem(): ErrorCode | null;
  /** More styles for what is shown. */
  adopt(styles: CSSResultGroup): void;
}

/** Milliseconds that a call's first picture has the processor for itself. */
const PICTURE_FIRST = 600;

/** The snapshot of a call that has just been connected, by what makes it differ. */
const NEXT = { phase: 'connected', remote: NO_REMOTE_MEDIA } as const;

type Later = Omit<typeof later, 'DuringCall' | 'laterStyles'>;

/** A call on the screen and to the ear: loaded once one is near. */
export class CallSurface {
  readonly #options: SurfaceOptions;
  readonly #actions: CallActions;
  readonly #panels: Panels;
  readonly #chat: Chat;
  readonly #consent: Consent;
  readonly #ring: Ring;
  readonly #sounds = new CallSounds();
  #snapshot: CallSnapshot | null = null;
  #call: CallInfo | null = null;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #later: Later | null = null;
  #loading: Promise<void> | null = null;
  #bringing: ReturnType<typeof setTimeout> | undefined;
  #rehearsal: Promise<void> | null = null;
  #during: later.DuringCall | null = null;

  constructor(options: SurfaceOptions) {
    this.#options = options;
    const { element } = options;
    const update = (): void => element.requestUpdate();
    this.#consent = new Consent(update);
    this.#actions = new CallActions({ ...options, consent: this.#consent });
    this.#panels = new Panels(update);
    this.#chat = new Chat(this.#panels, update);
    this.#ring = new Ring((blocked) => {
      options.onRingtoneBlocked(blocked);
      element.requestUpdate();
    });
  }

  /** `call`: the one that the element shows; `shows`: the page does not do so in its stead. */
  follow(snapshot: CallSnapshot, call: CallInfo | null, shows: boolean): void {
    const { localize, element } = this.#options;
    this.#snapshot = snapshot;
    this.#ring.follow(snapshot, shows, this.#options.ring(), localize);
    if (element.silent || !call) this.#sounds.stop();
    else this.#sounds.follow(snapshot);
    // Another call begins with no panel open.
    if (call?.session !== this.#call?.session) this.#panels.close();
    this.#chat.follow(call?.session ?? null);
    this.#consent.follow(call?.session ?? null);
    const goesOn = call !== null && isOn(call);
    this.#tick(goesOn);
    if (call?.ending) this.#bringLater();
    else if (goesOn) this.#bringing ??= setTimeout(() => this.#bringLater(), PICTURE_FIRST);
    else if (call) this.#rehearsal ??= whenIdle().then(() => this.#rehearse());
    this.#during?.follow(snapshot, call);
    this.#call = call;
  }

  receive({ message }: TextMessage): void {
    this.#chat.receive(message);
  }

  /** What a screen reader is to say now. */
  announcement(call: CallInfo): string {
    const { localize } = this.#options;
    if (!this.#snapshot) return '';
    if (!call.ending) return announcementWords(this.#snapshot, call, localize);
    const { title, hint } = this.#later?.endingWords(call, this.#options.deviceProblem(), localize) ?? {
      title: '',
      hint: '',
    };
    return hint ? `${title}. ${hint}` : title;
  }

  stop(): void {
    this.#ring.stop();
    this.#sounds.stop();
    this.#during?.stop();
    this.#tick(false);
    clearTimeout(this.#bringing);
    this.#bringing = undefined;
  }

  /** Colours what is shown for the other side. Set here, since a style attribute would need leave of the page's CSP. */
  updated(root: ParentNode, call: CallInfo): void {
    root.querySelector<HTMLElement>('.surface')?.style.setProperty('--hue', String(hueOf(call.peer.userId)));
  }

  render(call: CallInfo, problem: string | null): TemplateResult | typeof nothing {
    return this.#snapshot ? this.#draw(this.#snapshot, call, problem) : nothing;
  }

  #draw(snapshot: CallSnapshot, call: CallInfo, problem: string | null): TemplateResult {
    const { localize } = this.#options;
    const name = nameOf(call, localize);
    const scene: Scene = {
      ...{ snapshot, call, name, localize, problem },
      actions: this.#actions,
      chat: this.#chat,
      panels: this.#panels,
      consent: this.#consent,
      deviceProblem: this.#options.deviceProblem(),
      isRingtoneBlocked: this.#ring.isBlocked,
    };
    const { phase, remote, local } = snapshot;
    const during = call.ending ? null : this.#during;
    during?.pip.draw(scene);
    const isSeen = !call.ending && (remote.camera !== null || remote.screen !== null);
    const isPreview = !call.ending && !isSeen && call.connectedAt === null && local.camera !== null;
    return html`<section
      class="surface"
      part="surface"
      data-phase=${phase}
      ?data-seen=${isSeen}
      ?data-preview=${isPreview}
      ?data-panel=${this.#panels.open !== null && !call.ending}
      tabindex="-1"
      aria-label=${localize.term('region', name)}
      @keydown=${(event: KeyboardEvent) => this.#during?.handleKey(event, scene)}
    >
      <div class="stage">
        ${pictures(scene)}
        <div class="words">
          <slot name="stage"></slot>
          <div class="who">
            ${avatar(name)}
            <p class="name">${name}</p>
            ${call.ending ? this.#renderSummary(scene) : html`<p class="line-of-state">${status(scene)}${timer(scene)}${isOn(call) ? this.#later?.peerQuality(scene) : nothing}</p>`}
            ${phase === 'ringing' ? html`${callData(scene)}${recording(scene)}${prompt(scene)}` : nothing}
          </div>
          ${badges(scene, this.#later?.recordingControls(scene), this.#later?.ownQuality(scene))}
          ${notices(scene, this.#ring.unblock, during && this.#later?.duringNotices(scene, during))}
        </div>
      </div>
      ${during && this.#later?.beside(scene, during)}
      ${call.ending || phase === 'ringing' ? nothing : controls(scene, during && this.#later?.moreControl(scene))}
    </section>`;
  }

  #renderSummary(scene: Scene): TemplateResult {
    if (this.#later) return this.#later.summary(scene);
    const { localize, actions } = scene;
    return html`<p part="status">${localize.term('ended')}</p>
      <button type="button" class="main" data-focus @click=${actions.dismiss}>${localize.term('close')}</button>`;
  }

  /**
   * Draws what comes next where nobody sees it: with the code compiled and the templates parsed, drawing it is not in
   * the way of the first picture.
   */
  #rehearse(): void {
    const [snapshot, call] = [this.#snapshot, this.#call];
    // Once the call itself is drawn, this would only be in its way.
    if (!snapshot || !call || call.ending || isOn(call)) return;
    const next = { ...call, connectedAt: 0 };
    const local = { ...snapshot.local, camera: null };
    const stage = document.createDocumentFragment();
    render(this.#draw({ ...snapshot, ...NEXT, call: next, local }, next, null), stage);
  }

  #bringLater(): void {
    this.#loading ??= whenIdle()
      .then(() => import('./later.js'))
      .then(
        (later) => {
          this.#later = later;
          this.#during = new later.DuringCall(this.#actions, this.#options.element);
          if (this.#snapshot) this.#during.follow(this.#snapshot, this.#call);
          this.#options.adopt(later.laterStyles);
          this.#options.element.requestUpdate();
        },
        // Without it the call still goes on, and ends: only shorter of words.
        () => {
          this.#loading = null;
          this.#bringing = undefined;
        },
      );
  }

  #tick(on: boolean): void {
    if (!on) {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
    } else this.#ticking ??= setInterval(() => this.#options.element.requestUpdate(), 1000);
  }
}

import { html, nothing, type TemplateResult } from 'lit';
import { INPUT } from '../../media/capture.js';
import { pageDevices, type DeviceKind, type DeviceLists } from '../../media/devices.js';
import { lossAfter, type DeviceLoss, type LostDevice } from '../../media/lost-device.js';
import type { Localize } from '../../locales/localize.js';
import type { OmniCallError, TrackType } from '../../protocol/index.js';
import type { CallService } from '../../service/call-service.js';
import type { CallSnapshot } from '../../service/snapshot.js';
import { sourceOf } from '../call-surface/source-of.js';
import { deviceWords } from '../device-words.js';
import { deviceLists, setDevice } from './device-lists.js';
import { MeterView } from './meter-view.js';
import { askFor, watchPermission } from './permission.js';
import { Preview } from './preview.js';

/** The element around the panel. */
export interface PanelHost {
  readonly localize: Localize;
  readonly renderRoot: ParentNode;
  kinds(): readonly DeviceKind[];
  preview(): boolean;
  service(): CallService | null;
  requestUpdate(): void;
  handleDevices(lists: DeviceLists): void;
  handleFailure(error: unknown): void;
}

const TRACKS = ['video', 'audio'] as const;

/** Lists of devices, and what the other side would see and hear of the chosen ones. */
export class DevicePanel {
  readonly #host: PanelHost;
  readonly #book = pageDevices();
  #stops: (() => void)[] = [];
  #lists: DeviceLists = this.#book.lists;
  #snapshot: CallSnapshot | null = null;
  #loss: DeviceLoss = { known: this.#lists, lost: null };
  #preview: Preview | null = null;
  #isAsking = false;
  #problems: Partial<Record<TrackType, OmniCallError>> = {};
  readonly #meter = new MeterView();

  constructor(host: PanelHost) {
    this.#host = host;
  }

  start(): void {
    if (this.#stops.length > 0) return;
    this.#stops = [this.#book.subscribe(this.#handleLists), ...TRACKS.map((kind) => this.#watchPermission(kind))];
    this.#lists = this.#book.lists;
    this.#loss = { ...this.#loss, known: this.#lists };
  }

  /** Lets go of everything: no light stays on. */
  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#closePreview();
    this.#meter.show(null, null);
  }

  /** In a call the preview is what is sent. */
  follow(snapshot: CallSnapshot | null): void {
    this.#snapshot = snapshot;
    if (this.#isInCall) this.#closePreview();
  }

  /** To be called when what was rendered is there. */
  updated(): void {
    this.#meter.show(this.#host.renderRoot.querySelector('meter'), this.#track('audio'));
  }

  render(): TemplateResult {
    const { localize } = this.#host;
    const problems = this.#tracks.flatMap((kind) => {
      const problem = this.#preview?.problem(kind) ?? this.#problems[kind];
      return problem ? [deviceWords(kind, problem, localize)] : [];
    });
    return html`${this.#host.preview() ? this.#renderPreview() : nothing}
      ${deviceLists({
        ...{ lists: this.#lists, kinds: this.#host.kinds(), localize },
        act: (work) => this.#act(work),
        choose: (kind, id) => this.#choose(kind, id),
      })}
      <div role="log">
        ${this.#isAsking ? html`<p>${localize.term('asking')}</p>` : nothing}
        ${[...new Set(problems)].map((words) => html`<p class="problem">${words}</p>`)}
        ${this.#loss.lost ? html`<p>${this.#lostWords(this.#loss.lost)}</p>` : nothing}
      </div>
      ${this.#renderAct()}`;
  }

  /** The one thing to do next: allow devices, begin the preview, try again, or end it. */
  #renderAct(): TemplateResult | typeof nothing {
    const { localize } = this.#host;
    const tracks = this.#tracks;
    if (this.#isInCall || tracks.length === 0) return nothing;
    const button = (words: string, onClick: () => void, look = 'main'): TemplateResult =>
      html`<button type="button" class=${look} ?disabled=${this.#isAsking} @click=${onClick}>${words}</button>`;
    const opened = this.#preview;
    if (opened) {
      const failed = tracks.some((kind) => opened.problem(kind));
      return html`${failed ? button(localize.term('tryAgain'), () => opened.retry()) : nothing}
      ${button(localize.term('stopPreview'), () => this.#closePreview(), 'second')}`;
    }
    if (this.#host.preview()) return button(localize.term('startPreview'), () => this.#openPreview());
    const missing = this.#unnamed();
    if (missing.length === 0) return nothing;
    const words = missing.length > 1 ? 'allowBoth' : missing[0] === 'video' ? 'allowCamera' : 'allowMicrophone';
    return button(localize.term(words), () => void this.#ask(missing));
  }

  #renderPreview(): TemplateResult {
    const { localize } = this.#host;
    const camera = this.#track('video');
    const isMuted = this.#isInCall && this.#snapshot?.local.audio.state === 'muted';
    const hears = this.#tracks.includes('audio') && (this.#track('audio') !== null || isMuted);
    return html`${
      this.#tracks.includes('video')
        ? html`<video
            part="preview"
            autoplay
            playsinline
            .muted=${true}
            .srcObject=${sourceOf(camera)}
            ?hidden=${!camera}
            aria-label=${localize.term('preview')}
          ></video>`
        : nothing
    }
    ${hears ? html`<meter part="meter" min="0" max="1" aria-label=${localize.term('level')}></meter>` : nothing}
    ${isMuted ? html`<p>${localize.term('notHeard')}</p>` : nothing}`;
  }

  /** The kinds to be opened, as tracks. */
  get #tracks(): readonly TrackType[] {
    return TRACKS.filter((kind) => this.#host.kinds().includes(INPUT[kind]));
  }

  get #isInCall(): boolean {
    const { audio, video } = this.#snapshot?.local ?? {};
    return [audio, video].some((track) => track !== undefined && track.state !== 'off');
  }

  #track(kind: TrackType): MediaStreamTrack | null {
    if (!this.#isInCall) return this.#preview?.track(kind) ?? null;
    const { local } = this.#snapshot ?? {};
    if (!local || local[kind].state !== 'on') return null;
    return kind === 'video' ? local.camera : local.microphone;
  }

  /** Tracks whose devices have no names yet: the browser gives those with its leave. */
  #unnamed(): TrackType[] {
    return this.#tracks.filter((kind) => !this.#lists[INPUT[kind]].some(({ label }) => label !== ''));
  }

  #lostWords({ lost, next }: LostDevice): string {
    const { localize } = this.#host;
    return next ? localize.term('deviceReplaced', lost, next) : localize.term('deviceLost', lost);
  }

  readonly #handleLists = (lists: DeviceLists): void => {
    this.#loss = lossAfter(this.#loss, lists);
    this.#lists = lists;
    this.#host.handleDevices(lists);
    this.#host.requestUpdate();
  };

  #watchPermission(kind: TrackType): () => void {
    return watchPermission(kind, () => {
      delete this.#problems[kind];
      this.#preview?.retry();
      void this.#book.refresh();
      this.#host.requestUpdate();
    });
  }

  async #ask(tracks: readonly TrackType[]): Promise<void> {
    this.#isAsking = true;
    this.#problems = {};
    this.#host.requestUpdate();
    for (const kind of tracks) {
      await askFor(kind).catch((error: OmniCallError) => {
        this.#problems[kind] = error;
        this.#host.handleFailure(error);
      });
    }
    this.#isAsking = false;
    await this.#book.refresh();
    this.#host.requestUpdate();
  }

  #openPreview(): void {
    this.#problems = {};
    this.#preview = new Preview(this.#tracks, this.#book, () => this.#host.requestUpdate());
    this.#preview.open();
    this.#host.requestUpdate();
  }

  #closePreview(): void {
    if (!this.#preview) return;
    const preview = this.#preview;
    this.#preview = null;
    preview.close();
    this.#host.requestUpdate();
  }

  /** A failure is told, and the list shows what is in use, not what could not be had. */
  #act(work: () => Promise<void>): void {
    this.#loss = { ...this.#loss, lost: null };
    work()
      .catch((error: unknown) => this.#host.handleFailure(error))
      .finally(() => this.#host.requestUpdate());
  }

  async #choose(kind: DeviceKind, id: string): Promise<void> {
    const service = this.#host.service();
    if (this.#isInCall && service) await setDevice(service, kind, id);
    else if (this.#preview && kind !== 'audiooutput') await this.#preview.switchTo(kind, id);
    else await this.#book.choose(kind, id);
  }
}

import { adoptStyles, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from '../property.js';
import { OmniDevicesEvent } from '../../events.js';
import type { DeviceKind, DeviceLists } from '../../media/devices.js';
import type { CallService } from '../../service/call-service.js';
import type { CallSnapshot } from '../../service/snapshot.js';
import { baseStyles } from '../base.styles.js';
import { OmniElement } from '../omni-element.js';
import type { DevicePanel } from './device-panel.js';

const KINDS: readonly DeviceKind[] = ['videoinput', 'audioinput', 'audiooutput'];

/**
 * Chooses cameras, microphones and speakers, before a call and during it. It needs no service: what is chosen is
 * remembered by the browser, and every call of the page uses it.
 *
 * @tag omni-device-select
 *
 * @csspart device-list - The list of one kind of device.
 * @csspart preview - The camera’s picture.
 * @csspart meter - The microphone’s level.
 *
 * @cssproperty [--omni-accent] - The colour of the main buttons.
 * @cssproperty [--omni-text] - The colour of words.
 * @cssproperty [--omni-text-quiet] - The colour of lesser words.
 * @cssproperty [--omni-font] - The typeface. Default: the page’s.
 * @cssproperty [--omni-radius=1rem] - How round the corners are.
 * @cssproperty [--omni-space=0.75rem] - The distance between things.
 *
 * @fires {OmniDevicesEvent} omni-devices - Cameras, microphones or speakers changed.
 * @fires {OmniErrorEvent} omni-error - Something failed.
 */
export class OmniDeviceSelect extends OmniElement {
  static override styles = baseStyles;

  /** `videoinput`, `audioinput` or `audiooutput`. Left out: all of them. */
  @property() kind: DeviceKind | '' = '';
  /** Offers a preview of what the other side would see and hear of the chosen devices. */
  @property({ type: Boolean }) preview = false;

  #panel: DevicePanel | null = null;
  #loading: Promise<void> | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#panel) this.#panel.start();
    else this.#bringPanel();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // One that is only moved goes on.
    queueMicrotask(() => {
      if (!this.isConnected) this.#panel?.stop();
    });
  }

  protected override serviceChanged(service: CallService | null): void {
    super.serviceChanged(service);
    service?.getDeviceList().catch((error: unknown) => this.handleFailure(error));
  }

  protected override snapshotChanged(snapshot: CallSnapshot | null): void {
    super.snapshotChanged(snapshot);
    this.#panel?.follow(snapshot);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#panel?.updated();
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.#panel?.render() ?? nothing;
  }

  #bringPanel(): void {
    this.#loading ??= this.#createPanel().catch((error: unknown) => {
      this.#loading = null;
      this.handleFailure(error);
    });
  }

  async #createPanel(): Promise<void> {
    const { DevicePanel, omniDeviceSelectStyles } = await import('./later.js');
    adoptStyles(this.renderRoot as ShadowRoot, [baseStyles, omniDeviceSelectStyles]);
    this.#panel = new DevicePanel({
      localize: this.localize,
      renderRoot: this.renderRoot,
      kinds: () => KINDS.filter((kind) => !this.kind || kind === this.kind),
      preview: () => this.preview,
      service: () => this.service,
      requestUpdate: () => this.requestUpdate(),
      // A service tells by itself.
      handleDevices: (lists: DeviceLists) => {
        if (!this.service) this.dispatchEvent(new OmniDevicesEvent(lists));
      },
      handleFailure: (error) => this.handleFailure(error),
    });
    this.#panel.follow(this.snapshot);
    if (this.isConnected) this.#panel.start();
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'omni-device-select': OmniDeviceSelect;
  }
}

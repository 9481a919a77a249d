import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Device, DeviceKind } from '../../media/devices.js';
import type { CallService } from '../../service/call-service.js';
import { baseStyles } from '../base.styles.js';
import { OmniElement } from '../omni-element.js';
import { omniDeviceSelectStyles } from './omni-device-select.styles.js';

const KINDS: readonly DeviceKind[] = ['videoinput', 'audioinput', 'audiooutput'];
const LABEL = { videoinput: 'camera', audioinput: 'microphone', audiooutput: 'speaker' } as const;

/**
 * Chooses cameras, microphones and speakers.
 *
 * @tag omni-device-select
 *
 * @csspart device-list - The list of one kind of device.
 * @csspart preview - The camera’s picture.
 * @csspart meter - The microphone’s level.
 *
 * @fires {OmniDevicesEvent} omni-devices - Cameras, microphones or speakers changed.
 * @fires {OmniErrorEvent} omni-error - Something failed.
 */
export class OmniDeviceSelect extends OmniElement {
  static override styles = [baseStyles, omniDeviceSelectStyles];

  /** `videoinput`, `audioinput` or `audiooutput`. Left out: all of them. */
  @property() kind: DeviceKind | '' = '';
  /** Shows what the other side would see and hear of the chosen devices. */
  @property({ type: Boolean }) preview = false;

  protected override serviceChanged(service: CallService | null): void {
    super.serviceChanged(service);
    service?.getDeviceList().catch((error: unknown) => this.handleFailure(error));
  }

  protected override render(): TemplateResult {
    const kinds = KINDS.filter((kind) => !this.kind || kind === this.kind);
    return html`${kinds.map((kind) => this.#renderKind(kind))}`;
  }

  #renderKind(kind: DeviceKind): TemplateResult {
    const devices = this.snapshot?.devices[kind] ?? [];
    const handleChange = (event: Event): void => this.#choose(kind, (event.target as HTMLSelectElement).value);
    return html`<label>
      <span>${this.localize.term(LABEL[kind])}</span>
      <select part="device-list" ?disabled=${devices.length === 0} @change=${handleChange}>
        ${devices.map((device, index) => this.#renderDevice(kind, device, index))}
        ${devices.length === 0 ? html`<option>${this.localize.term('systemDefault')}</option>` : nothing}
      </select>
    </label>`;
  }

  #renderDevice(kind: DeviceKind, { deviceId, label, selected }: Device, index: number): TemplateResult {
    const name = label || `${this.localize.term(LABEL[kind])} ${index + 1}`;
    return html`<option value=${deviceId} .selected=${selected}>${name}</option>`;
  }

  #choose(kind: DeviceKind, id: string): void {
    const { service } = this;
    const chosen = {
      videoinput: () => service?.setVideoDevice(id),
      audioinput: () => service?.setAudioDevice(id),
      audiooutput: () => service?.setAudioOutput(id),
    }[kind]();
    chosen?.catch((error: unknown) => {
      this.handleFailure(error);
      // The list shows what is in use, not what could not be had.
      this.requestUpdate();
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'omni-device-select': OmniDeviceSelect;
  }
}

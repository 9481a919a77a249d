import { html, type TemplateResult } from 'lit';
import type { Localize } from '../../locales/localize.js';
import { pageDevices, type Device } from '../../media/devices.js';
import { playTestSound } from '../../media/test-sound.js';

/** In Firefox each speaker is chosen in a list of the browser's own before a page may name it. */
interface SpeakerPicker {
  selectAudioOutput?: () => Promise<MediaDeviceInfo>;
}

export interface SpeakerOptions {
  readonly devices: readonly Device[];
  readonly localize: Localize;
  act(work: () => Promise<void>): void;
  choose(id: string): Promise<void>;
}

/** What belongs to a list of speakers: a sound to try them, or what stands in place of a list that cannot be had. */
export function speakerExtras({ devices, localize, act, choose }: SpeakerOptions): {
  instead: TemplateResult | null;
  beside: TemplateResult;
} {
  const selected = devices.find((device) => device.selected)?.deviceId ?? '';
  const button = (words: string, work: () => Promise<void>): TemplateResult =>
    html`<button type="button" class="second" @click=${() => act(work)}>${words}</button>`;
  const beside = button(localize.term('testSound'), () => playTestSound(selected));
  if (!('setSinkId' in HTMLMediaElement.prototype)) {
    return {
      instead: html`<p>${localize.term('speakerOfSystem')}</p>
        ${beside}`,
      beside,
    };
  }
  const picker = navigator.mediaDevices as (MediaDevices & SpeakerPicker) | undefined;
  if (devices.length > 0 || !picker?.selectAudioOutput) return { instead: null, beside };
  const pick = async (): Promise<void> => {
    const picked = await picker.selectAudioOutput?.();
    await pageDevices().refresh();
    if (picked) await choose(picked.deviceId);
  };
  return { instead: html`${button(localize.term('chooseSpeaker'), pick)}${beside}`, beside };
}

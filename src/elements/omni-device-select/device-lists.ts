import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Localize } from '../../locales/localize.js';
import type { Device, DeviceKind, DeviceLists } from '../../media/devices.js';
import type { CallService } from '../../service/call-service.js';
import { speakerExtras } from './speaker.js';

export interface DeviceListsOptions {
  readonly lists: DeviceLists;
  readonly kinds: readonly DeviceKind[];
  readonly localize: Localize;
  /** Carries it out, tells of a failure, and draws anew: a list shows what is in use, not what could not be had. */
  act(work: () => Promise<void>): void;
  choose(kind: DeviceKind, id: string): Promise<void>;
}

const LABEL = { videoinput: 'camera', audioinput: 'microphone', audiooutput: 'speaker' } as const;

const SET = { videoinput: 'setVideoDevice', audioinput: 'setAudioDevice', audiooutput: 'setAudioOutput' } as const;

/** Changes a device of a call. */
export const setDevice = (service: CallService, kind: DeviceKind, id: string): Promise<void> => service[SET[kind]](id);

/** A list of each of these kinds to choose from. */
export const deviceLists = (options: DeviceListsOptions): TemplateResult[] =>
  options.kinds.map((kind) => list(kind, options));

function list(kind: DeviceKind, { lists, localize, act, choose }: DeviceListsOptions): TemplateResult {
  const devices = lists[kind];
  const select = (id: string): Promise<void> => choose(kind, id);
  const extras = kind === 'audiooutput' ? speakerExtras({ devices, localize, act, choose: select }) : null;
  if (extras?.instead) return html`<div class="kind"><span>${localize.term(LABEL[kind])}</span>${extras.instead}</div>`;
  const handleChange = (event: Event): void => act(() => select((event.target as HTMLSelectElement).value));
  return html`<label class="kind">
      <span>${localize.term(LABEL[kind])}</span>
      <select part="device-list" ?disabled=${devices.length === 0} @change=${handleChange}>
        ${devices.map((device, index) => choice(device, `${localize.term(LABEL[kind])} ${index + 1}`))}
        ${devices.length === 0 ? html`<option>${localize.term('systemDefault')}</option>` : nothing}
      </select> </label
    >${extras?.beside ?? nothing}`;
}

const choice = ({ deviceId, label, selected }: Device, otherwise: string): TemplateResult =>
  html`<option value=${deviceId} .selected=${live(selected)}>${label || otherwise}</option>`;

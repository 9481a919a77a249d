import { html, nothing, type TemplateResult } from 'lit';
import { isWeak, type Quality } from '../../media/media.js';
import type { Localize } from '../../locales/localize.js';
import type { Scene } from './scene.js';

const WORDS = {
  excellent: 'qualityExcellent',
  good: 'qualityGood',
  poor: 'qualityPoor',
  lost: 'qualityLost',
} as const satisfies Record<Exclude<Quality, 'unknown'>, string>;

/** How good a connection is, in words; empty while nobody knows. */
export const qualityWords = (quality: Quality, localize: Localize): string =>
  quality === 'unknown' ? '' : localize.term(WORDS[quality]);

/** Three bars. Their words are beside them. */
export const bars = (quality: Quality): TemplateResult =>
  html`<span class="bars" data-quality=${quality} aria-hidden="true"><i></i><i></i><i></i></span>`;

interface Indicator {
  readonly quality: Quality;
  readonly side: 'me' | 'peer';
  /** Whose it is. */
  readonly who: string;
  readonly isNamed: boolean;
}

/** A good connection is only a sign, so as not to talk all the time; to a screen reader it is said all the same. */
function indicator({ quality, side, who, isNamed }: Indicator, localize: Localize): TemplateResult | typeof nothing {
  const words = qualityWords(quality, localize);
  if (!words) return nothing;
  return html`<span
    part="quality"
    class=${isNamed ? 'badge' : 'quality'}
    data-side=${side}
    data-quality=${quality}
    title="${who}: ${words}"
    >${bars(quality)}${isNamed ? html`<span>${who}</span>` : nothing}<span class=${isWeak(quality) ? 'said' : 'unseen'}
      >${words}</span
    ></span
  >`;
}

/** How good this side's connection is. */
export const ownQuality = ({ snapshot, localize }: Scene): TemplateResult | typeof nothing =>
  indicator({ quality: snapshot.local.quality, side: 'me', who: localize.term('you'), isNamed: true }, localize);

/** How good the other side's connection is, beside its name. */
export const peerQuality = ({ snapshot, name, localize }: Scene): TemplateResult | typeof nothing =>
  indicator({ quality: snapshot.remote.quality, side: 'peer', who: name, isNamed: false }, localize);

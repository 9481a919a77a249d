import { expect } from 'chai';
import { loadLocale } from '../../../src/locales/locales.js';
import { EVERY_STATE, show, type AnyElement } from './every-state.js';

/** Long words, and words from right to left. */
const TONGUES = ['en', 'de', 'ar'] as const;

const SITUATIONS = [
  { name: 'text of twice the size', fontSize: '200%', css: '' },
  // What rings is as wide as a window lets it be.
  {
    name: 'a window of 320 pixels',
    fontSize: '',
    css: 'body > div { inline-size: 320px; } omni-incoming { max-inline-size: 288px !important; }',
  },
];

const POINTS = [0.1, 0.5, 0.9];

/** The words and controls that cannot be brought into view, or have something over them. */
function outOfReach({ shadowRoot }: AnyElement): string[] {
  const found = new Set<string>();
  const look = (element: Element, boxes: () => Iterable<DOMRect>, what: string): void => {
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    for (const { x, y, width, height } of boxes()) {
      for (const [across, down] of POINTS.flatMap((one) => POINTS.map((other) => [one, other] as const))) {
        const hit = shadowRoot?.elementFromPoint(x + across * width, y + down * height);
        if (!hit || !(element.contains(hit) || hit.contains(element)))
          found.add(`${what}: ${hit ? `${hit.localName}.${hit.getAttribute('class')}` : 'nothing'} is there`);
      }
    }
  };
  // A panel is over the words of the call, or beside them, until it is closed.
  const all = shadowRoot?.querySelector('.side') ? ':is(.side, .controls) *' : '*:not(.unseen, style, option, meter)';
  for (const element of shadowRoot?.querySelectorAll(all) ?? []) {
    if (!element.checkVisibility()) continue;
    if (element.matches('button, input, select'))
      look(element, () => [element.getBoundingClientRect()], element.outerHTML.slice(0, 80));
    for (const node of element.childNodes) {
      if (!(node instanceof Text) || node.data.trim() === '') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      look(element, () => range.getClientRects(), `“${node.data.trim()}”`);
    }
  }
  for (const [picture, what] of [
    ['.own', 'the own picture'],
    ['.screen', 'the shared screen'],
  ] as const) {
    if (areOver(shadowRoot?.querySelector(picture), shadowRoot?.querySelector('.controls')))
      found.add(`the buttons are over ${what}`);
  }
  return [...found];
}

function areOver(one: Element | null | undefined, other: Element | null | undefined): boolean {
  if (!one?.checkVisibility() || !other) return false;
  const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
  return a.bottom > b.top + 1 && b.bottom > a.top + 1 && a.right > b.left + 1 && b.right > a.left + 1;
}

describe('nothing is cut off, and nothing lies over anything else, with', () => {
  const { documentElement: page } = document;
  const sheet = new CSSStyleSheet();

  before(() => document.adoptedStyleSheets.push(sheet));
  after(() => {
    document.adoptedStyleSheets.splice(document.adoptedStyleSheets.indexOf(sheet), 1);
    page.style.fontSize = '';
  });

  for (const { name, fontSize, css } of SITUATIONS) {
    for (const lang of TONGUES) {
      it(`${name}, in ${lang}`, async () => {
        sheet.replaceSync(`${css} *, ::before, ::after { animation: none !important; }`);
        page.style.fontSize = fontSize;
        await loadLocale(lang);
        const found: string[] = [];
        for (const state of EVERY_STATE) {
          const { place, element } = await show(state, lang);
          found.push(...outOfReach(element).map((what) => `${state.name}: ${what}`));
          if (element.scrollWidth > element.clientWidth) found.push(`${state.name}: wider than it may be`);
          place.remove();
        }
        expect(found, found.join('\n')).to.deep.equal([]);
      });
    }
  }
});

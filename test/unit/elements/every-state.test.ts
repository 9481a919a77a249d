import { expect } from 'chai';
import { LANGUAGES } from '../../../src/locales/languages.js';
import { loadLocale } from '../../../src/locales/locales.js';
import { EVERY_STATE, show } from './every-state.js';
import { expectAccessible } from './page.js';

/** Where what rings stands in the page, as all else does: on top of each other they could not be looked at. */
const BESIDE = 'omni-incoming { position: static; }';

describe('each state of the elements', function () {
  // All of them at once are much to look at.
  this.timeout(30_000);
  const { documentElement: page } = document;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:root { background: light-dark(#fff, #101216); } ${BESIDE}`);
  let places: HTMLElement[] = [];

  before(() => document.adoptedStyleSheets.push(sheet));
  after(() => document.adoptedStyleSheets.splice(document.adoptedStyleSheets.indexOf(sheet), 1));
  afterEach(() => {
    page.style.colorScheme = '';
    for (const place of places) place.remove();
    places = [];
  });

  for (const lang of LANGUAGES) {
    it(`is open to everybody in ${lang}, in light and in dark`, async () => {
      await loadLocale(lang);
      for (const state of EVERY_STATE) places.push((await show(state, lang)).place);
      for (const scheme of ['light', 'dark']) {
        page.style.colorScheme = scheme;
        // Nobody has that many calls at once.
        await expectAccessible(document.body, 'landmark-unique');
      }
    });
  }

  it('has no control that is smaller than 24 by 24', async () => {
    const small: string[] = [];
    for (const state of EVERY_STATE) {
      const { place, element } = await show(state, 'en');
      places.push(place);
      const controls = [...(element.shadowRoot?.querySelectorAll('button, input, select, a') ?? [])];
      for (const control of controls) {
        // A press on its words is one on it.
        const { width, height } = (control.closest('label') ?? control).getBoundingClientRect();
        if (width < 24 || height < 24) small.push(`${state.name}: ${control.outerHTML} ${width} × ${height}`);
      }
      expect(controls.length, state.name).to.be.greaterThan(0);
    }
    expect(small).to.deep.equal([]);
  });
});

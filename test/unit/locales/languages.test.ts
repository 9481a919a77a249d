import { fixture, html } from '@open-wc/testing-helpers';
import { assert } from 'chai';
import '../../../src/define.js';
import type { OmniCall } from '../../../src/index.js';
import { enCall } from '../../../src/locales/en-call.js';
import { enDevices } from '../../../src/locales/en-devices.js';
import { enLater } from '../../../src/locales/en-later.js';
import { enMore } from '../../../src/locales/en-more.js';
import { enPage } from '../../../src/locales/en-page.js';
import { LANGUAGES, languageFor } from '../../../src/locales/languages.js';
import type { Strings } from '../../../src/locales/strings.js';

const ENGLISH: Readonly<Record<string, unknown>> = { ...enPage, ...enCall, ...enLater, ...enDevices, ...enMore };

const label = (element: Element): string =>
  element.shadowRoot?.querySelector('[part~="call-button"]')?.textContent ?? '';

/** Resolves with the words on the call button, once there is this in them. */
async function untilLabel(element: OmniCall, part: string): Promise<string> {
  await element.updateComplete;
  if (label(element).includes(part)) return label(element).trim();
  return new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (!label(element).includes(part)) return;
      watch.disconnect();
      resolve(label(element).trim());
    });
    watch.observe(element.shadowRoot!, { subtree: true, childList: true, characterData: true });
  });
}

describe('languages', () => {
  it('are found for what readers ask for', () => {
    const asked = ['ko-KR', 'pt', 'pt-PT', 'zh', 'zh-Hans-CN', 'zh-TW', 'AR_eg', 'xx', 'constructor', ''];
    assert.deepEqual(asked.map(languageFor), ['ko', 'pt-br', 'pt-br', 'zh-cn', 'zh-cn', 'en', 'ar', 'en', 'en', 'en']);
  });

  for (const language of LANGUAGES.filter((each) => each !== 'en')) {
    it(`${language} says everything, with the names in it`, async () => {
      const { default: strings } = (await import(`../../../src/locales/${language}.ts`)) as { default: Strings };
      for (const [key, english] of Object.entries(ENGLISH)) {
        const own: unknown = strings[key as keyof Strings];
        assert.equal(typeof own, typeof english, key);
        if (typeof own === 'function') {
          const given = key === 'unread' ? 7 : '«Kim»';
          const said = String(own(given, given));
          assert.match(said, key === 'unread' ? /7|٧/ : /«Kim»/, key);
        } else if (typeof own === 'string') {
          assert.isNotEmpty(own.trim(), key);
        }
      }
    });
  }

  it('are spoken as the element says, else as the page does, and change with it', async () => {
    const element = await fixture<OmniCall>(html`<omni-call callee="Kim"></omni-call>`);
    const { documentElement: page } = document;
    const before = page.lang;
    try {
      page.lang = 'de-AT';
      assert.equal(await untilLabel(element, 'anrufen'), 'Kim anrufen');
      element.lang = 'fr';
      assert.equal(await untilLabel(element, 'Appeler'), 'Appeler Kim');
      element.lang = 'xx';
      assert.equal(await untilLabel(element, 'Call'), 'Call Kim');
    } finally {
      page.lang = before;
    }
  });

  it('run right to left where the language does, whatever the page does', async () => {
    const element = await fixture<OmniCall>(html`<omni-call callee="Kim" lang="ar"></omni-call>`);
    await untilLabel(element, 'الاتصال');
    assert.equal(getComputedStyle(element).direction, 'rtl');
    element.lang = 'en';
    await untilLabel(element, 'Call');
    assert.equal(getComputedStyle(element).direction, 'ltr');
  });
});

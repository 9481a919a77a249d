// `<omni-device-select>`, beside no call.
import { openSized, untilSeen, within } from './stage.mjs';
import { take, takeForced } from './take.mjs';

const LOOK = `<style>
  :root { color-scheme: light dark; background: light-dark(#f3f5f8, #101216); font: 1rem/1.4 system-ui, sans-serif; }
  body { margin: 0 auto; padding: 1rem; max-inline-size: 26rem; }
</style>`;

const TAG = 'omni-device-select';

async function withDevices(stage, browser, attributes, work) {
  const page = await openSized(browser, stage.stack.site.page(`${LOOK}<${TAG} ${attributes}></${TAG}>`));
  try {
    await work(page);
  } finally {
    await page.browserContext().close();
  }
}

const buttonOf = (page, words) =>
  page.waitForFunction(
    (tag, wanted) =>
      [...(document.querySelector(tag)?.shadowRoot?.querySelectorAll('button') ?? [])].find(
        ({ textContent }) => textContent === wanted,
      ),
    { polling: 50 },
    TAG,
    words,
  );

const pressWords = async (page, words) => (await buttonOf(page, words)).click();

export const deviceStates = (stage) => ({
  devices: () =>
    withDevices(stage, stage.browsers.alice, 'preview', async (page) => {
      await pressWords(page, 'Start preview');
      await untilSeen(page, TAG, 'preview');
      await take(page, 'devices');
      await takeForced(page, 'devices');
      await page.evaluate(() => Object.assign(document.documentElement, { lang: 'ar', dir: 'rtl' }));
      await take(page, 'devices-arabic');
    }),
  'devices-refused': async () => {
    const asking = await stage.browserOf('alice', undefined, true);
    try {
      await withDevices(stage, asking, '', async (page) => {
        await buttonOf(page, 'Allow camera and microphone');
        await take(page, 'devices-unasked');
        await pressWords(page, 'Allow camera and microphone');
        await within(page, TAG, '.problem');
        await take(page, 'devices-refused');
      });
    } finally {
      await asking.close();
    }
  },
});

// What a browser, a page or a machine does not allow.
import { answer, openSized, part, press, ring, untilSeen, within } from './stage.mjs';
import { take } from './take.mjs';

const FAKE = '--use-fake-device-for-media-stream';
/** The arguments of a machine without camera and microphone. */
const without = (args) => args.filter((arg) => arg !== FAKE && !arg.startsWith('--use-file-for'));

/** Takes a call that far that its caller, who may not be seen, sees the other. */
async function seeThem(ours, theirs) {
  await ring(ours, theirs);
  await answer(ours, theirs);
  await untilSeen(ours, 'omni-call', 'remote-video');
}

export const permissionStates = (stage) => ({
  refused: async () => {
    const asking = await stage.browserOf('alice', undefined, true);
    /** A call of somebody whose browser was told to allow these. */
    const allowing = async (granted, work) => {
      const ours = await asking.createBrowserContext();
      await ours.overridePermissions(stage.stack.origin, granted);
      await stage.withCall(work, { ours });
    };
    try {
      for (const [granted, refused] of [
        ['microphone', 'camera'],
        ['camera', 'microphone'],
      ]) {
        await allowing([granted], async (ours, theirs) => {
          await seeThem(ours, theirs);
          await part(ours, 'omni-call', 'notice');
          await take(ours, `${refused}-refused`);
        });
      }
      await allowing([], async (ours) => {
        await press(ours, 'omni-call', 'call-button');
        await part(ours, 'omni-call', 'summary');
        await take(ours, 'refused');
      });
    } finally {
      await asking.close();
    }
  },
  'no-devices': async () => {
    await stage.withCallFrom(await stage.browserOf('alice', without), async (ours, theirs) => {
      await seeThem(ours, theirs);
      await take(ours, 'no-devices');
    });
  },
  'blocked-by-page': async () => {
    const { origin, site } = stage.stack;
    const inner = `${origin}/call.html?user=Alice%20Kim&callee=Bob%20Rivera`;
    const page = await openSized(
      stage.browsers.alice,
      site.page(`<iframe src="${inner}" style="position:fixed;inset:0;inline-size:100%;block-size:100%;border:0">`),
    );
    try {
      const frame = await page.waitForFrame(inner);
      const button = await frame.waitForSelector('omni-call >>> [part~="call-button"]', { visible: true });
      await button.evaluate((it) => it.click());
      await within(frame, 'omni-call', '[part~="summary"]');
      await take(page, 'blocked-by-page');
    } finally {
      await page.browserContext().close();
    }
  },
});

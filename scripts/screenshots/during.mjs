// What may come up while a call goes on.
import { BadLink } from '../../test/support/bad-link.ts';
import { answer, connect, part, press, ring, untilSeen, within } from './stage.mjs';
import { LARGE, take } from './take.mjs';

/** Runs in a page: what its owner shares is a drawn document, whatever the browser would have. */
function shareDocument() {
  navigator.mediaDevices.getDisplayMedia = async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const context = canvas.getContext('2d');
    const draw = () => {
      context.fillStyle = '#fff';
      context.fillRect(0, 0, 1280, 720);
      context.fillStyle = '#1f4f8f';
      context.font = '600 44px system-ui, sans-serif';
      context.textAlign = 'center';
      context.fillText('Visitors, spring', 640, 100);
      [310, 260, 380, 340, 450, 520].forEach((height, index) => {
        context.fillStyle = index === 5 ? '#1f4f8f' : '#a9c3e2';
        context.fillRect(100 + index * 185, 640 - height, 120, height);
      });
    };
    draw();
    const stream = canvas.captureStream(5);
    setInterval(draw, 200);
    return stream;
  };
}

/** The window above all others that a page has opened. */
async function smallWindow(page) {
  const own = page.target();
  const target = await page.browser().waitForTarget((target) => target.opener() === own);
  return target.asPage();
}

export const duringStates = (stage) => ({
  muted: () =>
    stage.withCall(async (ours, theirs) => {
      await connect(ours, theirs);
      await press(theirs, 'omni-incoming', 'mute-video-button');
      await press(theirs, 'omni-incoming', 'mute-audio-button');
      await within(ours, 'omni-call', '.badge');
      await take(ours, 'muted');
    }),
  'speaking-muted': async () => {
    // Chromium's own beeps are too short to be somebody who speaks.
    const speaking = await stage.browserOf('alice', (args) => [...args, stage.speech()]);
    await stage.withCallFrom(speaking, async (ours, theirs) => {
      await connect(ours, theirs);
      await press(ours, 'omni-call', 'mute-audio-button');
      await part(ours, 'omni-call', 'notice');
      await take(ours, 'speaking-muted');
    });
  },
  sharing: () =>
    stage.withCall(async (ours, theirs) => {
      await ours.evaluate(shareDocument);
      await connect(ours, theirs);
      await press(ours, 'omni-call', 'screen-button');
      await untilSeen(theirs, 'omni-incoming', 'screen-video');
      await take(ours, 'sharing');
      await take(theirs, 'screen');
    }),
  blurred: async () => {
    // Without a graphics chip its work is done by the processor.
    const graphics = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
    const blurring = await stage.browserOf('alice', (args) => [
      ...args.filter((arg) => arg !== '--disable-gpu'),
      ...graphics,
    ]);
    await stage.withCallFrom(blurring, async (ours, theirs) => {
      // As much as a processor can blur beside all else that it does.
      await ours.evaluate(async () => {
        const { getCallService } = await import('/omni-call.js');
        await getCallService().setResolution('VGA');
      });
      await ring(ours, theirs);
      await answer(ours, theirs);
      await press(ours, 'omni-call', 'more-button');
      await press(ours, 'omni-call', 'blur');
      await within(ours, 'omni-call', 'label:has([part="blur"]:checked) > small:empty');
      await press(ours, 'omni-call', 'more-button');
      await untilSeen(ours, 'omni-call', 'local-video');
      // Small and large at once is more than the processor can do.
      await take(ours, 'blurred', { large: LARGE });
    });
  },
  'picture-in-picture': () =>
    stage.withCall(async (ours, theirs) => {
      await connect(ours, theirs);
      await press(ours, 'omni-call', 'more-button');
      await press(ours, 'omni-call', 'pip-button');
      const small = await smallWindow(ours);
      await small.waitForSelector('video');
      await take(small, 'picture-in-picture', { small: { width: 360, height: 270 } });
    }),
  weak: async () => {
    const link = BadLink.open();
    try {
      const far = await link.launchBrowser([stage.noisyCamera('alice')]);
      await stage.withCallFrom(far, async (ours, theirs) => {
        await connect(ours, theirs);
        link.worsen({ rate: 100, loss: 10 });
        await within(ours, 'omni-call', '[data-side="me"] .said');
        await take(ours, 'weak');
        await within(ours, 'omni-call', '[part="notice"]');
        await take(ours, 'picture-given-up');
        await within(theirs, 'omni-incoming', '[data-side="peer"] .said');
        await take(theirs, 'peer-weak');
        link.mend();
        link.loseMedia();
        await ours.waitForSelector('omni-call[phase="reconnecting"]');
        await take(ours, 'reconnecting');
      });
    } finally {
      link.close();
    }
  },
});

// A call from its first tap to its end.
import { answer, connect, part, press, ring, untilSeen, within } from './stage.mjs';
import { take, takeBoth, takeForced } from './take.mjs';

async function say(page, tag, text) {
  const input = await within(page, tag, 'input[name="text"]');
  await input.type(text);
  await input.press('Enter');
}

const voice = { query: { type: 'audiocall' } };

export const callStates = (stage) => ({
  idle: () =>
    stage.withCall(async (ours) => {
      await within(ours, 'omni-call', '[data-state="active"]');
      await take(ours, 'idle');
      await takeForced(ours, 'idle');
    }),
  voice: () =>
    stage.withCall(async (ours, theirs) => {
      await ring(ours, theirs);
      await take(theirs, 'ringing-voice');
      await take(ours, 'ringback-voice');
      await answer(ours, theirs);
      await take(ours, 'connected-voice');
    }, voice),
  arabic: () =>
    stage.withCall(async (ours, theirs) => {
      for (const page of [ours, theirs]) {
        await page.evaluate(() => Object.assign(document.documentElement, { lang: 'ar', dir: 'rtl' }));
      }
      await within(ours, 'omni-call', '[data-state="active"]');
      await take(ours, 'idle-arabic');
      await ring(ours, theirs);
      await take(theirs, 'ringing-arabic');
      await answer(ours, theirs);
      await untilSeen(ours, 'omni-call', 'remote-video');
      await take(ours, 'connected-arabic');
      await press(ours, 'omni-call', 'more-button');
      await within(ours, 'omni-call', '[data-side="peer"]');
      await take(ours, 'more-arabic');
      await press(ours, 'omni-call', 'messages-button');
      await take(ours, 'messages-arabic');
    }),
  declined: () =>
    stage.withCall(async (ours, theirs) => {
      await ring(ours, theirs);
      await press(theirs, 'omni-incoming', 'decline-button');
      await part(ours, 'omni-call', 'summary');
      await take(ours, 'declined');
    }),
  missed: () =>
    stage.withCall(async (ours, theirs) => {
      await ring(ours, theirs);
      await press(ours, 'omni-call', 'hangup-button');
      await part(theirs, 'omni-incoming', 'summary');
      await take(theirs, 'missed');
    }),
  recorded: () =>
    stage.withCall(
      async (ours, theirs) => {
        await ring(ours, theirs);
        await take(theirs, 'ringing-recorded');
        await answer(ours, theirs);
        await untilSeen(ours, 'omni-call', 'remote-video');
        stage.recorder.tasks.at(-1).tell({ type: 'started' });
        await part(ours, 'omni-call', 'record-button');
        await take(ours, 'recording');
      },
      { query: { record: '' } },
    ),
  video: () =>
    stage.withCall(async (ours, theirs) => {
      await ring(ours, theirs);
      await take(theirs, 'ringing');
      await takeForced(theirs, 'ringing');
      await untilSeen(ours, 'omni-call', 'local-video');
      await take(ours, 'ringback');
      await answer(ours, theirs);
      await untilSeen(ours, 'omni-call', 'remote-video');
      await untilSeen(theirs, 'omni-incoming', 'remote-video');
      await take(ours, 'connected');
      await takeForced(ours, 'connected');
      await takeBoth(ours, theirs, 'connected');
      await press(theirs, 'omni-incoming', 'hangup-button');
      await part(ours, 'omni-call', 'summary');
      await take(ours, 'ended');
      await takeForced(ours, 'ended');
    }),
  panels: () =>
    stage.withCall(async (ours, theirs) => {
      await connect(ours, theirs);
      await press(theirs, 'omni-incoming', 'messages-button');
      await say(theirs, 'omni-incoming', 'Here is the order number: 4711');
      await press(ours, 'omni-call', 'messages-button');
      await say(ours, 'omni-call', 'Thank you, got it!');
      await within(ours, 'omni-call', '.line[data-own]');
      await take(ours, 'messages');
      await takeForced(ours, 'messages');
      await press(ours, 'omni-call', 'more-button');
      await within(ours, 'omni-call', '[data-side="peer"]');
      await take(ours, 'more');
      await takeForced(ours, 'more');
    }),
});

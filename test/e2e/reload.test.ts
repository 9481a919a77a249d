import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { untilMoves, untilSilence, untilSound } from '../support/media-probe.js';
import { Pair, SIDES } from '../support/pair.js';
import { withChromium } from '../support/with-chromium.js';

describe('a page that is reloaded or closed', () => {
  const here = withChromium({ resumeGrace: 4 });

  let opened: Pair | null = null;
  const open = async (): Promise<Pair> =>
    (opened = await Pair.open(here.stack, { caller: here.browser, callee: here.browser }));
  afterEach(async () => {
    await opened?.close();
    await here.stack.untilNoRoom();
  });

  for (const side of SIDES) {
    for (const stage of ['ringing', 'connecting', 'connected'] as const) {
      it(`is back in the same call: the ${side} reloads while ${stage}`, async () => {
        const pair = await open();
        const { caller, callee } = pair;
        await pair.reach(stage);
        const session = await caller.session();
        assert.ok(session);
        await pair[side].reload();
        if (stage === 'ringing') {
          await Promise.all([caller.phase('ringback'), callee.phase('ringing')]);
          await callee.press('answer-button');
        }
        await pair.untilConnected();
        assert.deepEqual([await caller.session(), await callee.session()], [session, session]);
        if (stage === 'connected') {
          assert.ok((await pair.other(side).phases()).includes('reconnecting'), 'the other side is told');
        }
        const shown = await Promise.all([caller.remoteVideo(), callee.remoteVideo()]);
        await Promise.all(shown.map(untilMoves));
        await Promise.all([untilSound(caller.page), untilSound(callee.page)]);
        await pair.other(side).press('hangup-button');
        assert.equal((await pair.ending()).reason, 'completed');
        for (const each of [caller, callee]) {
          assert.equal((await each.phases()).filter((phase) => phase === 'ended').length, 1);
        }
      });
    }

    it(`keeps devices and mutes: the ${side} reloads`, async () => {
      const pair = await open();
      await pair.reach('connected');
      const page = pair[side];
      const { videoinput, audioinput } = await page.call('getDeviceList');
      const [camera, microphone] = [videoinput.at(-1)?.deviceId, audioinput.at(-1)?.deviceId];
      assert.ok(camera && microphone);
      await page.call('setVideoDevice', camera);
      await page.call('setAudioDevice', microphone);
      await page.call('setMute', 'audio');
      await page.reload();
      await pair.untilConnected();
      await page.until('the camera is sent again', ({ local }) => local.video.state === 'on');
      await page.until('the microphone is still muted', ({ local }) => local.audio.state === 'muted');
      assert.deepEqual(await page.openDevices(), ['video'], 'a muted microphone is not opened by a reload');
      const lists = await page.call('getDeviceList');
      assert.equal(lists.videoinput.find(({ selected }) => selected)?.deviceId, camera);
      await page.call('setUnmute', 'audio');
      await page.until('the microphone is sent', ({ local }) => local.audio.state === 'on');
      const again = await page.call('getDeviceList');
      assert.equal(again.audioinput.find(({ selected }) => selected)?.deviceId, microphone);
      await untilSound(pair.other(side).page);
      await page.call('leave');
      assert.equal((await pair.ending()).reason, 'completed');
    });

    it(`ends the call for the other side when it stays away: the ${side} closes its tab`, async () => {
      const pair = await open();
      await pair.reach('connected');
      await pair[side].close();
      const other = pair.other(side);
      const { reason, by } = await other.ending();
      assert.deepEqual({ reason, by }, { reason: 'connection-lost', by: pair.ids[side] });
      await other.untilQuiet();
    });
  }

  it('stops ringing when the caller closes its tab', async () => {
    const pair = await open();
    await pair.reach('ringing');
    await pair.caller.close();
    const { reason, by } = await pair.callee.ending();
    assert.deepEqual({ reason, by }, { reason: 'connection-lost', by: pair.ids.caller });
    await pair.callee.untilQuiet();
  });

  it('leaves one call or none when the caller reloads while dialing', async () => {
    const pair = await open();
    const { caller, callee } = pair;
    await pair.reach('dialing');
    await caller.reload();
    await caller.until('an end of the dialing', ({ phase }) => phase === 'ringback' || phase === 'idle');
    if ((await caller.session()) !== null) {
      await callee.phase('ringing');
      await caller.call('leave');
      assert.equal((await pair.ending()).reason, 'cancelled');
    } else {
      await callee.phase('idle');
      await untilSilence(callee.page);
    }
    assert.deepEqual(await caller.openDevices(), []);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallPage } from '../support/call-page.js';
import { withChromium } from '../support/with-chromium.js';

describe("the guide's flow on the service alone", () => {
  const here = withChromium();

  const open = (): Promise<CallPage> => CallPage.open(here.browser, here.stack.site.servicePage());

  it('offers, rings, answers, connects, mutes, lists and chooses devices, and leaves', async () => {
    const [alice, bob] = await Promise.all([open(), open()]);
    const { user_id } = await alice.call('createSession', 'alice');
    assert.equal(user_id, 'alice');
    await bob.call('createSession', 'bob');
    const { list } = await alice.call('sessionList');
    assert.deepEqual(list, [
      { user_id: 'alice', state: 'active', call_type: null },
      { user_id: 'bob', state: 'active', call_type: null },
    ]);

    const { session } = await alice.call('offerCall', 'videocall', 'bob');
    const [ringback, ringing] = await Promise.all([alice.message('RINGBACK_EVENT'), bob.message('RINGING_EVENT')]);
    const offered = { session, caller: 'alice', callee: 'bob', call_type: 'videocall' };
    assert.deepEqual(ringback, { cmd: 'RINGBACK_EVENT', ...offered });
    assert.deepEqual(ringing, { cmd: 'RINGING_EVENT', ...offered });

    await bob.call('answerCall');
    const [atAlice, atBob] = await Promise.all([alice.message('CONNECTED_EVENT'), bob.message('CONNECTED_EVENT')]);
    assert.deepEqual(atAlice, { cmd: 'CONNECTED_EVENT', session, user_id: 'bob', call_type: 'videocall' });
    assert.deepEqual(atBob, { cmd: 'CONNECTED_EVENT', session, user_id: 'alice', call_type: 'videocall' });
    assert.deepEqual(
      (await bob.call('sessionList')).list.map(({ state, call_type }) => [state, call_type]),
      [
        ['busy', 'videocall'],
        ['busy', 'videocall'],
      ],
    );

    await alice.call('setMute', 'audio');
    const muted = await bob.message('MUTE_EVENT');
    assert.deepEqual(muted, { cmd: 'MUTE_EVENT', session, user_id: 'alice', track: 'audio' });
    await alice.call('setUnmute', 'audio');
    const unmuted = await bob.message('UNMUTE_EVENT');
    assert.deepEqual(unmuted, { cmd: 'UNMUTE_EVENT', session, user_id: 'alice', track: 'audio' });

    const { videoinput, audioinput } = await alice.call('getDeviceList');
    const camera = videoinput.at(-1);
    const microphone = audioinput.at(-1);
    assert.ok(camera?.label && microphone?.label, 'labels are there once devices are allowed');
    await alice.call('setVideoDevice', camera.deviceId);
    await alice.call('setAudioDevice', microphone.deviceId);
    const chosen = await alice.call('getDeviceList');
    assert.equal(chosen.audioinput.find(({ selected }) => selected)?.deviceId, microphone.deviceId);
    assert.equal(chosen.videoinput.find(({ selected }) => selected)?.deviceId, camera.deviceId);
    assert.equal(await alice.codeOf('setVideoDevice', 'no such camera'), 'device-not-found');

    await bob.call('leave');
    const [goneAlice, goneBob] = await Promise.all([alice.message('LEAVE_EVENT'), bob.message('LEAVE_EVENT')]);
    assert.deepEqual(goneAlice, { cmd: 'LEAVE_EVENT', session, reason: 'completed' });
    assert.deepEqual(goneBob, goneAlice);
    await Promise.all([alice.page.close(), bob.page.close()]);
  });

  it('answers, by naming call type and caller, a call offered before the session existed', async () => {
    const [carol, dave] = await Promise.all([open(), open()]);
    await carol.call('createSession', 'carol');
    const { session } = await carol.call('offerCall', 'audiocall', 'dave');
    await carol.message('RINGBACK_EVENT');
    await dave.call('createSession', 'dave');
    const answered = await dave.call('answerCall', 'audiocall', 'carol');
    assert.equal(answered.session, session);
    const [atCarol, atDave] = await Promise.all([carol.message('CONNECTED_EVENT'), dave.message('CONNECTED_EVENT')]);
    assert.deepEqual(atCarol, { cmd: 'CONNECTED_EVENT', session, user_id: 'dave', call_type: 'audiocall' });
    assert.deepEqual(atDave, { cmd: 'CONNECTED_EVENT', session, user_id: 'carol', call_type: 'audiocall' });
    await carol.call('leave');
    assert.equal((await dave.message('LEAVE_EVENT')).reason, 'completed');
    await Promise.all([carol.page.close(), dave.page.close()]);
  });

  it('refuses what makes no sense, in words and by code, and goes on', async () => {
    const [erin, frank] = await Promise.all([open(), open()]);
    assert.equal(await erin.codeOf('offerCall', 'videocall', 'frank'), 'no-session');
    assert.equal(await erin.codeOf('createSession', ''), 'bad-request');
    assert.equal(await erin.codeOf('createSession', 'x'.repeat(300)), 'bad-request');
    await erin.call('createSession', 'erin');
    await frank.call('createSession', 'frank');
    assert.equal(await erin.codeOf('createSession', 'somebody else'), 'bad-request');
    assert.equal((await erin.call('createSession', 'erin')).user_id, 'erin');
    assert.equal(await erin.codeOf('offerCall', 'videocall', 'erin'), 'bad-request');
    assert.equal(await erin.codeOf('offerCall', 'videocall', ''), 'bad-request');
    assert.equal(await erin.codeOf('offerCall', 'smell-o-vision' as 'videocall', 'frank'), 'bad-request');
    assert.equal(await erin.codeOf('answerCall'), 'no-such-call');
    assert.equal(await erin.codeOf('answerCall', 'videocall', 'frank'), 'no-such-call');
    assert.equal(await erin.codeOf('leave'), 'no-such-call');
    await erin.call('offerCall', 'videocall', 'frank');
    assert.equal(await erin.codeOf('offerCall', 'videocall', 'frank'), 'already-in-call');
    await frank.message('RINGING_EVENT');
    await erin.call('leave');
    assert.equal((await frank.message('CANCEL_EVENT')).reason, 'cancelled');
    assert.equal(await erin.codeOf('leave'), 'no-such-call');
    await Promise.all([erin.page.close(), frank.page.close()]);
  });
});

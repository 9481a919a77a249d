import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { launch, type Browser } from 'puppeteer-core';
import type { RecordingState } from '../../src/index.js';
import { launchOptions } from '../support/browser-options.js';
import type { CallPage } from '../support/call-page.js';
import { untilMoves } from '../support/media-probe.js';
import { Pair, SIDES, type Side } from '../support/pair.js';
import { fetched, linkAt, untilLasted } from '../support/recording/fetched.js';
import { LEFT, RIGHT, loudness, movement, watch } from '../support/recording/film.js';
import { withRecorder } from '../support/recording/with-recorder.js';

/** Hz, of what each side's microphone hears: on and off, since a browser takes a steady tone for noise. */
const TONES: Readonly<Record<Side, number>> = { caller: 440, callee: 1320 };
/** Of 32767. */
const AUDIBLE = 300;

async function launchWithTone(side: Side, folder: string): Promise<Browser> {
  const file = join(folder, `${side}.wav`);
  const source = `aevalsrc='0.5*sin(2*PI*${TONES[side]}*t)*lt(mod(t,0.5),0.25)':d=4:s=48000`;
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, file]);
  const options = launchOptions('chromium');
  return launch({ ...options, args: [...(options.args ?? []), `--use-file-for-fake-audio-capture=${file}`] });
}

/** Resolves once the page shows that of the call's recording. */
function untilIs(page: CallPage, state: RecordingState): Promise<void> {
  // The test runs in the page, so it cannot take the state along.
  const tests: Partial<Record<RecordingState, () => Promise<void>>> = {
    recording: () => page.until('a recording', ({ call }) => call?.recording === 'recording'),
    paused: () => page.until('a pause', ({ call }) => call?.recording === 'paused'),
  };
  return tests[state]?.() ?? assert.fail(state);
}

const here = withRecorder(launchWithTone);

describe('a recorded call', () => {
  it('is told of, shows, pauses, and becomes a film of both that either can fetch', async () => {
    const pair = await Pair.open(here.stack, here.browsers, { caller: 'record' });
    const { caller, callee } = pair;
    const both = (state: RecordingState) => Promise.all(SIDES.map((side) => untilIs(pair[side], state)));
    try {
      await pair.reach('ringing');
      await callee.words('This call will be recorded');
      await callee.press('answer-button');
      await pair.untilConnected();
      await both('recording');
      const began = Date.now();
      await Promise.all([untilLasted(caller, 6), callee.words('Recording')]);
      const pausedAt = Date.now();
      await callee.press('record-button');
      await both('paused');
      await untilLasted(caller, 9);
      const resumedAt = Date.now();
      await caller.press('record-button');
      await both('recording');
      await untilLasted(caller, 13);
      const session = await caller.session();
      assert.ok(session);
      await callee.press('hangup-button');
      const expected = (Date.now() - resumedAt + (pausedAt - began)) / 1000;
      assert.equal((await pair.ending()).reason, 'completed');
      const film = await watch(await fetched(caller, session, join(here.folder, 'whole.mp4')));
      assert.ok(Math.abs(film.duration - expected) < 1.5, `${film.duration} s, where ${expected} s went by`);
      assert.deepEqual(film.codecs, ['h264', 'aac']);
      for (const [side, region] of [
        ['caller', LEFT],
        ['callee', RIGHT],
      ] as const) {
        const moved = movement(film, region, 1, film.duration - 1);
        assert.ok(moved > 0.2, `the ${side}'s picture moves in ${moved} of the time`);
        const heard = loudness(film, TONES[side], 100).filter((value) => value > AUDIBLE).length / (10 * film.duration);
        assert.ok(heard > 0.25 && heard < 0.85, `the ${side} is heard in ${heard} of the time`);
      }
      assert.equal((await fetch(await linkAt(callee, session))).status, 200);
    } finally {
      await pair.close();
    }
  });

  it('stays one film through a mute, a reload and a restart of LiveKit, which shows both again after', async () => {
    const pair = await Pair.open(here.stack, here.browsers, { caller: 'record' });
    const { caller, callee } = pair;
    try {
      await pair.reach('connected');
      await Promise.all(SIDES.map((side) => untilIs(pair[side], 'recording')));
      const began = Date.now();
      await caller.press('mute-video-button');
      await caller.press('mute-audio-button');
      await callee.reload();
      await pair.untilConnected();
      await callee.words('Recording');
      await caller.press('mute-video-button');
      await caller.press('mute-audio-button');
      const bothMove = () => Promise.all(SIDES.map(async (side) => untilMoves(await pair[side].remoteVideo())));
      await bothMove();
      assert.ok(here.stack.livekit.pid);
      process.kill(here.stack.livekit.pid, 'SIGKILL');
      await Promise.all(SIDES.map((side) => pair[side].phase('reconnecting')));
      await pair.untilConnected();
      await bothMove();
      const shownAt = Date.now();
      // Some seconds of both.
      const lasted = await caller.page.evaluate(() => Date.now() - (window.service.snapshot.call?.connectedAt ?? 0));
      await untilLasted(caller, lasted / 1000 + 6);
      const session = await caller.session();
      assert.ok(session);
      await caller.press('hangup-button');
      const [expected, tail] = [(Date.now() - began) / 1000, (Date.now() - shownAt) / 1000];
      await pair.ending();
      const film = await watch(await fetched(callee, session, join(here.folder, 'disturbed.mp4')));
      assert.ok(Math.abs(film.duration - expected) < 1.5, `${film.duration} s, where ${expected} s went by`);
      for (const [side, region] of [
        ['caller', LEFT],
        ['callee', RIGHT],
      ] as const) {
        const moved = movement(film, region, film.duration - tail + 1, film.duration - 0.5);
        assert.ok(moved > 0.2, `the ${side}'s picture moves in ${moved} of the time after`);
        const after = loudness(film, TONES[side], 100).slice(-10 * (tail - 1));
        assert.ok(
          after.some((value) => value > AUDIBLE),
          `the ${side} is heard after`,
        );
      }
    } finally {
      await pair.close();
    }
  });
});

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { launchBrowser } from '../support/browsers.js';
import type { CallPage } from '../support/call-page.js';
import { untilFlashes, untilMoves } from '../support/media-probe.js';
import { Pair, SIDES, type Side } from '../support/pair.js';
import { clockCameraAndMicrophone } from '../support/recording/clocked-camera.js';
import { fetched } from '../support/recording/fetched.js';
import { LEFT, RIGHT, skews, watch, type Film } from '../support/recording/film.js';
import { withRecorder } from '../support/recording/with-recorder.js';

/** Hz. */
const TONES: Readonly<Record<Side, number>> = { caller: 440, callee: 1320 };
const REGIONS = { caller: LEFT, callee: RIGHT } as const;
/** Seconds. */
const IN_STEP = 0.08;
/** Flashes with a beep, at least: a busy machine drops some. */
const ENOUGH = 4;

describe('the film of a call between two browsers', () => {
  const here = withRecorder(() => launchBrowser('chromium'));

  /** A connected, recorded call of pages whose pictures flash as their tones sound. */
  async function connect(): Promise<Pair> {
    const page = (body: string): string => {
      const tone = TONES[body.includes('<omni-call') ? 'caller' : 'callee'];
      return here.stack.site.page(`<script>(${clockCameraAndMicrophone.toString()})(${tone})</script>${body}`);
    };
    const { stack, browsers } = here;
    const pair = await Pair.open({ ...stack, site: { ...stack.site, page } }, browsers, { caller: 'record' });
    await pair.reach('connected');
    for (const side of SIDES) await pair[side].until('a recording', ({ call }) => call?.recording === 'recording');
    return pair;
  }

  const bothFlash = (pair: Pair, count: number) =>
    Promise.all(SIDES.map(async (side) => untilFlashes(await pair.other(side).remoteVideo(), count)));

  async function hangUp({ caller, callee }: Pair, name: string): Promise<Film> {
    const session = await caller.session();
    assert.ok(session);
    await caller.press('hangup-button');
    await callee.ending();
    return watch(await fetched(caller, session, join(here.folder, name)));
  }

  /** `last`: how many flashes count. */
  function assertInStep(t: TestContext, film: Film, last: number): void {
    const outOfStep = SIDES.filter((side) => {
      const all = skews(film, REGIONS[side], TONES[side]);
      const counted = all.slice(-last);
      const middle = counted.toSorted((a, b) => a - b)[counted.length >> 1] ?? NaN;
      const told = all.map((skew) => Math.round(1000 * skew)).join(', ');
      t.diagnostic(
        `the ${side}'s beeps come ${Math.round(1000 * middle)} ms after its flashes, at the median of ${told}`,
      );
      return counted.length < ENOUGH || Math.abs(middle) > IN_STEP;
    });
    assert.deepEqual(outOfStep, []);
  }

  it('has each side picture and sound in step', async (t) => {
    const pair = await connect();
    await bothFlash(pair, 8);
    assertInStep(t, await hangUp(pair, 'whole.mp4'), 6);
    await pair.close();
  });

  it('has them in step after a mute, a reload and a restart of LiveKit', async (t) => {
    const pair = await connect();
    const { caller, callee } = pair;
    const bothMove = () => Promise.all(SIDES.map(async (side) => untilMoves(await pair[side].remoteVideo())));
    const muteOrNot = async (page: CallPage): Promise<void> => {
      await page.press('mute-video-button');
      await page.press('mute-audio-button');
    };
    await muteOrNot(caller);
    await callee.reload();
    await pair.untilConnected();
    await muteOrNot(caller);
    await bothMove();
    assert.ok(here.stack.livekit.pid);
    process.kill(here.stack.livekit.pid, 'SIGKILL');
    await Promise.all(SIDES.map((side) => pair[side].phase('reconnecting')));
    await pair.untilConnected();
    await bothMove();
    await bothFlash(pair, 24);
    assertInStep(t, await hangUp(pair, 'disturbed.mp4'), 6);
    await pair.close();
  });
});

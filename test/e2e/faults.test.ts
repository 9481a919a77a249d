import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import type { LivekitServer } from '../../server/livekit/livekit-process.js';
import { LivekitRooms } from '../../server/livekit/rooms.js';
import { launchBrowser } from '../support/browsers.js';
import { Cuttable } from '../support/cuttable.js';
import { freePort } from '../support/free-port.js';
import { untilMoves, untilSound } from '../support/media-probe.js';
import { Pair, SIDES, type PairStack, type Side, type Stage } from '../support/pair.js';
import { ServerProcess } from '../support/server-process.js';
import { startSite } from '../support/site.js';
import { untilNoRoom } from '../support/stack.js';

/** Seconds. */
const GRACE = 8;

const STAGES = ['dialing', 'ringing', 'connecting', 'connected'] as const satisfies readonly Stage[];

describe('faults', () => {
  let livekit: LivekitServer;
  let port: number;
  let server: ServerProcess;
  let browser: Browser;
  let networks: Record<Side, Cuttable>;
  let stack: PairStack & { close(): Promise<void> };
  let pair: Pair;

  const startServer = async (): Promise<void> => {
    server = await ServerProcess.start({
      PORT: String(port),
      LIVEKIT_URL: livekit.url,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
      RESUME_GRACE: String(GRACE),
    });
  };

  before(async () => {
    livekit = await provideLivekit({ env: process.env, log: console.log });
    port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    await startServer();
    const [caller, callee] = await Promise.all([Cuttable.open(origin), Cuttable.open(origin)]);
    networks = { caller, callee };
    const site = await startSite(origin);
    const { url, apiKey, apiSecret } = livekit;
    const rooms = new LivekitRooms({ url, apiKey, apiSecret });
    stack = { origin, site, untilNoRoom: () => untilNoRoom(rooms), close: () => site.close() };
    browser = await launchBrowser('chromium');
  });
  after(async () => {
    await browser?.close();
    await stack?.close();
    await Promise.all(Object.values(networks ?? {}).map((network) => network.close()));
    await server?.kill();
    await livekit?.close();
  });
  beforeEach(async () => {
    pair = await Pair.open(
      stack,
      { caller: browser, callee: browser },
      {},
      { caller: networks.caller.url, callee: networks.callee.url },
    );
  });
  afterEach(() => pair?.close());

  /** The call goes on, or is answered now, both see and hear each other, and one hangs up. */
  async function goesOn(stage: Stage, session: string): Promise<void> {
    const { caller, callee } = pair;
    if (stage === 'dialing' || stage === 'ringing') {
      await Promise.all([caller.phase('ringback'), callee.phase('ringing')]);
      await callee.press('answer-button');
    }
    await pair.untilConnected();
    assert.deepEqual([await caller.session(), await callee.session()], [session, session], 'it is the same call');
    const shown = await Promise.all([caller.remoteVideo(), callee.remoteVideo()]);
    await Promise.all(shown.map(untilMoves));
    await Promise.all([untilSound(caller.page), untilSound(callee.page)]);
    await callee.press('hangup-button');
    const { reason, by } = await pair.ending();
    assert.deepEqual([reason, by], ['completed', pair.ids.callee]);
    for (const each of [caller, callee]) {
      assert.equal((await each.phases()).filter((phase) => phase === 'ended').length, 1);
    }
  }

  const sessionOfCall = async (): Promise<string> => {
    await pair.caller.until('the id of the call', ({ call }) => (call?.session ?? null) !== null);
    const session = await pair.caller.session();
    assert.ok(session);
    return session;
  };

  const FAULTS: Record<string, () => Promise<void>> = {
    'the call server is killed and started again': async () => {
      await server.kill();
      await startServer();
    },
    'LiveKit is killed': async () => {
      assert.ok(livekit.pid);
      process.kill(livekit.pid, 'SIGKILL');
    },
    'the call server is told to stop, and another takes its place': async () => {
      server.signal('SIGTERM');
      assert.deepEqual(await server.ended, { code: 0, signal: null });
      await startServer();
    },
  };

  for (const [fault, happens] of Object.entries(FAULTS)) {
    for (const stage of STAGES) {
      it(`keeps the call when ${fault}: ${stage}`, async () => {
        await pair.reach(stage);
        // What is dialed has no id before the server has answered, be it this one or the next.
        const before = stage === 'dialing' ? null : await sessionOfCall();
        await happens();
        await goesOn(stage, before ?? (await sessionOfCall()));
      });
    }
  }

  describe('LiveKit hangs, and media of both are lost alone', () => {
    const signal = (name: NodeJS.Signals): boolean => process.kill(livekit.pid ?? assert.fail('it is down'), name);
    beforeEach(() => pair.reach('connected'));
    afterEach(() => signal('SIGCONT'));

    it('keeps the call when it goes on', async () => {
      const session = await sessionOfCall();
      signal('SIGSTOP');
      await Promise.all([pair.caller.phase('reconnecting'), pair.callee.phase('reconnecting')]);
      signal('SIGCONT');
      await goesOn('connected', session);
    });

    it('ends the call for both when it does not', async () => {
      signal('SIGSTOP');
      await Promise.all([pair.caller, pair.callee].map((each) => each.words('Sound and picture could not be sent')));
      signal('SIGCONT');
      const { reason, by } = await pair.ending();
      assert.deepEqual([reason, by], ['media-failed', 'server']);
    });
  });

  for (const side of SIDES) {
    for (const stage of ['ringing', 'connected'] as const) {
      it(`keeps the call through a short loss of the connection: the ${side}, ${stage}`, async () => {
        await pair.reach(stage);
        const session = await sessionOfCall();
        networks[side].cut();
        await pair[side].phase('reconnecting');
        networks[side].mend();
        await goesOn(stage, session);
      });
    }

    it(`ends the call for both when the connection stays lost: the ${side}`, async () => {
      await pair.reach('connected');
      networks[side].cut();
      try {
        const other = pair.other(side);
        await other.words('lost the connection. Waiting…');
        const { reason, by } = await other.ending();
        assert.deepEqual([reason, by], ['connection-lost', pair.ids[side]]);
        await other.words('The connection was lost');
        await other.untilQuiet();
        await pair[side].until('that it is not connected', ({ phase }) => phase !== 'connected');
        await pair[side].words('The connection was lost');
        await pair[side].untilQuiet();
      } finally {
        networks[side].mend();
      }
      const { reason, by } = await pair.ending();
      assert.deepEqual([reason, by], ['connection-lost', pair.ids[side]]);
      await pair[side].until('a session again', ({ problem }) => problem === null);
    });
  }

  it('rings on for a callee whose session was lost, and both see and hear each other', async () => {
    const { caller, callee } = pair;
    await pair.reach('ringing');
    const session = await sessionOfCall();
    await callee.page.evaluate(() => Reflect.set(window, 'lost', window.service.snapshot.session));
    // It is in the room already, as the participant of that session.
    await callee.untilPage('the way of sound and picture', () =>
      window.watch.peers.some(({ connectionState }) => connectionState === 'connected'),
    );
    networks.callee.break();
    await caller.until('that the callee is gone', ({ presence }) => Object.values(presence).includes('offline'));
    networks.callee.mend();
    await callee.untilPage(
      'another session',
      () => window.service.snapshot.session !== (Reflect.get(window, 'lost') as string),
    );
    await goesOn('ringing', session);
  });
});

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import type { LivekitServer } from '../../server/livekit/livekit-process.js';
import { LivekitRooms } from '../../server/livekit/rooms.js';
import { launchBrowser } from '../support/browsers.js';
import { freePort } from '../support/free-port.js';
import { Pair, type PairStack, type Stage } from '../support/pair.js';
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
    const site = await startSite(origin);
    const { url, apiKey, apiSecret } = livekit;
    const rooms = new LivekitRooms({ url, apiKey, apiSecret });
    stack = { origin, site, untilNoRoom: () => untilNoRoom(rooms), close: () => site.close() };
    browser = await launchBrowser('chromium');
  });
  after(async () => {
    await browser?.close();
    await stack?.close();
    await server?.kill();
    await livekit?.close();
  });
  beforeEach(async () => {
    pair = await Pair.open(stack, { caller: browser, callee: browser });
  });
  afterEach(() => pair?.close());

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
        const before = stage === 'dialing' ? null : await pair.session();
        await happens();
        await pair.goesOn(stage, before ?? (await pair.session()));
      });
    }
  }

  describe('LiveKit hangs, and media of both are lost alone', () => {
    const signal = (name: NodeJS.Signals): boolean => process.kill(livekit.pid ?? assert.fail('it is down'), name);
    beforeEach(() => pair.reach('connected'));
    afterEach(() => signal('SIGCONT'));

    it('keeps the call when it goes on', async () => {
      const session = await pair.session();
      signal('SIGSTOP');
      await Promise.all([pair.caller.phase('reconnecting'), pair.callee.phase('reconnecting')]);
      signal('SIGCONT');
      await pair.goesOn('connected', session);
    });

    it('ends the call for both when it does not', async () => {
      signal('SIGSTOP');
      await Promise.all([pair.caller, pair.callee].map((each) => each.words('Sound and picture could not be sent')));
      signal('SIGCONT');
      const { reason, by } = await pair.ending();
      assert.deepEqual([reason, by], ['media-failed', 'server']);
    });
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import { createCallServer } from '../../server/call-server.js';
import { CallPage } from '../support/call-page.js';
import { freePort } from '../support/free-port.js';
import { Pair, SIDES } from '../support/pair.js';
import { withChromium } from '../support/with-chromium.js';

/** What every JWT begins with. */
const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

describe('secrets, and addresses that lead nowhere', () => {
  const here = withChromium();

  it('keeps tokens and secrets out of documents, logs and addresses, but for the one of LiveKit', async () => {
    const pair = await Pair.open(here.stack, { caller: here.browser, callee: here.browser });
    try {
      const seen: string[] = [];
      for (const { page } of SIDES.map((side) => pair[side])) {
        page.on('request', (request) => seen.push(request.url()));
        page.on('console', (message) => seen.push(message.text()));
      }
      await pair.reach('connected');
      for (const side of SIDES) {
        const { documents, sockets, secrets } = await pair[side].page.evaluate(() => ({
          documents: [
            document.documentElement.outerHTML,
            ...[...document.querySelectorAll('omni-call, omni-incoming')].map((tag) => tag.shadowRoot?.innerHTML ?? ''),
          ],
          sockets: window.watch.sockets,
          secrets: Object.values({ ...sessionStorage }).flatMap((kept) => {
            const { secret, seal } = JSON.parse(kept) as { secret: string; seal: string };
            return [secret, seal];
          }),
        }));
        assert.equal(secrets.length, 2);
        const [calls, media, ...others] = sockets;
        assert.deepEqual(others, []);
        assert.match(calls ?? '', /\/ws$/);
        const address = new URL(media ?? '');
        const token = address.searchParams.get('access_token') ?? '';
        assert.match(token, JWT, 'browsers let LiveKit send its token in no other way');
        const { video, sub, exp, nbf } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
          video: { room: string; roomAdmin?: boolean };
          sub: string;
          exp: number;
          nbf: number;
        };
        assert.ok(exp - nbf <= 300, 'it is of use for five minutes');
        assert.deepEqual([video.room], await here.stack.rooms(), 'in this room only');
        assert.equal(video.roomAdmin, undefined);
        assert.equal(sub, await pair[side].page.evaluate(() => window.service.snapshot.session));
        // A token that LiveKit refuses, it says in its log.
        const api = here.stack.livekit.url.replace('ws:', 'http:');
        const refused = await fetch(`${api}/rtc/validate?access_token=${token.slice(0, -3)}AAA`);
        assert.equal(refused.status, 401);
        assert.match(here.stack.livekitLog.join(''), /invalid token: \[token\]/);
        for (const text of [...documents, ...seen, ...here.stack.log, ...here.stack.livekitLog]) {
          assert.doesNotMatch(text, JWT);
          for (const secret of secrets) assert.ok(!text.includes(secret), `a secret is in ${text}`);
        }
      }
      await pair.caller.press('hangup-button');
      assert.equal((await pair.ending()).reason, 'completed');
    } finally {
      await pair.close();
    }
  });

  it('says that the server is down, and is there by itself when it is back', async () => {
    const port = await freePort();
    const server = `http://127.0.0.1:${port}`;
    const tag = `<omni-call server="${server}" user-id="ida" callee="joe"></omni-call>`;
    const page = await CallPage.open(here.browser, here.stack.site.page(tag));
    await page.words('The call service cannot be reached. Trying again…');
    await page.phase('offline');
    const { url, apiKey, apiSecret } = here.stack.livekit;
    const late = await createCallServer({
      livekit: { url, apiKey, apiSecret },
      port,
      logger: pino({ level: 'silent' }),
    });
    try {
      await page.phase('idle');
      await page.words('joe is not here right now');
    } finally {
      await page.drop();
      await late.close();
    }
  });

  it('refuses an address that is none, by event and in words', async () => {
    const page = await CallPage.open(
      here.browser,
      here.stack.site.page(
        `<script>
          window.codes = [];
          addEventListener('omni-error', ({ code }) => window.codes.push(code));
        </script>
        <omni-call server="ftp://nowhere.example" user-id="kim" callee="lou"></omni-call>`,
      ),
    );
    await page.untilPage('an error', () => (Reflect.get(window, 'codes') as string[]).length > 0);
    assert.deepEqual(await page.page.evaluate(() => Reflect.get(window, 'codes') as string[]), ['bad-request']);
    await page.words('That did not work.');
    await page.phase('offline');
    await page.drop();
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate, createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { BadLink } from '../support/bad-link.js';
import { launchBrowser } from '../support/browsers.js';
import type { CallPage } from '../support/call-page.js';
import { startComposeLivekit } from '../support/compose-livekit.js';
import { untilMoves, untilSound } from '../support/media-probe.js';
import { Pair, SIDES } from '../support/pair.js';
import { RedisServer } from '../support/redis.js';
import { startStack, type Stack } from '../support/stack.js';

/** `turn.udp_port` of the compose file. */
const TURN_PORT = 3478;
const TURN_DOMAIN = 'turn.example.com';

/** A certificate of the TURN server's domain that nobody signed but itself, in a folder that is there as long as it is needed. */
function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'omni-call-turn-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const whose = ['-subj', `/CN=${TURN_DOMAIN}`, '-addext', `subjectAltName=DNS:${TURN_DOMAIN}`];
  const openssl = process.env['OPENSSL_PATH'] ?? 'openssl';
  execFileSync(openssl, ['req', ...kind, ...whose, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  const publicKey = new X509Certificate(readFileSync(cert)).publicKey.export({ type: 'spki', format: 'der' });
  return {
    ...{ cert, key },
    /** How Chromium is told of the one certificate that it is to take unsigned. */
    hash: createHash('sha256').update(publicKey).digest('base64'),
    remove: (): void => rmSync(folder, { recursive: true }),
  };
}

interface WayOut {
  /** Lines of LiveKit's configuration, as `startComposeLivekit` takes them. */
  turn?: readonly string[];
  /** Of the browser there. */
  args?: readonly string[];
  /** The only one of UDP that lets media out. */
  port?: number;
}

/** By which way media goes, on each of a page's connections. */
const ways = ({ page }: CallPage): Promise<string[]> =>
  page.evaluate(async () => {
    const found: string[] = [];
    for (const peer of window.watch.peers.filter(({ connectionState }) => connectionState === 'connected')) {
      const stats = (await peer.getStats()) as ReadonlyMap<string, Record<string, string>>;
      for (const { type, selectedCandidatePairId } of stats.values()) {
        if (type !== 'transport') continue;
        const local = stats.get(stats.get(selectedCandidatePairId ?? '')?.['localCandidateId'] ?? '');
        found.push(`${local?.['candidateType']} ${local?.['relayProtocol'] ?? ''}`.trim());
      }
    }
    return found;
  });

describe('a network that lets out nothing', () => {
  let redis: RedisServer;
  let link: BadLink;
  let address: string;
  let near: Browser;
  let certificate: ReturnType<typeof makeCertificate>;

  before(async () => {
    certificate = makeCertificate();
    redis = await RedisServer.start();
    link = BadLink.open();
    address = link.addPublicAddress();
    near = await launchBrowser('chromium');
  });
  after(async () => {
    await near?.close();
    link?.close();
    await redis?.stop();
    certificate?.remove();
  });

  /** Calls from there and to there by way of the compose file's LiveKit. */
  async function callBothWays(t: TestContext, way: string, { turn, args, port }: WayOut): Promise<void> {
    const stack = await startStack({}, () => startComposeLivekit({ redis, address, ...(turn && { turn }) }));
    const far = await link.launchBrowser(args);
    link.loseMedia(port);
    try {
      await callUntilHeard(t, stack, far, way);
    } finally {
      link.giveMediaBack();
      await far.close();
      await stack.close();
    }
  }

  /** Until each side sees and hears the other. Media has to go that way. */
  async function callUntilHeard(t: TestContext, stack: Stack, far: Browser, way: string): Promise<void> {
    for (const side of SIDES) {
      const browsers = side === 'caller' ? { caller: far, callee: near } : { caller: near, callee: far };
      const pair = await Pair.open(stack, browsers);
      await pair.reach('connecting');
      const since = Date.now();
      await pair.untilConnected();
      t.diagnostic(`connected ${Date.now() - since} ms after the answer, the ${side} being there`);
      for (const each of [pair.caller, pair.callee]) {
        await untilMoves(await each.remoteVideo());
        await untilSound(each.page);
      }
      const [inside, outside] = await Promise.all([ways(pair[side]), ways(pair.other(side))]);
      assert.deepEqual([...new Set(inside)], [way]);
      assert.ok(outside.length > 0 && !outside.some((each) => each.startsWith('relay')), outside.join());
      await pair.caller.press('hangup-button');
      assert.equal((await pair.ending()).reason, 'completed');
      await pair.close();
    }
  }

  it('but UDP to the TURN server of the compose file: a call goes by it', (t) =>
    callBothWays(t, 'relay udp', { port: TURN_PORT }));

  it('but TLS: a call goes by the TURN server that speaks it', async (t) => {
    const { cert, key, hash } = certificate;
    const turn = ['tls_port: 443', `domain: ${TURN_DOMAIN}`, `cert_file: ${cert}`, `key_file: ${key}`];
    const args = [
      `--host-resolver-rules=MAP ${TURN_DOMAIN} ${address}`,
      `--ignore-certificate-errors-spki-list=${hash}`,
    ];
    await callBothWays(t, 'relay tls', { turn, args });
  });
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createCallServer, type CallServerOptions } from '../../server/call-server.js';
import { readSettings } from '../../server/config.js';
import { SettingError } from '../../server/setting-error.js';
import { ServerProcess } from '../support/server-process.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ENOUGH = { LIVEKIT_URL: 'ws://127.0.0.1:7880', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'secret' };
const SECRET = 's'.repeat(32);
const KEY = { key: 'k'.repeat(16), origins: ['https://shop.example'], callees: ['desk'] };

/** Settings that are wrong, by the name that the refusal has to begin with. */
const WRONG: [name: string, values: Record<string, string>][] = [
  ['PORT', { PORT: 'eighty' }],
  ['PORT', { PORT: '65536' }],
  ['PORT', { PORT: '80.5' }],
  ['HOST', { HOST: '0.0.0.0' }],
  ['HOST', { HOST: '::' }],
  ['HOST', { HOST: 'calls.example.com' }],
  ['LIVEKIT_URL', { LIVEKIT_URL: '' }],
  ['LIVEKIT_URL', { LIVEKIT_URL: 'livekit:7880' }],
  ['LIVEKIT_PUBLIC_URL', { LIVEKIT_PUBLIC_URL: 'ftp://livekit.example' }],
  ['LIVEKIT_API_KEY', { LIVEKIT_API_KEY: ' ' }],
  ['LIVEKIT_API_SECRET', { LIVEKIT_API_SECRET: '' }],
  ['REDIS_URL', { REDIS_URL: 'localhost:6379' }],
  ['AUTH_SECRET', { AUTH_SECRET: 'short' }],
  ['AUTH_JWKS_URL', { AUTH_JWKS_URL: 'keys.json' }],
  ['AUTH_JWKS_URL', { AUTH_JWKS_URL: 'https://id.example/jwks', AUTH_SECRET: SECRET }],
  ['PUBLISHABLE_KEYS', { PUBLISHABLE_KEYS: '{' }],
  ['PUBLISHABLE_KEYS', { PUBLISHABLE_KEYS: JSON.stringify([{ ...KEY, key: 'short' }]) }],
  ['PUBLISHABLE_KEYS', { PUBLISHABLE_KEYS: JSON.stringify([{ ...KEY, origins: ['shop.example'] }]) }],
  ['PUBLISHABLE_KEYS', { PUBLISHABLE_KEYS: JSON.stringify([{ ...KEY, callees: 'desk' }]) }],
  ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: 'https://a.example/path' }],
  ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: '*' }],
  ['RING_TIMEOUT', { RING_TIMEOUT: '0' }],
  ['RING_TIMEOUT', { RING_TIMEOUT: '601' }],
  ['RESUME_GRACE', { RESUME_GRACE: '-1' }],
  ['SESSIONS_PER_USER', { SESSIONS_PER_USER: '0' }],
  ['CONNECTIONS_PER_ADDRESS', { CONNECTIONS_PER_ADDRESS: 'many' }],
  ['OFFERS_PER_MINUTE', { OFFERS_PER_MINUTE: '1.5' }],
  ['API_KEY', { API_KEY: 'short' }],
  ['WEBHOOK_URL', { WEBHOOK_URL: 'hooks' }],
  ['WEBHOOK_SECRET', { WEBHOOK_URL: 'https://shop.example/hooks' }],
  ['RECORDING', { RECORDING: 'yes' }],
  ['RECORDING_MAX', { RECORDING: 'local', RECORDING_MAX: '0' }],
  ['RECORDING_DAYS', { RECORDING: 'egress', RECORDING_DAYS: '0' }],
  ['RECORDING_S3_URL', { RECORDING: 'egress', RECORDING_S3_URL: 's3://bucket' }],
  ['RECORDING_S3_URL', { RECORDING: 'egress', RECORDING_S3_URL: 'https://s3.example' }],
  ['RECORDING_S3_KEY', { RECORDING: 'egress', RECORDING_S3_URL: 'https://s3.example/calls' }],
  [
    'RECORDING_S3_SECRET',
    { RECORDING: 'egress', RECORDING_S3_URL: 'https://s3.example/calls', RECORDING_S3_KEY: 'key' },
  ],
  ['TRUST_PROXY', { TRUST_PROXY: 'true' }],
];

describe('the settings', () => {
  for (const [name, values] of WRONG) {
    it(`refuse ${JSON.stringify(values)} by the name of ${name}`, () => {
      assert.throws(
        () => readSettings({ ...ENOUGH, ...values }),
        (error) => error instanceof SettingError && error.message.startsWith(`${name}: expected `),
      );
    });
  }

  it('take what is right', () => {
    const settings = readSettings({
      ...ENOUGH,
      PORT: '0',
      HOST: '0.0.0.0',
      LIVEKIT_PUBLIC_URL: 'wss://livekit.example',
      REDIS_URL: 'rediss://user:password@redis.example:6380/1',
      AUTH_SECRET: SECRET,
      PUBLISHABLE_KEYS: JSON.stringify([KEY]),
      ALLOWED_ORIGINS: 'https://a.example, https://b.example:8443',
      RING_TIMEOUT: '45',
      RESUME_GRACE: '10',
      TRUST_PROXY: '1',
    });
    assert.equal(settings.port, 0);
    assert.equal(settings.livekit.publicUrl, 'wss://livekit.example');
    assert.deepEqual(settings.auth, { secret: SECRET, keys: [KEY] });
    assert.deepEqual(settings.allowedOrigins, ['https://a.example', 'https://b.example:8443']);
    assert.deepEqual([settings.ringTimeout, settings.resumeGrace, settings.trustProxy], [45, 10, 1]);
  });

  it('say who records, and where to', () => {
    const { recording } = readSettings({
      ...ENOUGH,
      RECORDING: 'egress',
      RECORDING_DIR: '/var/lib/calls',
      RECORDING_DAYS: '30',
      RECORDING_S3_URL: 'https://s3.example/calls',
      RECORDING_S3_KEY: 'key',
      RECORDING_S3_SECRET: 'secret',
    });
    assert.deepEqual([recording?.recorder.name, recording?.dir, recording?.days], ['egress', '/var/lib/calls', 30]);
    assert.deepEqual(recording?.s3, { url: 'https://s3.example/calls', accessKeyId: 'key', secretAccessKey: 'secret' });
    assert.equal(readSettings({ ...ENOUGH, RECORDING: 'local' }).recording?.recorder.name, 'local');
    assert.equal(readSettings({ ...ENOUGH, RECORDING: 'off' }).recording, undefined);
  });

  it('are all optional but those of LiveKit, and open only on the loopback', () => {
    assert.deepEqual(Object.keys(readSettings(ENOUGH)).sort(), ['auth', 'host', 'livekit']);
    for (const HOST of ['127.0.0.1', '127.1.2.3', 'localhost', '::1'])
      assert.equal(readSettings({ ...ENOUGH, HOST }).host, HOST);
  });

  it('that would let anybody in are refused to whoever embeds the server, too', async () => {
    const { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = ENOUGH;
    const unsafe: [name: string, options: Partial<CallServerOptions>][] = [
      ['HOST', { host: '0.0.0.0' }],
      ['HOST', { host: '::', auth: { keys: [KEY] } }],
      ['AUTH_SECRET', { host: '0.0.0.0', auth: { secret: 'short' } }],
      ['API_KEY', { apiKey: '' }],
      ['WEBHOOK_SECRET', { webhook: { url: 'https://shop.example/hooks', secret: 'short' } }],
    ];
    for (const [name, options] of unsafe) {
      const started = createCallServer({ livekit: { url, apiKey, apiSecret }, port: 0, ...options });
      // One that does start is not to keep the test.
      started.then((server) => server.close()).catch(() => undefined);
      await assert.rejects(started, (error) => error instanceof SettingError && error.message.startsWith(`${name}: `));
    }
  });

  it('say at the start what recording lacks', async () => {
    const settings = { ...ENOUGH, RECORDING: 'local', RECORDING_DIR: '/dev/null', PATH: '/nowhere' };
    await assert.rejects(ServerProcess.start(settings), (error: Error) => {
      assert.match(error.message, /^it ended with 1: .*RECORDING: expected ffmpeg on the PATH/s);
      assert.doesNotMatch(error.message, /\n\s+at /);
      return true;
    });
  });

  it('that are wrong stop the command, with one line and no stack', async () => {
    await assert.rejects(ServerProcess.start({ ...ENOUGH, HOST: '0.0.0.0' }), (error: Error) => {
      assert.match(error.message, /^it ended with 1: HOST: expected a loopback address/);
      assert.doesNotMatch(error.message, /\n\s+at /);
      return true;
    });
  });

  it('that cannot be used leave nothing running that keeps the process of whoever embeds the server', async () => {
    const embed = `
      import { createCallServer } from './server/dist/index.js';
      const livekit = { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' };
      createCallServer({ livekit, port: 0, pages: 'no absolute path' }).catch(({ message }) => console.log(message));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', embed], {
      cwd: ROOT,
      timeout: 20_000,
    });
    assert.match(stdout, /absolute path/);
  });

  it('that name a port which is taken end the command, and leave nothing running', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    try {
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      await assert.rejects(ServerProcess.start({ ...ENOUGH, PORT: String(port) }), /it ended with 1: .*EADDRINUSE/s);
    } finally {
      other.close();
    }
  });
});

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { fastify as Fastify } from 'fastify';
import { Authenticator } from '../../server/auth/authenticator.js';
import { freePort } from '../support/free-port.js';
import { killAtExit } from '../support/kill-at-exit.js';

const EXAMPLES = fileURLToPath(new URL('../../examples/token/', import.meta.url));
const SUPPORT = fileURLToPath(new URL('../support/tokens/', import.meta.url));
const SECRET = 'a secret of the back end and the call server';
const execute = promisify(execFile);

interface Answer {
  status: number;
  cacheControl: string | null;
  body: string;
}

/** What is answered to a stranger, and to Ann, who is signed in as 7. */
type Answers = [stranger: Answer, ann: Answer];

/** Each is to refuse the stranger, and to give Ann what the call server takes. */
async function check([stranger, ann]: Answers, name = 'Ann Example'): Promise<void> {
  assert.equal(stranger.status, 401);
  assert.doesNotMatch(stranger.body, /token/);
  assert.equal(ann.status, 200);
  assert.match(ann.cacheControl ?? '', /no-store/);
  const { token } = JSON.parse(ann.body) as { token: string };
  const from = { origin: null, owner: null };
  const server = new Authenticator({ secret: SECRET });
  assert.deepEqual(await server.identify({ id: 0, type: 'hello', token }, from), {
    userId: '7',
    displayName: name,
    callees: null,
  });
  const { exp, aud } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
  const left = Number(exp) - Date.now() / 1000;
  assert.ok(left > 0 && left <= 301, 'it is of use for minutes');
  assert.equal(aud, 'omni-call');
}

async function ask(url: string, headers: Record<string, string>): Promise<Answer> {
  const answer = await fetch(url, { method: 'POST', headers });
  return { status: answer.status, cacheControl: answer.headers.get('cache-control'), body: await answer.text() };
}

const askBoth = async (url: string, ann: Record<string, string>): Promise<Answers> => [
  await ask(url, {}),
  await ask(url, ann),
];

describe('the examples of a token endpoint', () => {
  let folder: string;

  before(async () => {
    process.env['AUTH_SECRET'] = SECRET;
    folder = await mkdtemp(join(tmpdir(), 'omni-call-tokens-'));
    await execute('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: EXAMPLES });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('for Express', async () => {
    const { default: express } = (await import(`${EXAMPLES}node_modules/express/index.js`)) as {
      default: () => { use(...handlers: unknown[]): void; (...given: unknown[]): void };
    };
    const { callToken } = (await import(`${EXAMPLES}express/call-token.js`)) as { callToken: unknown };
    const app = express();
    app.use((request: { headers: Record<string, string>; user?: unknown }, _response: unknown, next: () => void) => {
      if (request.headers['x-user']) request.user = { id: 7, name: 'Ann Example' };
      next();
    }, callToken);
    const http = createServer(app).listen(0, '127.0.0.1');
    await once(http, 'listening');
    try {
      const { port } = http.address() as AddressInfo;
      await check(await askBoth(`http://127.0.0.1:${port}/call-token`, { 'x-user': '7' }));
    } finally {
      http.close();
      http.closeAllConnections();
    }
  });

  it('for Fastify', async () => {
    const { fastify } = (await import(`${EXAMPLES}node_modules/fastify/fastify.js`)) as { fastify: typeof Fastify };
    const { callToken } = (await import(`${EXAMPLES}fastify/call-token.js`)) as { callToken: () => Promise<void> };
    const app = fastify();
    app.addHook('onRequest', async (request) => {
      if (request.headers['x-user']) Object.assign(request, { user: { id: 7, name: 'Ann Example' } });
    });
    await app.register(callToken);
    const answer = async (headers: Record<string, string>): Promise<Answer> => {
      const got = await app.inject({ method: 'POST', url: '/call-token', headers });
      return { status: got.statusCode, cacheControl: String(got.headers['cache-control']), body: got.body };
    };
    await check([await answer({}), await answer({ 'x-user': '7' })]);
    await app.close();
  });

  it('for Next.js', async () => {
    const port = await freePort();
    const args = ['../node_modules/next/dist/bin/next', 'dev', '--hostname', '127.0.0.1', '--port', String(port)];
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
    const child = spawn(process.execPath, args, {
      cwd: `${EXAMPLES}nextjs`,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    killAtExit(child);
    try {
      await new Promise<void>((resolve, reject) => {
        child.once('close', (code) => reject(new Error(`next ended with ${code}`)));
        child.stdout.setEncoding('utf8').on('data', (text: string) => text.includes('Ready') && resolve());
      });
      const answers = await askBoth(`http://127.0.0.1:${port}/api/call-token`, { cookie: 'user=7' });
      await check(answers, 'Name of 7');
    } finally {
      const gone = once(child, 'close');
      child.kill('SIGTERM');
      await gone;
    }
  });

  it('for Django', async () => {
    const python = join(folder, 'venv/bin/python');
    await execute(process.env['PYTHON_PATH'] ?? 'python3', ['-m', 'venv', join(folder, 'venv')]);
    await execute(python, ['-m', 'pip', 'install', '--quiet', 'django~=5.2', 'pyjwt~=2.10']);
    const { stdout } = await execute(python, [`${SUPPORT}django_app.py`, `${EXAMPLES}django`, SECRET]);
    await check(JSON.parse(stdout) as Answers);
  });

  it('for Laravel', async () => {
    const app = join(folder, 'laravel');
    await cp(`${SUPPORT}laravel`, app, { recursive: true });
    await mkdir(join(app, 'bootstrap/cache'), { recursive: true });
    const php = process.env['PHP_PATH'] ?? 'php';
    const { stdout } = await execute(php, [`${app}/app.php`, app, `${EXAMPLES}laravel/call-token.php`], {
      env: { ...process.env, OMNI_CALL_AUTH_SECRET: SECRET },
    });
    await check(JSON.parse(stdout) as Answers);
  });
});

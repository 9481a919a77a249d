import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { RoomServiceClient, WebhookReceiver } from 'livekit-server-sdk';
import { findLivekit } from '../../server/livekit/find-livekit.js';
import { startLivekit, type LivekitServer } from '../../server/livekit/livekit-process.js';

const ROOT = new URL('../../', import.meta.url);

const api = ({ url, apiKey, apiSecret }: LivekitServer) =>
  new RoomServiceClient(url.replace('ws:', 'http:'), apiKey, apiSecret);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A connection to whatever listens at this address: it closes when that goes away. */
async function connectTo(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket.on('error', () => undefined).resume();
}

describe('a LiveKit server of our own', () => {
  let binary: string;
  before(async () => {
    binary = await findLivekit({ env: process.env, log: console.log });
  });

  describe('while it runs', () => {
    let livekit: LivekitServer;
    const lines: string[] = [];
    let tell: (line: string) => void = () => undefined;
    before(async () => {
      const log = (line: string): void => {
        lines.push(line);
        tell(line);
      };
      livekit = await startLivekit({ binary, log });
    });
    after(() => livekit.close());

    it('answers to its own key and to no other', async () => {
      assert.deepEqual(await api(livekit).listRooms(), []);
      await assert.rejects(
        api({ ...livekit, url: livekit.url, apiKey: livekit.apiKey, apiSecret: 'x'.repeat(32) }).listRooms(),
      );
    });

    it('shows no key in its command line', () => {
      const command = execFileSync('ps', ['-o', 'args=', '-p', String(livekit.pid)], { encoding: 'utf8' });
      assert.equal(command.trim(), binary);
    });

    it('is started again at the same address when it dies, and the log says so', async () => {
      const died = livekit.pid;
      assert.ok(died);
      const back = new Promise<void>((resolve) => {
        tell = (line) => line === 'LiveKit is back.' && resolve();
      });
      process.kill(died, 'SIGKILL');
      await back;
      assert.notEqual(livekit.pid, died);
      assert.match(lines.join('\n'), /LiveKit died: it ended with SIGKILL/);
      assert.deepEqual(await api(livekit).listRooms(), []);
    });
  });

  it('is gone once closed', async () => {
    const livekit = await startLivekit({ binary, log: assert.fail });
    const { pid } = livekit;
    assert.ok(pid && isAlive(pid));
    await livekit.close();
    assert.equal(isAlive(pid), false);
    assert.equal(livekit.pid, null);
  });

  it('sends its webhooks, signed', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const livekit = await startLivekit({ binary, log: assert.fail, webhooks: [address] });
    try {
      const [[request, response]] = await Promise.all([
        once(server, 'request'),
        api(livekit).createRoom({ name: 'r' }),
      ]);
      const body = Buffer.concat(await request.toArray()).toString('utf8');
      response.end();
      const receiver = new WebhookReceiver(livekit.apiKey, livekit.apiSecret);
      const event = await receiver.receive(body, request.headers.authorization);
      assert.equal(event.event, 'room_started');
      assert.equal(event.room?.name, 'r');
    } finally {
      await livekit.close();
      server.closeAllConnections();
      server.close();
    }
  });

  it('rejects with its last words when it does not start', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'livekit-process-'));
    try {
      const broken = join(folder, 'livekit-server');
      await writeFile(broken, '#!/bin/sh\necho no such luck >&2\nexit 3\n');
      await chmod(broken, 0o755);
      await assert.rejects(startLivekit({ binary: broken, log: assert.fail }), /ended with 3[^]*no such luck/);
      await assert.rejects(startLivekit({ binary: join(folder, 'none'), log: assert.fail }), /ENOENT/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  for (const ending of ['SIGINT', 'SIGTERM', 'an exception'] as const) {
    it(`does not outlive a process that ends by ${ending}`, async () => {
      const program = `
        import { startLivekit } from './server/livekit/livekit-process.ts';
        const livekit = await startLivekit({ binary: process.argv[1], log: () => undefined });
        console.log(livekit.url);
        process.stdin.once('data', () => { throw new Error('as the test wants it'); });`;
      const parent = spawn(process.execPath, ['--import=tsx', '--input-type=module', '--eval', program, binary], {
        cwd: ROOT,
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const ended = once(parent, 'exit');
      try {
        const [url] = (await once(createInterface(parent.stdout), 'line')) as [string];
        const socket = await connectTo(url);
        const gone = new Promise((resolve) => socket.on('close', resolve));
        if (ending === 'an exception') parent.stdin.write('now\n');
        else parent.kill(ending);
        await Promise.all([ended, gone]);
      } finally {
        parent.kill('SIGKILL');
      }
    });
  }
});

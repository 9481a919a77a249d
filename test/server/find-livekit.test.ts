import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { findLivekit, LIVEKIT_VERSION } from '../../server/livekit/find-livekit.js';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';

const CACHED = `livekit-server-v${LIVEKIT_VERSION}`;
/** Where nothing is served: the port of TCP's discard service, which no one runs. */
const NOWHERE = 'http://127.0.0.1:9';
const ARCHIVE = `livekit_${LIVEKIT_VERSION}_linux_${process.arch === 'x64' ? 'amd64' : process.arch}.tar.gz`;

let root: string;
let bin: string;
let cache: string;
let env: NodeJS.ProcessEnv;
let log: string[];

const find = (releases = NOWHERE) => findLivekit({ env, log: (line) => log.push(line), releases });

async function program(file: string, script: string): Promise<string> {
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

/** A `go` that writes its arguments to a file and, unless told to fail, a `server` where the real one would. */
const fakeGo = (ending = 'printf "#!/bin/sh\\n" > "$GOBIN/server"') =>
  program(join(bin, 'go'), `echo "$@" >> "${root}/go.log"\n${ending}`);
const goCalls = async () => (await readFile(join(root, 'go.log'), 'utf8')).trim().split('\n');

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'find-livekit-'));
  bin = join(root, 'bin');
  cache = join(root, 'cache', 'omni-call');
  await mkdir(bin);
  env = { PATH: bin, XDG_CACHE_HOME: join(root, 'cache') };
  log = [];
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('finding a LiveKit server', () => {
  it('takes the one on the PATH before all others', async () => {
    await mkdir(cache, { recursive: true });
    await program(join(cache, CACHED), '');
    const installed = await program(join(bin, 'livekit-server'), '');
    assert.equal(await find(), installed);
  });

  it('takes the one in the cache before building another', async () => {
    await mkdir(cache, { recursive: true });
    const cached = await program(join(cache, CACHED), '');
    await fakeGo('exit 1');
    assert.equal(await find(), cached);
    assert.deepEqual(log, []);
  });

  it('builds the pinned version with Go, says so, and keeps it', async () => {
    await fakeGo();
    const built = await find();
    assert.equal(built, join(cache, CACHED));
    assert.equal(await find(), built);
    assert.deepEqual(await goCalls(), [`install github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`]);
    assert.match(log[0] ?? '', /Building LiveKit/);
  });

  it('leaves one whole file when two look for it at once', async () => {
    await fakeGo();
    assert.deepEqual(await Promise.all([find(), find()]), [join(cache, CACHED), join(cache, CACHED)]);
    assert.deepEqual(await readdir(cache), [CACHED]);
    assert.equal(await readFile(join(cache, CACHED), 'utf8'), '#!/bin/sh\n');
  });

  it('names the three ways to get one when there is none, and why these failed', async () => {
    await fakeGo('echo no such module >&2; exit 1');
    await assert.rejects(find(), (error: Error) => {
      for (const way of ['PATH', 'Install Go', 'LIVEKIT_URL']) assert.match(error.message, new RegExp(way));
      const { errors } = error.cause as AggregateError;
      assert.equal(errors.length, 2);
      assert.match(String(errors[0]), /no such module/);
      return true;
    });
    assert.deepEqual(await readdir(cache), []);
  });
});

describe(
  'downloading a LiveKit release',
  { skip: process.platform !== 'linux' && 'the archive made here is for Linux' },
  () => {
    /** A release page with one archive, and with this in its checksums.txt. */
    async function releasePage(checksum?: string) {
      await program(join(root, 'livekit-server'), 'echo released');
      execFileSync('tar', ['-czf', join(root, ARCHIVE), '-C', root, 'livekit-server']);
      const archive = await readFile(join(root, ARCHIVE));
      const sha256 = createHash('sha256').update(archive).digest('hex');
      const files: Record<string, string | Buffer> = {
        [`/v${LIVEKIT_VERSION}/${ARCHIVE}`]: archive,
        [`/v${LIVEKIT_VERSION}/checksums.txt`]: `${'0'.repeat(64)}  other.tar.gz\n${checksum ?? sha256}  ${ARCHIVE}\n`,
      };
      const server = createServer((request, response) => {
        const file = files[request.url ?? ''];
        response.writeHead(file === undefined ? 404 : 200).end(file);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
    }

    it('is what is left without Go, and is kept', async () => {
      const page = await releasePage();
      try {
        const file = await find(page.url);
        assert.equal(file, join(cache, CACHED));
        assert.equal(execFileSync(file, { encoding: 'utf8' }), 'released\n');
        assert.deepEqual(await readdir(cache), [CACHED]);
      } finally {
        page.close();
      }
    });

    it('is refused when its checksum is not the published one', async () => {
      const page = await releasePage('f'.repeat(64));
      try {
        await assert.rejects(find(page.url), (error: Error) => {
          assert.match(String((error.cause as AggregateError).errors[0]), /SHA-256/);
          return true;
        });
        assert.deepEqual(await readdir(cache), []);
      } finally {
        page.close();
      }
    });
  },
);

describe('a LiveKit that already runs', () => {
  const given = { LIVEKIT_URL: 'ws://127.0.0.1:7880', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'secret' };

  it('is used as it is', async () => {
    const { url, apiKey, apiSecret, pid } = await provideLivekit({ env: given, log: assert.fail });
    assert.deepEqual(
      { url, apiKey, apiSecret, pid },
      { url: given.LIVEKIT_URL, apiKey: 'key', apiSecret: 'secret', pid: null },
    );
  });

  it('needs its key and its secret', async () => {
    const env = { ...given, LIVEKIT_API_SECRET: '' };
    await assert.rejects(provideLivekit({ env, log: assert.fail }), /LIVEKIT_API_SECRET/);
  });
});

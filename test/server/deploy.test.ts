import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { readSettings } from '../../server/config.js';
import { COMPOSE, block, startComposeLivekit } from '../support/compose-livekit.js';
import { RedisServer } from '../support/redis.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const CONTAINERFILE = read('Containerfile');
const CADDYFILE = read('deploy/Caddyfile');
const DEPLOY_DOC = read('docs/deploy.md');

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found ?? '');
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

/** Every setting that the server reads, when none is left out for want of another. */
function settingsOfServer(): string[] {
  const names = new Set<string>();
  const more = { RECORDING: 'egress', RECORDING_S3_URL: 'https://s3.example/calls', RECORDING_S3_KEY: 'key' };
  const enough = { LIVEKIT_URL: 'ws://livekit:7880', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'secret' };
  readSettings(
    new Proxy<Record<string, string>>(
      { ...enough, ...more, RECORDING_S3_SECRET: 'secret' },
      { get: (values, name) => (names.add(String(name)), values[String(name)]) },
    ),
  );
  return sorted(names);
}

describe('the container image', () => {
  const copied = all(CONTAINERFILE, /^COPY (?!--from)(.+) \S+$/gm).flatMap((sources) => sources.split(' '));

  it('is built from files that are there', () => {
    const built = all(CONTAINERFILE, /^COPY --from=build \/omni-call\/(\S+) /gm);
    assert.ok(copied.length > 5 && built.length > 3);
    for (const file of [...copied, ...built]) assert.ok(existsSync(join(ROOT, file)), file);
  });

  it('is given every file that its build reads', async () => {
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: ['rollup.config.mjs', 'src/cdn.ts', 'src/embed/embed.ts', 'server/main.ts'],
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      ignoreAnnotations: true,
      write: false,
      outdir: 'nowhere',
      metafile: true,
    });
    const isCopied = (file: string): boolean => copied.some((from) => file === from || file.startsWith(`${from}/`));
    const files = Object.keys(metafile.inputs);
    assert.ok(files.length > 100);
    assert.deepEqual(
      files.filter((file) => !isCopied(file)),
      [],
    );
  });
});

describe('the compose file', () => {
  it('names only settings that the server has, and the documentation names them all', () => {
    const known = settingsOfServer();
    const set = all(block(COMPOSE, /^( +)environment:/m), /^ +([A-Z_]+):/gm);
    const inImage = all(CONTAINERFILE, /^ENV (.+)$/gm).flatMap((line) => all(line, /([A-Z_]+)=/g));
    assert.ok(set.includes('REDIS_URL') && inImage.includes('HOST'));
    for (const name of [...set, ...inImage.filter((name) => name !== 'NODE_ENV')])
      assert.ok(known.includes(name), name);

    const rows = all(DEPLOY_DOC + read('docs/recording.md'), /^\| (`[A-Z][^|]*)\|/gm);
    assert.deepEqual(sorted(rows.flatMap((row) => all(row, /`([A-Z0-9_]+)`/g))), known);
  });

  it('wants of .env what the documentation says to write there', () => {
    const example = /```sh\n([^`]*CALL_DOMAIN=[^`]*)```/.exec(DEPLOY_DOC)?.[1] ?? assert.fail('there is no .env');
    assert.deepEqual(sorted(all(example, /^ *([A-Z_]+)=/gm)), sorted(all(COMPOSE, /\$\{([A-Z_]+):\?/g)));
  });

  it('has every host that its parts name', () => {
    const services = all(block(COMPOSE, /^()services:/m), /^ {2}([\w-]+):/gm);
    const hosts = all(COMPOSE + CADDYFILE, /(?:\/\/|[: ])([a-z][a-z0-9-]*):(?:7880|6379|8080)\b/g);
    assert.deepEqual(
      sorted(hosts).filter((host) => !services.includes(host)),
      [],
    );
    assert.ok(hosts.length > 6);
    const given = all(block(COMPOSE.slice(COMPOSE.indexOf('\n  proxy:')), /^( +)environment:/m), /^ +([A-Z_]+):/gm);
    assert.deepEqual(sorted(all(CADDYFILE, /\{\$([A-Z_]+)\}/g)), sorted(given));
  });

  it('has a configuration that LiveKit starts with', async () => {
    const redis = await RedisServer.start();
    try {
      const { said, close } = await startComposeLivekit({ redis, address: `127.${64 + (process.pid % 64)}.0.1` });
      await close();
      assert.match(said, /Starting TURN server/);
      assert.match(said, /connecting to redis/);
    } finally {
      await redis.stop();
    }
  });
});

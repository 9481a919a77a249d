import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { lackForRecording } from '../../server/recording/local/lacks.js';

const { PATH } = process.env;
let folder: string;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'omni-call-path-'))));
after(async () => {
  process.env['PATH'] = PATH;
  await rm(folder, { recursive: true });
});

it('lacks nothing where all is installed', async () => {
  assert.equal(await lackForRecording(), null);
});

it('says how to get ffmpeg where there is none', async () => {
  process.env['PATH'] = folder;
  assert.match((await lackForRecording()) ?? '', /^ffmpeg on the PATH.*apt-get install ffmpeg/);
});

it('says what an ffmpeg without the encoder lacks', async () => {
  await writeFile(join(folder, 'ffmpeg'), '#!/bin/sh\necho " A..... aac  AAC"\necho " .. subtitles  V->V"\n');
  await chmod(join(folder, 'ffmpeg'), 0o755);
  process.env['PATH'] = folder;
  assert.equal(await lackForRecording(), 'an ffmpeg that was built with libx264');
});

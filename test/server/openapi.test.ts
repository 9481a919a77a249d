import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Recording } from '../../server/recording/recording.js';
import { startStack, type Stack } from '../support/stack.js';
import { CONTENT, StandInRecorder } from '../support/stand-in-recorder.js';
import { WsClient } from '../support/ws-client.js';

const execute = promisify(execFile);
const API_KEY = 'a key for the back end alone';
const SCHEMATHESIS = 'schemathesis==4.32.5';
/** Requests of each kind for one operation, at the most. */
const EXAMPLES = 15;

/** Milliseconds after which it hangs. */
const LIMIT = 180_000;

interface Parameter {
  name: string;
  examples?: Record<string, { value: string }>;
}
interface Document {
  paths: Record<string, Record<string, { parameters: Parameter[] }>>;
}

let folder: string;
let stack: Stack;

/** A recording as an earlier run of the server left it. */
async function leaveRecording(dir: string, id: string): Promise<string> {
  const about: Recording = {
    id,
    callType: 'videocall',
    caller: { userId: 'alice', displayName: 'Zoë <b>' },
    callee: { userId: 'bob', displayName: null },
    startedAt: Date.now() - 10_000,
    storedAt: Date.now(),
    durationMs: 5000,
    bytes: CONTENT.length,
  };
  await writeFile(join(dir, `${id}.mp4`), CONTENT);
  await writeFile(join(dir, `${id}.json`), JSON.stringify(about));
  return id;
}

/** Calls of Alice and Bob: declined ones, and one that rings. Returns their ids. */
async function makeCalls(): Promise<string[]> {
  const [alice, bob] = await Promise.all([WsClient.join(stack.origin, 'alice'), WsClient.join(stack.origin, 'bob')]);
  const calls: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const call = await alice.offer('bob', { data: { order: count } });
    calls.push(call);
    await bob.stage(call, 'ringing');
    if (count === 2) break;
    await bob.leave(call);
    await alice.stage(call, 'ended');
  }
  return calls;
}

/** The server's document, with ids that there are as examples: by chance nobody comes upon one. */
async function documentWith(values: Readonly<Record<string, Record<string, string[]>>>): Promise<Document> {
  const response = await fetch(`${stack.origin}/api/v1/openapi.json`);
  const document = (await response.json()) as Document;
  for (const [path, operations] of Object.entries(document.paths)) {
    const known = Object.entries(values).find(([start]) => path.startsWith(start))?.[1] ?? {};
    for (const { parameters } of Object.values(operations)) {
      for (const parameter of parameters) {
        const given = known[parameter.name]?.map((value, index) => [`example ${index}`, { value }] as const);
        if (given) parameter.examples = Object.fromEntries(given);
      }
    }
  }
  return document;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omni-call-openapi-'));
});
after(async () => {
  await stack?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the OpenAPI document', () => {
  it('says what the API does: schemathesis finds no request that it answers otherwise, or breaks down over', async () => {
    const python = join(folder, 'venv/bin/python');
    await execute(process.env['PYTHON_PATH'] ?? 'python3', ['-m', 'venv', join(folder, 'venv')]);
    await execute(python, ['-m', 'pip', 'install', '--quiet', '--no-compile', SCHEMATHESIS]);

    const recordings = await Promise.all(['one', 'two', 'three'].map((id) => leaveRecording(folder, id)));
    stack = await startStack({ apiKey: API_KEY, recording: { recorder: new StandInRecorder(), dir: folder } });
    const calls = await makeCalls();
    const document = await documentWith({
      '/recordings': { id: recordings, after: recordings, user: ['alice'] },
      '/calls': { id: calls, after: calls, user: ['alice'] },
      '/users': { id: ['alice'] },
    });
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(document));
    // A page that goes on after an entry that is gone is refused, which no schema can say.
    await writeFile(
      join(folder, 'schemathesis.toml'),
      '[[operations]]\ninclude-operation-id = ["listCalls", "listRecordings"]\nchecks.positive_data_acceptance.enabled = false\n',
    );

    const options = ['--seed', '1', '--max-examples', String(EXAMPLES)];
    const args = ['run', file, '--url', `${stack.origin}/api/v1`, '--header', `Authorization: Bearer ${API_KEY}`];
    const { code, stdout } = await execute(python, ['-m', 'schemathesis.cli', ...args, ...options, '--no-color'], {
      cwd: folder,
      maxBuffer: 2 ** 26,
      timeout: LIMIT,
    }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => error,
    );
    assert.equal(code, 0, stdout);
  });
});

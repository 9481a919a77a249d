// A reporter of node:test that writes, as JSON, what ran.
import { basename } from 'node:path';

export default async function* countNodeTests(events) {
  const count = { passed: 0, failed: 0, skipped: [] };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    const why = data.skip ?? data.todo;
    // Node reports a file without any test as a test that passed, by the file's name.
    const isEmptyFile = data.nesting === 0 && data.file !== undefined && basename(data.name) === basename(data.file);
    if (why !== undefined) count.skipped.push({ name: data.name, reason: why === true ? '' : why });
    else if (type === 'test:pass' && !isEmptyFile) count.passed++;
    else count.failed++;
  }
  yield JSON.stringify(count);
}

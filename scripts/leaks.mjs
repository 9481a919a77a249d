// `npm run leaks`: 200 calls on one page, and what they leave behind. Writes the figures to docs/leaks.json.
import { join } from 'node:path';
import { build, install, ROOT, run } from './prepare.mjs';
import { checkRequirements } from './requirements.mjs';

install();
build();
const env = { LEAK_CALLS: '200', LEAK_FIGURES: join(ROOT, 'docs/leaks.json') };
run(process.execPath, ['--import=tsx', '--test', 'test/e2e/leaks.test.ts'], {
  env: { ...process.env, ...checkRequirements().found, ...env },
});

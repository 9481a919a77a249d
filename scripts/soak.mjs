// `npm run soak [seed]`: 2,000 calls between 200 scripted people on two nodes while nodes, Redis and LiveKit fail.
import { build, install, run } from './prepare.mjs';
import { checkRequirements } from './requirements.mjs';

install();
build();
const { found } = checkRequirements();
const seed = process.argv.slice(2);
run(process.execPath, ['--import=tsx', 'test/soak/main.ts', ...seed], { env: { ...process.env, ...found } });

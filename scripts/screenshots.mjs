// The pictures of docs/images: each state of a call, and each framework's app in one, as a real browser shows it against a real server and LiveKit.
// node --import=tsx scripts/screenshots.mjs [name …]
import { build, install } from './prepare.mjs';
import { checkRequirements } from './requirements.mjs';

install();
build();
Object.assign(process.env, checkRequirements().found);

const { Stage } = await import('./screenshots/stage.mjs');
const { appStates } = await import('./screenshots/apps.mjs');
const { callStates } = await import('./screenshots/calls.mjs');
const { deviceStates } = await import('./screenshots/devices.mjs');
const { duringStates } = await import('./screenshots/during.mjs');
const { permissionStates } = await import('./screenshots/permissions.mjs');

const only = process.argv.slice(2);
const stage = await Stage.open();
try {
  const states = [appStates, callStates, deviceStates, duringStates, permissionStates].map((of) => of(stage));
  for (const [name, state] of Object.entries(Object.assign({}, ...states))) {
    if (only.length > 0 && !only.includes(name)) continue;
    console.log(name);
    await state();
  }
} finally {
  await stage.close();
}

import { join } from 'node:path';
import { it } from 'node:test';
import { buildApp, callBetweenPages } from '../support/framework-app.js';

it('A strict Svelte app places and receives a call', async () => {
  await callBetweenPages(join(await buildApp('svelte'), 'dist'));
});

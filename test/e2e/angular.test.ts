import { join } from 'node:path';
import { it } from 'node:test';
import { buildApp, callBetweenPages } from '../support/framework-app.js';

it('A strict Angular app places and receives a call', async () => {
  await callBetweenPages(join(await buildApp('angular'), 'dist'));
});

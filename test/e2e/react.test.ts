import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { buildApp, callBetweenPages } from '../support/framework-app.js';

const EMPTY = '<div id="app"></div>';

describe('A strict React app places and receives a call', () => {
  let folder: string;
  before(async () => {
    folder = await buildApp('react');
  });

  it('in the browser alone', async () => {
    await callBetweenPages(join(folder, 'dist'));
  });

  it('taking over the page of a server', async () => {
    const entry = pathToFileURL(join(folder, 'dist-server/server.js')).href;
    const { render } = (await import(entry)) as { render: (page: URL) => string };
    await callBetweenPages(join(folder, 'dist'), (address, html) => {
      assert.ok(html.includes(EMPTY), html);
      const app = render(address);
      assert.match(app, /<omni-(call|incoming)><\/omni-/);
      return html.replace(EMPTY, EMPTY.replace('><', `>${app}<`));
    });
  });
});

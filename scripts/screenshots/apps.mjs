// The call on pages that others make: an app of each framework, and a WordPress.
import { join } from 'node:path';
import { buildApp, serve } from '../../test/support/framework-app.ts';
import { openPage } from '../../test/support/browsers.ts';
import { startStack } from '../../test/support/stack.ts';
import { startWordPress } from '../../test/support/wordpress.ts';
import { WordPressAdmin } from '../../test/support/wordpress-admin.ts';
import { ROOT, run } from '../prepare.mjs';
import { connect, untilPhase } from './stage.mjs';
import { takeBoth, takeSite } from './take.mjs';

const inApp = (stage, name) => async () => {
  const site = await serve(join(await buildApp(name), 'dist'));
  try {
    await stage.withCall(
      async (ours, theirs) => {
        await connect(ours, theirs);
        await takeBoth(ours, theirs, name);
      },
      { site: `${site.origin}/` },
    );
  } finally {
    site.close();
  }
};

/** A visitor on a page of a WordPress, and whoever answers in its dashboard. */
async function inWordPress({ browsers }) {
  run(process.execPath, ['scripts/wordpress.mjs']);
  const secret = 'a secret that both servers have, and no page';
  const wordpress = await startWordPress({
    plugins: [join(ROOT, 'cms/wordpress/dist/omni-call')],
    constants: { OMNI_CALL_AUTH_SECRET: secret },
  });
  const key = 'pk_of_the_wordpress';
  const keys = [{ key, origins: [wordpress.origin], callees: ['desk'] }];
  const stack = await startStack({ auth: { secret, keys }, allowedOrigins: [wordpress.origin] });
  try {
    const admin = await WordPressAdmin.signIn(browsers.bob, wordpress);
    await admin.open('plugins.php');
    await admin.press('#activate-omni-call');
    await admin.open('options-general.php?page=omni-call-settings');
    await admin.fill({ 'omni-call-server': stack.origin, 'omni-call-key': key, 'omni-call-callee': 'desk' });
    await admin.press('#submit');
    await admin.writePage('Talk to us', 'omni-call/call');
    const address = await admin.publish();
    await admin.open('admin.php?page=omni-call');
    await untilPhase(admin.page, 'omni-incoming', 'idle');
    const visitor = await openPage(browsers.alice, address);
    await connect(visitor, admin.page);
    await takeSite(visitor, 'wordpress-page');
    await takeSite(admin.page, 'wordpress-desk');
  } finally {
    await stack.close();
    await wordpress.close();
  }
}

export const appStates = (stage) => ({
  ...Object.fromEntries(['angular', 'react', 'svelte', 'vue'].map((name) => [name, inApp(stage, name)])),
  wordpress: () => inWordPress(stage),
});

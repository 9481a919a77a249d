import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';
import { PushService } from './push-service.js';
import { startStack, type Stack } from './stack.js';

const EXAMPLE = fileURLToPath(new URL('../../examples/web-push/', import.meta.url));
const SECRET = 'what only the two of us know';

interface Options {
  callServer: string;
  webhookSecret: string;
  vapid: { subject: string; publicKey: string; privateKey: string };
  userOf: (request: IncomingMessage) => string | null;
}

export interface WebPushExample {
  stack: Stack;
  push: PushService;
  /** Where its back end is. */
  home: string;
}

/** The example of Web Push with a real call server and a push service that is played, for the tests of a file. */
export function withWebPushExample(): WebPushExample {
  const here = {} as WebPushExample;
  let backEnd: Server | undefined;
  before(async () => {
    await promisify(execFile)('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: EXAMPLE });
    const { default: webPush } = (await import(`${EXAMPLE}node_modules/web-push/src/index.js`)) as {
      default: { generateVAPIDKeys(): { publicKey: string; privateKey: string } };
    };
    const { createBackEnd } = (await import(`${EXAMPLE}back-end.js`)) as { createBackEnd(options: Options): Server };
    const { userOf } = (await import(`${EXAMPLE}session.js`)) as Pick<Options, 'userOf'>;
    const vapid = { subject: 'mailto:host@example.com', ...webPush.generateVAPIDKeys() };
    here.push = new PushService(vapid.publicKey);
    await here.push.listen();
    const port = await freePort();
    here.home = `http://127.0.0.1:${port}`;
    here.stack = await startStack({ webhook: { url: `${here.home}/call-webhooks`, secret: SECRET } });
    backEnd = createBackEnd({ callServer: here.stack.origin, webhookSecret: SECRET, vapid, userOf });
    await once(backEnd.listen(port, '127.0.0.1'), 'listening');
  });
  after(async () => {
    await here.stack?.close();
    backEnd?.close();
    backEnd?.closeAllConnections();
    await here.push?.close();
  });
  return here;
}

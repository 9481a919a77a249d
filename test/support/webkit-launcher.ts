import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { BrowserLauncher } from '@web/test-runner-core';

const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
/** Milliseconds for the display and the driver to be there. */
const START_LIMIT = 20_000;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Starts Xvfb; resolves with the display that it chose. */
function startDisplay(): Promise<{ xvfb: ChildProcess; display: string }> {
  const xvfb = spawn(
    process.env['XVFB_PATH'] ?? 'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    },
  );
  return new Promise((resolve, reject) => {
    xvfb.on('error', reject);
    xvfb.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    xvfb.stdio[3]?.once('data', (data: Buffer) => resolve({ xvfb, display: `:${data.toString().trim()}` }));
  });
}

/** WebKitGTK, by WebDriver: one window, in which one file of tests runs after the other. */
class WebKitLauncher implements BrowserLauncher {
  readonly name = 'WebKit';
  readonly type = 'webkit';
  readonly concurrency = 1;
  readonly #driver: string;
  #processes: ChildProcess[] = [];
  #started: Promise<string> | null = null;
  #current: { id: string; url: string } | null = null;

  constructor(driver: string) {
    this.#driver = driver;
  }

  async startSession(id: string, url: string): Promise<void> {
    this.#started ??= this.#start();
    const session = await this.#started;
    this.#current = { id, url };
    await this.#send('POST', `${session}/url`, { url });
  }

  startDebugSession(): Promise<void> {
    return Promise.reject(new Error('WebKit is not for debugging here.'));
  }

  isActive(id: string): boolean {
    return this.#current?.id === id;
  }

  getBrowserUrl(): string | undefined {
    return this.#current?.url;
  }

  async stopSession(): Promise<Record<string, never>> {
    this.#current = null;
    const session = await this.#started;
    if (session) await this.#send('POST', `${session}/url`, { url: 'about:blank' });
    return {};
  }

  async stop(): Promise<void> {
    const session = await this.#started?.catch(() => null);
    if (session) await this.#send('DELETE', session).catch(() => undefined);
    for (const process of this.#processes) process.kill();
  }

  /** Resolves with the address of the driver's session. */
  async #start(): Promise<string> {
    const { xvfb, display } = await startDisplay();
    const port = await freePort();
    const driver = spawn(this.#driver, [`--port=${port}`, '--host=127.0.0.1'], {
      // WebKit's own warnings: of a desktop that is not there.
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', GDK_BACKEND: 'x11' },
    });
    this.#processes = [driver, xvfb];
    const address = `http://127.0.0.1:${port}`;
    for (const end = Date.now() + START_LIMIT; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
      try {
        await this.#send('GET', `${address}/status`);
        break;
      } catch (cause) {
        if (Date.now() > end) throw new Error('WebKitWebDriver does not answer.', { cause });
      }
    }
    const browserOptions = { binary: MINI_BROWSER, args: ['--automation'] };
    const capabilities = { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': browserOptions } };
    const { sessionId } = (await this.#send('POST', `${address}/session`, { capabilities })) as { sessionId: string };
    return `${address}/session/${sessionId}`;
  }

  async #send(method: string, url: string, body?: object): Promise<unknown> {
    const answer = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = (await answer.json()) as { value: unknown };
    if (!answer.ok) throw new Error(`WebKitWebDriver: ${JSON.stringify(value)}`);
    return value;
  }
}

export function webkitLauncher(): BrowserLauncher {
  const driver = process.env['WEBKIT_DRIVER_PATH'];
  if (!driver) throw new Error('WEBKIT_DRIVER_PATH is not set. Run the tests by `npm test`.');
  return new WebKitLauncher(driver);
}

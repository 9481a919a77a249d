import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { launch, type Browser } from 'puppeteer-core';
import { launchOptions, type BrowserName } from './browser-options.js';
import { killAtExit } from './kill-at-exit.js';

const run = promisify(execFile);

/** A real PulseAudio with a microphone, _Built-in_, that hums, and a speaker. Others are plugged in and unplugged. */
export class SoundServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'omni-call-sound-'));
  readonly #child: ChildProcess;
  readonly #env: Record<string, string | undefined>;
  readonly #plugged = new Map<string, string>();

  private constructor() {
    const socket = join(this.#folder, 'socket');
    this.#env = { ...process.env, PULSE_SERVER: `unix:${socket}` };
    const modules = [
      `module-native-protocol-unix socket=${socket} auth-anonymous=1`,
      'module-null-sink sink_properties=device.description=Speaker',
      'module-sine-source source_name=built-in source_properties=device.description=Built-in',
    ];
    const alone = ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', '--log-level=info'];
    const args = [...alone, ...modules.flatMap((module) => ['-L', module])];
    const env = { ...process.env, HOME: this.#folder, XDG_RUNTIME_DIR: this.#folder };
    const binary = process.env['PULSEAUDIO_PATH'] ?? 'pulseaudio';
    this.#child = spawn(binary, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    killAtExit(this.#child);
  }

  static async start(): Promise<SoundServer> {
    const server = new SoundServer();
    const child = server.#child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => reject(new Error(`pulseaudio ended with ${code}: ${said}`)));
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('Daemon startup complete')) resolve();
      });
    });
    return server;
  }

  /** A browser that has these devices, and no camera. `preferences`: of Firefox. */
  launchBrowser(name: BrowserName, preferences: Readonly<Record<string, boolean>> = {}): Promise<Browser> {
    const { args = [], extraPrefsFirefox, ...options } = launchOptions(name);
    const real = { ...extraPrefsFirefox, 'media.navigator.streams.fake': false, ...preferences };
    return launch({
      ...options,
      args: args.filter((arg) => arg !== '--use-fake-device-for-media-stream'),
      ...(extraPrefsFirefox && { extraPrefsFirefox: real }),
      env: this.#env,
    });
  }

  /** Plugs in a microphone of that name, which hums as well. */
  async plug(name: string): Promise<void> {
    const source = [`source_name=${name}`, `source_properties=device.description=${name}`];
    this.#plugged.set(name, await this.#control('load-module', 'module-sine-source', ...source));
  }

  async unplug(name: string): Promise<void> {
    await this.#control('unload-module', this.#plugged.get(name) ?? '');
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await gone;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #control(...args: string[]): Promise<string> {
    const { stdout } = await run(process.env['PACTL_PATH'] ?? 'pactl', args, { env: this.#env });
    return stdout.trim();
  }
}

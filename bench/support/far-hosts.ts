import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { NetworkHost, run } from '../../test/support/network-host.js';

const FORWARDER = fileURLToPath(new URL('delaying-forwarder.py', import.meta.url));

/** A network device with its address. */
interface End {
  device: string;
  address: string;
}

/**
 * Hosts of their own for two browsers, and this machine for the servers: what one of the three sends to another takes
 * as many milliseconds as was set. Linux only, as root.
 */
export class FarHosts {
  readonly hosts: readonly [NetworkHost, NetworkHost];
  readonly #forwarder: ChildProcess;

  private constructor(server: End, ends: readonly [End, End], forwarder: ChildProcess) {
    this.#forwarder = forwarder;
    run('ip', ['addr', 'add', `${server.address}/24`, 'dev', server.device]);
    run('ip', ['link', 'set', server.device, 'up']);
    const open = ({ device, address }: End): NetworkHost => {
      const host = new NetworkHost();
      run('ip', ['link', 'set', device, 'netns', host.name]);
      host.connect({ near: server.device, far: device, gateway: server.address, address: `${address}/24` });
      return host;
    };
    this.hosts = [open(ends[0]), open(ends[1])];
  }

  static async open(): Promise<FarHosts> {
    // One of 64 small networks.
    const end = (name: string, host: number): End => ({
      device: `oc${process.pid % 100_000}${name}`,
      address: `10.${128 + (process.pid % 64)}.64.${host}`,
    });
    const [server, first, second] = [end('s', 1), end('a', 2), end('b', 3)];
    const args = [server, first, second].map(({ device, address }) => `${address}=${device}`);
    const python = process.env['PYTHON_PATH'] ?? 'python3';
    const forwarder = spawn(python, [FORWARDER, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(forwarder, 'exit').then(() => {
      throw new Error('No link with a delay: that takes root, Python and /dev/net/tun.');
    });
    await Promise.race([once(forwarder.stdout, 'data'), ended]);
    // Later it is closed.
    ended.catch(() => undefined);
    return new FarHosts(server, [first, second], forwarder);
  }

  /** Milliseconds from now on, each way. */
  setDelay(delay: number): void {
    this.#forwarder.stdin?.write(`${delay}\n`);
  }

  /** The browsers are to be closed before. */
  async close(): Promise<void> {
    const ended = once(this.#forwarder, 'exit');
    this.#forwarder.stdin?.end();
    await ended;
    for (const host of this.hosts) host.close();
  }
}

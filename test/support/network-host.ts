import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Browser } from 'puppeteer-core';
import { launchOptions } from './browser-options.js';

export const run = (command: string, args: readonly string[], input?: string): void =>
  void execFileSync(command, args, { input, stdio: ['pipe', 'ignore', 'pipe'] });

/** The link of a host to this machine. */
export interface Wire {
  /** The device here, and the one there. */
  near: string;
  far: string;
  /** This machine's address on it. */
  gateway: string;
  /** The host's address, with the length of the network's prefix. */
  address: string;
}

let hosts = 0;

/**
 * A host of its own for one browser: a network namespace. Its loopback is this machine's, so that the addresses of all
 * servers stay what they are. Linux only, as root.
 */
export class NetworkHost {
  readonly name: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'omni-call-host-'));
  /** No two hosts of this machine have the same. */
  readonly #suffix: string;

  constructor() {
    hosts += 1;
    this.#suffix = `${process.pid % 100_000}h${hosts}`;
    this.name = `omni-call-${process.pid}-${hosts}`;
    run('ip', ['netns', 'add', this.name]);
  }

  /** Runs a command there. */
  run(command: string, args: readonly string[], input?: string): void {
    run('ip', ['netns', 'exec', this.name, command, ...args], input);
  }

  /** Starts Chromium there, with these arguments beside the usual ones. Close it before the host. */
  async launchBrowser(more: readonly string[] = []): Promise<Browser> {
    const { executablePath, args = [], ...options } = launchOptions('chromium');
    const start = join(this.#folder, 'chromium');
    writeFileSync(start, `#!/bin/sh\nexec ip netns exec ${this.name} ${executablePath} "$@"\n`, { mode: 0o755 });
    return launch({ ...options, args: [...args, ...more], executablePath: start, pipe: true });
  }

  /** Brings the host's end of the wire up, and this machine's loopback to the host. The device here has to be up. */
  connect({ near, far, gateway, address }: Wire): void {
    this.run('ip', ['addr', 'add', address, 'dev', far]);
    this.run('ip', ['link', 'set', far, 'up']);
    this.run('ip', ['link', 'set', 'lo', 'up']);
    this.run('ip', ['route', 'add', 'default', 'via', gateway]);
    // Packets to a loopback address leave the host, which Linux lets happen where it is told to.
    this.run('sh', ['-c', 'echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet']);
    writeFileSync(`/proc/sys/net/ipv4/conf/${near}/route_localnet`, '1');
    this.run(
      'nft',
      ['-f', '-'],
      `table ip omni_way {
        chain out { type nat hook output priority -100; ip daddr 127.0.0.1 dnat to ${gateway}; }
        chain post { type nat hook postrouting priority 100; oifname "${far}" masquerade; }
      }`,
    );
    const [own] = address.split('/');
    run(
      'nft',
      ['-f', '-'],
      `table ip ${this.#table} {
        chain pre {
          type nat hook prerouting priority -100;
          iifname "${near}" ip saddr ${own} ip daddr ${gateway} dnat to 127.0.0.1;
        }
      }`,
    );
  }

  close(): void {
    // What is not there any more, or never was, is as good as removed.
    for (const [command, ...args] of [
      ['nft', 'delete', 'table', 'ip', this.#table],
      ['ip', 'netns', 'del', this.name],
    ] as const) {
      try {
        run(command, args);
      } catch {
        continue;
      }
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #table(): string {
    return `omni_call_${this.#suffix}`;
  }
}

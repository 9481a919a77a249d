import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Browser } from 'puppeteer-core';
import { launchOptions } from './browser-options.js';

export interface Badness {
  /** Kilobits a second, each way. */
  rate: number;
  /** Of a hundred packets, each way. */
  loss: number;
}

const run = (command: string, args: readonly string[], input?: string): void =>
  void execFileSync(command, args, { input, stdio: ['pipe', 'ignore', 'pipe'] });

let links = 0;

/**
 * A host of its own for one browser, a network namespace, whose link to this machine can be made narrow and lossy.
 * The loopback of that host is this machine's: the addresses of all servers stay what they are. Linux only, as root.
 */
export class BadLink {
  readonly #name: string;
  readonly #near: string;
  readonly #far: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'omni-call-link-'));

  private constructor() {
    links += 1;
    this.#name = `omni-call-${process.pid}-${links}`;
    this.#near = `oc${process.pid % 100_000}n${links}`;
    this.#far = `oc${process.pid % 100_000}f${links}`;
  }

  static open(): BadLink {
    const link = new BadLink();
    try {
      link.#make();
    } catch (cause) {
      link.close();
      throw new Error('A network namespace could not be made: that takes root, iproute2 and nftables.', { cause });
    }
    return link;
  }

  /** Starts Chromium there, with these arguments beside the usual ones. Close it before the link. */
  async launchBrowser(more: readonly string[] = []): Promise<Browser> {
    const { executablePath, args = [], ...options } = launchOptions('chromium');
    const start = join(this.#folder, 'chromium');
    writeFileSync(start, `#!/bin/sh\nexec ip netns exec ${this.#name} ${executablePath} "$@"\n`, { mode: 0o755 });
    return launch({ ...options, args: [...args, ...more], executablePath: start, pipe: true });
  }

  /** From now on the link is that bad, each way. */
  worsen({ rate, loss }: Badness): void {
    // As much as a home router keeps waiting.
    const queue = ['tbf', 'rate', `${rate}kbit`, 'burst', '4kb', 'latency', '200ms'];
    run('tc', ['qdisc', 'replace', 'dev', this.#near, 'root', ...queue]);
    this.#inside('tc', ['qdisc', 'replace', 'dev', this.#far, 'root', ...queue]);
    const drop = `numgen random mod 100 < ${loss} drop`;
    this.#inside(
      'nft',
      ['-f', '-'],
      `table ip omni_loss {
        chain in { type filter hook input priority 0; iifname "${this.#far}" ${drop}; }
        chain out { type filter hook output priority 0; oifname "${this.#far}" ${drop}; }
      }`,
    );
  }

  /** From now on it is as good as it was. */
  mend(): void {
    run('tc', ['qdisc', 'del', 'dev', this.#near, 'root']);
    this.#inside('tc', ['qdisc', 'del', 'dev', this.#far, 'root']);
    this.#inside('nft', ['delete', 'table', 'ip', 'omni_loss']);
  }

  close(): void {
    // What is not there any more, or never was, is as good as removed.
    for (const [command, ...args] of [
      ['nft', 'delete', 'table', 'ip', this.#table],
      ['ip', 'link', 'del', this.#near],
      ['ip', 'netns', 'del', this.#name],
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
    return this.#name.replaceAll('-', '_');
  }

  #inside(command: string, args: readonly string[], input?: string): void {
    run('ip', ['netns', 'exec', this.#name, command, ...args], input);
  }

  #make(): void {
    const [near, far] = [this.#near, this.#far];
    // One of 64 × 64 small networks.
    const network = `10.${64 + (process.pid % 64)}.${64 + links}`;
    run('ip', ['netns', 'add', this.#name]);
    run('ip', ['link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', this.#name]);
    run('ip', ['addr', 'add', `${network}.1/30`, 'dev', near]);
    run('ip', ['link', 'set', near, 'up']);
    this.#inside('ip', ['addr', 'add', `${network}.2/30`, 'dev', far]);
    this.#inside('ip', ['link', 'set', far, 'up']);
    this.#inside('ip', ['link', 'set', 'lo', 'up']);
    this.#inside('ip', ['route', 'add', 'default', 'via', `${network}.1`]);
    // Packets to a loopback address leave the host, which Linux lets happen where it is told to.
    this.#inside('sh', ['-c', 'echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet']);
    writeFileSync(`/proc/sys/net/ipv4/conf/${near}/route_localnet`, '1');
    this.#inside(
      'nft',
      ['-f', '-'],
      `table ip omni_way {
        chain out { type nat hook output priority -100; ip daddr 127.0.0.1 dnat to ${network}.1; }
        chain post { type nat hook postrouting priority 100; oifname "${far}" masquerade; }
      }`,
    );
    run(
      'nft',
      ['-f', '-'],
      `table ip ${this.#table} {
        chain pre { type nat hook prerouting priority -100; iifname "${near}" ip daddr ${network}.1 dnat to 127.0.0.1; }
      }`,
    );
  }
}

import type { Browser } from 'puppeteer-core';
import { NetworkHost, run } from './network-host.js';

export interface Badness {
  /** Kilobits a second, each way. */
  rate: number;
  /** Of a hundred packets, each way. */
  loss: number;
}

let links = 0;

/** A host of its own for one browser, whose link to this machine can be made narrow and lossy. */
export class BadLink {
  readonly #near: string;
  readonly #far: string;
  #host: NetworkHost | null = null;

  private constructor() {
    links += 1;
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
  launchBrowser(more: readonly string[] = []): Promise<Browser> {
    return this.#there.launchBrowser(more);
  }

  /** From now on the link is that bad, each way. */
  worsen({ rate, loss }: Badness): void {
    // As much as a home router keeps waiting.
    const queue = ['tbf', 'rate', `${rate}kbit`, 'burst', '4kb', 'latency', '200ms'];
    run('tc', ['qdisc', 'replace', 'dev', this.#near, 'root', ...queue]);
    this.#there.run('tc', ['qdisc', 'replace', 'dev', this.#far, 'root', ...queue]);
    const drop = `numgen random mod 100 < ${loss} drop`;
    this.#there.run(
      'nft',
      ['-f', '-'],
      `table ip omni_loss {
        chain in { type filter hook input priority 0; iifname "${this.#far}" ${drop}; }
        chain out { type filter hook output priority 0; oifname "${this.#far}" ${drop}; }
      }`,
    );
  }

  /**
   * From now on all sound and picture is lost, each way, for they go by UDP, unless by way of this port. What pages say to
   * servers comes through.
   */
  loseMedia(butPort = 0): void {
    this.#there.run(
      'nft',
      ['-f', '-'],
      `table ip omni_no_media {
        chain in { type filter hook input priority 0; iifname "${this.#far}" udp sport != ${butPort} drop; }
        chain out { type filter hook output priority 0; oifname "${this.#far}" udp dport != ${butPort} drop; }
      }`,
    );
  }

  /** From now on sound and picture come through again. */
  giveMediaBack(): void {
    this.#there.run('nft', ['delete', 'table', 'ip', 'omni_no_media']);
  }

  /** From now on it is as good as it was. */
  mend(): void {
    run('tc', ['qdisc', 'del', 'dev', this.#near, 'root']);
    this.#there.run('tc', ['qdisc', 'del', 'dev', this.#far, 'root']);
    this.#there.run('nft', ['delete', 'table', 'ip', 'omni_loss']);
  }

  /** Another address of this machine, reached by the link, which no server takes for that of a private network. */
  addPublicAddress(): string {
    // The networks that are kept for measuring networks.
    const address = `198.18.${process.pid % 256}.${links}`;
    run('ip', ['addr', 'add', `${address}/32`, 'dev', this.#near]);
    return address;
  }

  /** Its host goes, and both ends of the link with it. */
  close(): void {
    this.#host?.close();
  }

  get #there(): NetworkHost {
    if (!this.#host) throw new Error('The link is not open.');
    return this.#host;
  }

  #make(): void {
    this.#host = new NetworkHost();
    const [near, far] = [this.#near, this.#far];
    // One of 64 × 64 small networks.
    const network = `10.${64 + (process.pid % 64)}.${64 + links}`;
    run('ip', ['link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', this.#host.name]);
    run('ip', ['addr', 'add', `${network}.1/30`, 'dev', near]);
    run('ip', ['link', 'set', near, 'up']);
    this.#host.connect({ near, far, gateway: `${network}.1`, address: `${network}.2/30` });
  }
}

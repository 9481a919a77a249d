import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The network between a page and a server: it can be cut, so that nothing comes through and nobody is told, and mended. */
export class Cuttable {
  /** The address to reach the server by. */
  readonly url: string;
  readonly #sockets = new Set<Socket>();
  readonly #close: () => Promise<void>;
  #isCut = false;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  /** `to`: the server's address, whether or not it listens yet. */
  static async open(to: string): Promise<Cuttable> {
    const { hostname, port, protocol } = new URL(to);
    const server = createServer((near) => network.#join(near, connect(Number(port), hostname)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `${protocol}//127.0.0.1:${(server.address() as AddressInfo).port}`;
    const network: Cuttable = new Cuttable(url, async () => {
      server.close();
      for (const socket of network.#sockets) socket.destroy();
      await once(server, 'close');
    });
    return network;
  }

  /** From now on all that is sent is lost. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** As `cut`, and both ends are told that their connections are gone. */
  break(): void {
    this.cut();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** From now on connections come about again. Those of before the cut are gone. */
  mend(): void {
    this.#isCut = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): Promise<void> {
    return this.#close();
  }

  #join(near: Socket, far: Socket): void {
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one);
      one.on('data', (data) => other.write(data));
      one.on('end', () => other.end());
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      if (this.#isCut) one.pause();
    }
  }
}

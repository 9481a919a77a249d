import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server of a test's own, on the loopback. */
export class LoopbackHttp {
  readonly #http;

  constructor(answer: RequestListener) {
    this.#http = createServer(answer);
  }

  /** Resolves once it takes connections, on that port or on a free one. */
  listen(port = 0): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Whoever is connected is cut off. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }
}

import { expect } from 'chai';
import { socketUrl } from '../../../src/signalling/socket-url.js';

describe('the address of the WebSocket', () => {
  const rows = [
    ['https://calls.example.com', 'wss://calls.example.com/ws'],
    ['http://localhost:8080/', 'ws://localhost:8080/ws'],
    ['https://example.com/calls/?token=no#no', 'wss://example.com/calls/ws'],
    ['/calls', 'ws://page.example/calls/ws'],
  ] as const;
  for (const [server, url] of rows) {
    it(`of ${server} is ${url}`, () => {
      expect(socketUrl(server, 'http://page.example/some/page.html')).to.equal(url);
    });
  }

  for (const server of ['ftp://example.com', 'http://', 'javascript:alert(1)']) {
    it(`of ${server} is none`, () => {
      expect(() => socketUrl(server, 'http://page.example/'))
        .to.throw()
        .with.property('code', 'bad-request');
    });
  }
});

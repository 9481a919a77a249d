import { expect } from 'chai';
import { serverAddress } from '../../../src/signalling/server-address.js';

describe('the address of the call server', () => {
  const rows = [
    ['https://calls.example.com', 'https://calls.example.com'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['https://example.com/calls/?token=no#no', 'https://example.com/calls'],
    ['/calls', 'http://page.example/calls'],
  ] as const;
  for (const [server, address] of rows) {
    it(`that a page names ${server} is ${address}`, () => {
      expect(serverAddress(server, 'http://page.example/some/page.html')).to.equal(address);
    });
  }

  for (const server of ['ftp://example.com', 'http://', 'javascript:alert(1)']) {
    it(`of ${server} is none`, () => {
      expect(() => serverAddress(server, 'http://page.example/'))
        .to.throw()
        .with.property('code', 'bad-request');
    });
  }
});

import { expect } from 'chai';
import { TokenSource, bearerOf } from '../../../src/signalling/token-source.js';

const jwt = (exp: number): string => `head.${btoa(JSON.stringify({ sub: 'me', exp })).replace(/=+$/, '')}.signature`;

describe('the token for a connection', () => {
  it('is the one that the page gave', async () => {
    const tokens = new TokenSource('given', () => 0);
    expect(await tokens.get()).to.equal('given');
    expect(tokens.refused()).to.equal(false);
  });

  it('is asked for once while it is of use', async () => {
    let asked = 0;
    const tokens = new TokenSource(
      () => `token-${++asked}`,
      () => 0,
    );
    expect([await tokens.get(), await tokens.get()]).to.deep.equal(['token-1', 'token-1']);
  });

  it('is kept where it is a JWT without claims, or none', async () => {
    for (const token of [`head.${btoa('null')}.signature`, `head.${btoa('1')}.signature`, 'head.%.signature', 'word']) {
      const tokens = new TokenSource(
        () => token,
        () => 0,
      );
      expect([await tokens.get(), await tokens.get()]).to.deep.equal([token, token]);
      expect(bearerOf(token)).to.equal(token);
    }
  });

  it('is asked for anew when it is refused, unless it was new', async () => {
    let asked = 0;
    const tokens = new TokenSource(
      () => `token-${++asked}`,
      () => 0,
    );
    await tokens.get();
    expect(tokens.refused()).to.equal(false);
    await tokens.get();
    await tokens.get();
    expect(tokens.refused()).to.equal(true);
    expect(await tokens.get()).to.equal('token-3');
  });

  it('is asked for anew when it expires', async () => {
    let now = 0;
    const tokens = new TokenSource(
      () => jwt((now + 60_000) / 1000),
      () => now,
    );
    const first = await tokens.get();
    now = 40_000;
    expect(await tokens.get()).to.equal(first);
    now = 55_000;
    expect(await tokens.get()).not.to.equal(first);
  });

  it('tells when the page cannot get one', async () => {
    const cause = new Error('no');
    const tokens = new TokenSource(
      () => Promise.reject(cause),
      () => 0,
    );
    const error: unknown = await tokens.get().catch((reason: unknown) => reason);
    expect(error).to.deep.include({ code: 'unauthorized', retryable: true, cause });
  });
});

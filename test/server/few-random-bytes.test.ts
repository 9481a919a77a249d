import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fewRandomBytes } from '../../server/few-random-bytes.js';

describe('a few random bytes', () => {
  it('are as many as asked for, never the same twice, and stay what they were', () => {
    // More than are drawn at once, and no divisor of that.
    const all = Array.from({ length: 1000 }, () => fewRandomBytes(12));
    const texts = all.map((bytes) => bytes.toString('hex'));
    assert.ok(texts.every((text) => text.length === 24));
    assert.equal(new Set(texts).size, 1000);
    fewRandomBytes(4096);
    assert.deepEqual(
      all.map((bytes) => bytes.toString('hex')),
      texts,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { isNamed } from './authenticator.ts';

describe('an address at which an authenticator can be asked', () => {
  it.each([
    ['localhost', true],
    ['chungtay.napan.gov.vn', true],
    ['127.0.0.1', false],
    ['192.168.1.20', false],
    ['[::1]', false],
    ['fe80::1', false],
  ])('[VLT-11] %s: a name, not a number', (host, isOne) => {
    expect(isNamed(host)).toBe(isOne);
  });
});

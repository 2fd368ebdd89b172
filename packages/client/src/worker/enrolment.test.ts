import { parseInvitationCode } from '@chungtay/core/model/invitation';
import { describe, expect, it } from 'vitest';
import { makeDeviceKeys } from '../platform/device-keys.ts';
import { identityFor } from './identity.support.ts';
import {
  type Identity,
  base64UrlOf,
  bytesOfBase64Url,
  decodeIdentity,
  encodeIdentity,
  identityOf,
} from './identity.ts';

describe('an invitation code', () => {
  it.each([
    ['0123456789ABCDEF', '0123456789ABCDEF'],
    ['7k2m-9qxa-4tpd-0b3h', '7K2M9QXA4TPD0B3H'],
    [' 7K2M 9QXA 4TPD 0B3H ', '7K2M9QXA4TPD0B3H'],
    ['oO1lIi7K2M9QXA4T', '0011117K2M9QXA4T'],
    ['', null],
    ['7K2M9QXA4TPD0B3', null],
    ['7K2M9QXA4TPD0B3HH', null],
    ['7K2M9QXA4TPD0B3U', null],
    ['7K2M9QXA4TPD0B3H#', null],
    ['７Ｋ2M–9QXA—4TPD.0B3H', '7K2M9QXA4TPD0B3H'],
    ['http://127.0.0.1:8080/#i=7K2M-9QXA-4TPD-0B3H', '7K2M9QXA4TPD0B3H'],
    ['7K2M9QXА4TPD0B3H (a Cyrillic А)', null],
    ['7K2M9QXА4TPD0B3H', null],
  ])('[VLT-4] “%s” is read as %s', (typed, code) => {
    expect(parseInvitationCode(typed)).toBe(code);
  });
});

describe('the Hub’s answer', () => {
  const { hubSignKey, hubSealKey, passport, ...plain } = identityFor('nurse', 'Rơ Châm H’Yéo');
  const hub = { signKey: base64UrlOf(hubSignKey), sealKey: base64UrlOf(hubSealKey) };
  const answer = { ...plain, hub, passport: base64UrlOf(passport) };

  it('[VLT-4] becomes who this tablet is, and comes back whole from the vault', async () => {
    const identity = identityOf(answer);
    expect(identity).toEqual(identityFor('nurse', 'Rơ Châm H’Yéo'));
    const keys = await makeDeviceKeys();
    expect(identity && decodeIdentity(encodeIdentity(identity, keys))).toEqual({ identity, keys });
  });

  it('[VLT-4] of a release that gave no passport is read with an empty one', async () => {
    const { passport: _none, ...older } = identityFor('nurse');
    const bytes = encodeIdentity(older as Identity, await makeDeviceKeys());
    expect(decodeIdentity(bytes).identity.passport).toEqual(new Uint8Array(0));
  });

  it.each([
    ['nothing', null],
    ['a page', '<html>'],
    ['no keys', { ...answer, hub: {} }],
    ['a short key', { ...answer, hub: { ...answer.hub, signKey: 'AAAA' } }],
    ['a key that is no base64', { ...answer, hub: { ...answer.hub, sealKey: '§§§' } }],
    ['no passport', { ...answer, passport: undefined }],
    ['no device', { ...answer, device: 'x' }],
    ['a role there is not', { ...answer, principal: { ...answer.principal, role: 'king' } }],
    ['leases of one end', { ...answer, leases: [[1]] }],
    ['a member below zero', { ...answer, member: -1 }],
  ])('[VLT-4] %s is no answer', (_what, given) => {
    expect(identityOf(given)).toBeNull();
  });

  it.each([[[]], [[0]], [[255, 254, 253]], [[62, 63, 64, 65]]])('[VLT-4] bytes survive base64url: %j', (bytes) => {
    const text = base64UrlOf(Uint8Array.from(bytes));
    expect(text).toMatch(/^[A-Za-z0-9_-]*$/u);
    expect(bytesOfBase64Url(text)).toEqual(Uint8Array.from(bytes));
  });
});

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHub } from '../e2e/support/hub-process.ts';
import { Device } from './device.ts';
import { valuesOf } from './document.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PEOPLE = ['--name', 'Xã Ea Wy', '--administrator', 'Lò Văn Pản', '--lead', 'Nguyễn Thị Hạnh'];
const hub = makeHub();
const child = newUlid();
const [identity, education] = [`${child}/identity`, `${child}/education`];
let invitation = '';
let lead: Device;
let collaborator: Device;

/** Returns an id as the page asks for it: 26 Crockford characters, of which a device may choose all. */
function newUlid(): string {
  const letters = [...randomBytes(25)].map((byte) => CROCKFORD.charAt(byte & 31));
  return `0${letters.join('')}`;
}

function codeIn(text: string, at = 0): string {
  return [...text.matchAll(/#i=([0-9A-Z]{16})/gu)][at]?.[1] ?? '';
}

beforeAll(async () => {
  const leadCode = codeIn(hub.ct('init', ...PEOPLE), 1);
  invitation = codeIn(hub.ct('invite', '--name', 'H’Bích Niê', '--role', 'collaborator', '--village', '*'));
  await hub.start();
  const url = `http://127.0.0.1:${hub.port()}`;
  lead = await Device.enrol(url, leadCode);
  collaborator = await Device.enrol(url, invitation);
}, 60_000);
afterAll(async () => {
  await Promise.all([lead?.leave(), collaborator?.leave()]);
  await hub.remove();
});

describe('a client written from docs/protocol.md alone', () => {
  it('[WIR-7] writes signed envelopes that the Hub stores, one after another', async () => {
    await lead.connect();
    const written = [
      await lead.write(identity, { village: 'thon-1', name: 'Hoàng Thị Mỷ', birth: '2019-04' }),
      await lead.write(identity, { name: 'Hoàng Thị Mỵ', sex: 'female' }),
      await lead.write(education, { status: 'attending' }),
    ];
    expect(written.map(({ n, verdict }) => [n, verdict])).toEqual([
      [1, 'stored'],
      [2, 'stored'],
      [3, 'stored'],
    ]);
  });

  it('[WIR-7] downloads what it may see, whole or as an extract, and reads its fields', async () => {
    await collaborator.connect();
    expect(collaborator.read(identity, 'name')).toEqual(['Hoàng Thị Mỵ']);
    expect(collaborator.read(identity, 'birth')).toEqual(['2019-04']);
    expect(collaborator.documents.has(education)).toBe(false);
    expect(collaborator.extracts.get(education)).toEqual({ inSchool: true });
    const colleagues = [...collaborator.documents].filter(([document]) => document.endsWith('/member'));
    expect(new Set(colleagues.flatMap(([, held]) => valuesOf(held, 'name')))).toEqual(
      new Set(['H’Bích Niê', 'Lò Văn Pản', 'Nguyễn Thị Hạnh']),
    );
  });

  it('[WIR-7] is refused what is beyond its right, and goes on writing what is not', async () => {
    const beyond = await collaborator.write(education, { status: 'droppedOut' });
    expect(beyond).toMatchObject({ verdict: 'refused', code: 'no-grant' });
    const after = await collaborator.write(identity, { nicknames: 'Mỵ' });
    expect(after).toMatchObject({ n: beyond.n + 1, verdict: 'stored' });
  });

  it('[WIR-7] comes back with its cursor and gets only what changed', async () => {
    await collaborator.leave();
    await lead.until(() => lead.read(identity, 'nicknames').includes('Mỵ'));
    await lead.write(identity, { address: 'Nhà thứ ba bên suối' });
    await collaborator.connect();
    expect(new Set(collaborator.heard)).toEqual(new Set([identity]));
    expect(collaborator.read(identity, 'address')).toEqual(['Nhà thứ ba bên suối']);
    expect(collaborator.read(identity, 'name')).toEqual(['Hoàng Thị Mỵ']);
  });

  it('[WIR-7] sees both values of a field that two wrote apart, and settles it', async () => {
    await collaborator.leave();
    await lead.write(identity, { carerName: 'Hoàng Văn Sử' });
    const apart = collaborator.sign(identity, { carerName: 'Hoàng Văn Sự' });
    await collaborator.connect();
    expect(await collaborator.push(apart)).toMatchObject({ verdict: 'stored' });
    expect(new Set(collaborator.read(identity, 'carerName'))).toEqual(new Set(['Hoàng Văn Sử', 'Hoàng Văn Sự']));
    await collaborator.write(identity, { carerName: 'Hoàng Văn Sử' });
    await lead.until(() => lead.read(identity, 'carerName').length === 1);
    expect(lead.read(identity, 'carerName')).toEqual(['Hoàng Văn Sử']);
  });

  it('[WIR-7] gets the same device for the same keys, and a clear no for a code that is none', async () => {
    // a passport is sealed anew each time
    expect(await lead.enrolAgain()).toEqual({ ...lead.self, passport: expect.any(String) as string });
    await expect(Device.enrol(lead.url, '0000-0000-0000-0000')).rejects.toThrow('404 {"code":"bad-code"}');
  });

  it('[WIR-7] reads a Feed that came in packs', async () => {
    const children = Array.from({ length: 60 }, () => `${newUlid()}/identity`);
    await Promise.all(children.map((one, at) => lead.write(one, { village: 'thon-1', name: `Vừ A Sùng ${at}` })));
    await collaborator.until(() => children.every((one) => collaborator.documents.has(one)));
    const tablet = await Device.enrol(
      lead.url,
      codeIn(hub.ct('invite', '--name', 'Lý Mẩy', '--role', 'collaborator', '--village', '*')),
    );
    await tablet.connect();
    expect(tablet.packs).toBeGreaterThan(0);
    for (const [at, one] of children.entries()) expect(tablet.read(one, 'name')).toEqual([`Vừ A Sùng ${at}`]);
    await tablet.leave();
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { must } from '../base/assert.ts';
import type { Grant } from '../model/grant.ts';
import { documentIdOf } from '../model/ids.ts';
import type { DocumentId, MemberNumber } from '../model/ids.ts';
import { EMPTY_SCOPE } from '../model/principal.ts';
import { firstClientOf } from './leases.ts';
import type { DeviceRow, DocumentHead, FeedEntry, FeedImage, FeedStore, MemberRow } from './ports.ts';
import { verifyStore } from './verify.ts';

let test: TestHub;
beforeEach(async () => {
  test = await new TestHub().start();
  const lead = await (await test.enrol()).connect();
  const document = documentIdOf(test.folder(), 'identity');
  await lead.push(await lead.edit(document, { village: VILLAGES.dong, name: 'Y Thao' }));
  await lead.push(await lead.edit(document, { name: 'Y Thảo' }));
  await lead.push(await lead.edit(documentIdOf(test.folder(), 'identity'), { village: VILLAGES.tay }));
  await test.hub.suspendMember(lead.member);
});

/** The same store as somebody with the disk in his hands would leave it. */
const GRANT: Grant = {
  document: '01JTAB00000000000000000001/access-identity/01JTAB00000000000000000002' as DocumentId,
  member: 3 as MemberNumber,
  compartment: 'identity',
  agency: null,
  askedAtMs: 1,
  fromMs: 0,
  untilMs: 9e12,
};

function tampered(part: Partial<FeedStore>): FeedStore {
  return new Proxy<FeedStore>(test.store, {
    get: (store, name) =>
      Object.hasOwn(part, name)
        ? part[name as keyof FeedStore]
        : (...ask: unknown[]) => (store[name as keyof FeedStore] as (...args: unknown[]) => unknown).apply(store, ask),
  });
}

async function verifyWith(change: (image: FeedImage) => Partial<FeedImage>) {
  const load: FeedStore['load'] = async () => {
    const image = await test.store.load();
    return { ...image, ...change(image) };
  };
  return verifyStore(tampered({ load }), test.world.crypto);
}

function rowsWith<Row>(row: Row, change: (row: Row) => Partial<Row> | null): readonly Row[] {
  const part = change(row);
  return part ? [{ ...row, ...part }] : [];
}

async function damagesWith(change: (entries: FeedEntry[]) => readonly FeedEntry[]): Promise<readonly string[]> {
  const { headSeq } = await test.store.load();
  const changed = change([...(await test.store.readEntries(0, headSeq, headSeq))]);
  const readEntries: FeedStore['readEntries'] = (after, upTo, limit) =>
    Promise.resolve(changed.filter(({ seq }) => seq > after && seq <= upTo).slice(0, limit));
  const { damages } = await verifyStore(tampered({ readEntries }), test.world.crypto);
  return [...new Set(damages.map(({ is }) => is))];
}

describe('the audit chain', () => {
  it('[AUD-2] proves an untouched store whole: chain, signatures, and states made anew', async () => {
    const { headSeq, documents } = await test.store.load();
    const verified = await verifyStore(test.store, test.world.crypto);
    expect(verified).toEqual({ entries: headSeq, documents: documents.length, damages: [] });
  });

  it('[AUD-1] shows every entry removed, changed, swapped or put in, wherever', async () => {
    const { headSeq } = await test.store.load();
    for (let at = 0; at < headSeq; at += 1) {
      expect(await damagesWith((entries) => entries.toSpliced(at, 1))).toContain('chain');
      const later = (entry: FeedEntry): FeedEntry => ({ ...entry, atMs: entry.atMs + 1 });
      expect(await damagesWith((entries) => entries.with(at, later(must(entries[at], 'an entry'))))).toContain('chain');
      const cut = (entry: FeedEntry): FeedEntry => ({
        ...entry,
        body: entry.body.map((byte, i) => (i === 9 ? byte ^ 1 : byte)),
      });
      expect(await damagesWith((entries) => entries.with(at, cut(must(entries[at], 'an entry'))))).toContain('chain');
    }
    const swap = ([first, second, ...rest]: FeedEntry[]): FeedEntry[] => {
      const [one, two] = [must(first, 'an entry'), must(second, 'an entry')];
      return [{ ...two, seq: one.seq }, { ...one, seq: two.seq }, ...rest];
    };
    expect(await damagesWith(swap)).toContain('chain');
  });

  it('[AUD-2] shows an envelope that its device did not sign', async () => {
    const forged = await damagesWith((entries) =>
      entries.map((entry) => (entry.type === 'envelope' ? { ...entry, body: entry.body.toReversed() } : entry)),
    );
    expect(forged).toContain('signature');
    const renamed = await damagesWith((entries) =>
      entries.map((entry) => (entry.type === 'envelope' ? { ...entry, n: entry.n + 1 } : entry)),
    );
    expect(renamed).toContain('signature');
  });

  it.each<[string, (row: MemberRow) => Partial<MemberRow> | null]>([
    ['is not suspended', () => ({ suspended: false })],
    ['has another role', ({ principal }) => ({ principal: { ...principal, role: 'chair' } })],
    ['serves another village', ({ principal }) => ({ principal: { ...principal, villages: [VILLAGES.tay] } })],
    ['is named for more', ({ principal }) => ({ principal: { ...principal, namedFor: ['hiv'] } })],
    ['has another end', ({ principal }) => ({ principal: { ...principal, untilMs: 9e12 } })],
    ['has another name', () => ({ name: 'Ai đó' })],
    ['is of another entry', ({ seq }) => ({ seq: seq - 1 })],
    ['is somebody else', () => ({ member: 77 as MemberRow['member'] })],
    ['is missing', () => null],
  ])('[AUD-5] shows somebody who %s, other than the log says', async (_what, change) => {
    const { damages } = await verifyWith((image) => ({
      members: image.members.flatMap((row) => rowsWith(row, change)),
    }));
    expect(damages).toContainEqual({ is: 'member', member: 1 });
  });

  it.each<[string, (row: DeviceRow) => Partial<DeviceRow> | null]>([
    ['is believed again', () => ({ revoked: false })],
    ['signs with another key', ({ signKey }) => ({ signKey: signKey.toReversed() })],
    ['opens with another key', ({ sealKey }) => ({ sealKey: sealKey.map((byte) => byte ^ 1) })],
    ['is somebody else’s', () => ({ member: 2 as DeviceRow['member'] })],
    ['has lost its client ids', () => ({ leases: [] })],
    ['has written less', ({ lastN }) => ({ lastN: lastN - 1 })],
    ['is missing', () => null],
  ])('[AUD-5] shows a device that %s, other than the log says', async (_what, change) => {
    const { devices } = await test.store.load();
    const { device } = must(
      devices.find(({ member }) => member === 1),
      'a device',
    );
    await test.hub.revokeDevice(device);
    const { damages } = await verifyWith((image) => ({
      devices: image.devices.flatMap((row) => (row.member === 1 ? rowsWith(row, change) : [row])),
    }));
    expect(damages).toContainEqual({ is: 'device', device });
  });

  it.each<[string, (scopes: FeedImage['scopes']) => FeedImage['scopes']]>([
    ['is gone', (scopes) => scopes.slice(1)],
    [
      'is another',
      ([first, ...rest]) => (first ? [{ ...first, scope: { ...first.scope, villages: ['khác'] } }, ...rest] : []),
    ],
    [
      'opens what nobody asked for',
      ([first, ...rest]) => (first ? [{ ...first, scope: { ...first.scope, grants: [GRANT] } }, ...rest] : []),
    ],
  ])('[AUD-5] shows a folder whose label %s', async (_what, change) => {
    const { scopes } = await test.store.load();
    const { damages } = await verifyWith((image) => ({ scopes: change(image.scopes) }));
    expect(damages).toEqual([{ is: 'scope', folder: scopes[0]?.folder }]);
  });

  it.each<[string, (rows: readonly MemberRow[]) => readonly MemberRow[]]>([
    ['is gone', (rows) => rows.slice(1)],
    ['is not there yet', (rows) => rows.slice(0, -1)],
    ['is another', ([first, ...rest]) => (first ? [{ ...first, name: 'Ai đó' }, ...rest] : [])],
    ['began later', ([first, ...rest]) => (first ? [{ ...first, seq: first.seq + 1 }, ...rest] : [])],
    ['was put in', (rows) => [...rows.slice(0, 1), ...rows.slice(0, 1), ...rows.slice(1)]],
  ])('[AUD-5] shows somebody of whom an older row %s: by it a past moment is judged', async (_what, change) => {
    const readMembersOf: FeedStore['readMembersOf'] = async (member) => change(await test.store.readMembersOf(member));
    const { damages } = await verifyStore(tampered({ readMembersOf }), test.world.crypto);
    expect(damages).toContainEqual({ is: 'member', member: 1 });
  });

  it.each<[string, (scopes: FeedImage['scopes']) => FeedImage['scopes']]>([
    ['is gone', (scopes) => scopes.slice(1)],
    [
      'is another',
      ([first, ...rest]) => (first ? [{ ...first, scope: { ...first.scope, villages: ['khác'] } }, ...rest] : []),
    ],
    ['began earlier', ([first, ...rest]) => (first ? [{ ...first, seq: first.seq - 1 }, ...rest] : [])],
  ])('[AUD-5] shows a folder of which an older label %s', async (_what, change) => {
    const lead = await (await test.enrol()).connect();
    const { scopes } = await test.store.load();
    const { folder } = must(
      scopes.find(({ scope }) => scope.villages.includes(VILLAGES.dong)),
      'a folder',
    );
    await lead.push(await lead.edit(documentIdOf(folder, 'identity'), { village: VILLAGES.tay }));
    const readScopesOf: FeedStore['readScopesOf'] = async (of) => {
      const kept = await test.store.readScopesOf(of);
      return of === folder ? change(kept.map((label) => ({ folder, ...label }))) : kept;
    };
    expect((await verifyStore(test.store, test.world.crypto)).damages).toEqual([]);
    expect((await test.store.readScopesOf(folder)).length).toBe(2);
    const { damages } = await verifyStore(tampered({ readScopesOf }), test.world.crypto);
    expect(damages).toEqual([{ is: 'scope', folder }]);
  });

  it('[AUD-5] takes no offence at what is written meanwhile', async () => {
    const { headSeq } = await test.store.load();
    const readScopesOf: FeedStore['readScopesOf'] = async (folder) => [
      ...(await test.store.readScopesOf(folder)),
      { seq: headSeq + 1, scope: EMPTY_SCOPE },
    ];
    expect((await verifyStore(tampered({ readScopesOf }), test.world.crypto)).damages).toEqual([]);
  });

  it.each<[string, (image: FeedImage) => Partial<FeedImage>]>([
    ['an epoch that was not begun', ({ epoch }) => ({ epoch: epoch + 1, nextClientId: firstClientOf(epoch + 1) })],
    ['an epoch without its ids', ({ epoch }) => ({ epoch: epoch + 1 })],
    ['a next client id that a device has', ({ nextClientId }) => ({ nextClientId: nextClientId - 1 })],
    ['a next client id of another epoch', ({ nextClientId }) => ({ nextClientId: nextClientId * 4 })],
  ])('[AUD-5] shows %s', async (_what, change) => {
    expect((await verifyWith(change)).damages).toEqual([{ is: 'ids' }]);
  });

  it('[AUD-5] takes no offence at an epoch whose ids are all leased: it goes on in the range of the next', async () => {
    const overrun = ({ epoch, devices: [one, ...rest] }: FeedImage): Partial<FeedImage> => {
      const to = firstClientOf(epoch + 1) + 2_048;
      const leases = [...(one?.leases ?? []), [to - 2_048, to] as const];
      return { nextClientId: to, devices: one ? [{ ...one, leases }, ...rest] : rest };
    };
    expect((await verifyWith(overrun)).damages).toEqual([]);
    const { damages } = await verifyWith((image) => ({ ...overrun(image), nextClientId: image.nextClientId * 4 }));
    expect(damages).toEqual([{ is: 'ids' }]);
  });

  it('[AUD-5] shows a device whose next envelope would have to follow another than its last, be that stored or refused', async () => {
    const lead = await (await test.enrol({ role: 'nurse' })).connect();
    const refused = await lead.push(await lead.edit(documentIdOf(test.folder(), 'case'), { state: 'open' }));
    expect(refused).toMatchObject([{ verdict: 'refused' }]);
    expect((await verifyStore(test.store, test.world.crypto)).damages).toEqual([]);
    const { devices } = await test.store.load();
    expect(devices.map(({ lastN }) => lastN)).toContain(1);
    for (const { device } of devices) {
      const { damages } = await verifyWith((image) => ({
        devices: image.devices.map((row) =>
          row.device === device ? { ...row, lastHash: row.lastHash.map((byte) => byte ^ 1) } : row,
        ),
      }));
      expect(damages).toEqual([{ is: 'device', device }]);
    }
  });

  it('[AUD-5] shows a device that the log does not know', async () => {
    const device = '01JTAB00000000000000000009' as DeviceRow['device'];
    const { damages } = await verifyWith(({ devices: [one, ...rest] }) => ({
      devices: one ? [one, ...rest, { ...one, device }] : [],
    }));
    expect(damages).toEqual([{ is: 'device', device }]);
  });

  it.each<[string, (head: DocumentHead) => Partial<DocumentHead>]>([
    ['owner', ({ owner }) => ({ owner: (owner + 1) as DocumentHead['owner'] })],
    ['device', () => ({ ownerDevice: '01JTAB00000000000000000009' as DocumentHead['ownerDevice'] })],
    ['last entry', ({ lastSeq }) => ({ lastSeq: lastSeq - 1 })],
    ['time', ({ lastAtMs }) => ({ lastAtMs: lastAtMs ^ 4 })],
    ['first time', ({ firstAtMs }) => ({ firstAtMs: firstAtMs ^ 4 })],
    ['number', ({ number }) => ({ number: number === null ? 'VV-2026-0001' : null })],
  ])('[AUD-2] shows a document that is said to have another %s than its entries make', async (_name, change) => {
    const load: FeedStore['load'] = async () => {
      const image = await test.store.load();
      return {
        ...image,
        documents: image.documents.map((head, at) => (at === 0 ? { ...head, ...change(head) } : head)),
      };
    };
    const { damages } = await verifyStore(tampered({ load }), test.world.crypto);
    expect(damages.map(({ is }) => is)).toEqual(['state']);
  });

  it('[AUD-2] shows a state that is served but was never written', async () => {
    const { documents } = await test.store.load();
    const last = must(documents.at(-1), 'a document').document;
    const first = must(documents.at(-2), 'a document').document;
    const readStates: FeedStore['readStates'] = async (asked) => {
      const states = new Map(await test.store.readStates([...asked, first]));
      if (asked.includes(last)) states.set(last, must(states.get(first), 'a state'));
      return states;
    };
    const { damages } = await verifyStore(tampered({ readStates }), test.world.crypto);
    expect(damages).toEqual([{ is: 'state', document: last }]);
    const load: FeedStore['load'] = async () => {
      const image = await test.store.load();
      return { ...image, documents: image.documents.slice(0, -1) };
    };
    const missing = await verifyStore(tampered({ load }), test.world.crypto);
    expect(missing.damages).toEqual([{ is: 'state', document: last }]);
  });
});

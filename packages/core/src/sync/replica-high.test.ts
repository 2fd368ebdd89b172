import { describe, expect, it } from 'vitest';
import { TestHub } from '../../../../test/fixtures/hub.ts';
import { enrolTablet, type Tablet } from '../../../../test/fixtures/tablet.ts';
import { type DocumentId, documentIdOf, makeUlid } from '../model/ids.ts';
import { isHighDocument } from '../policy/lease.ts';
import { ClientSession } from './client-session.ts';
import { HIGH_AREAS, type ReplicaArea, type ReplicaStore } from './ports.ts';
import { openReplica } from './replica.ts';

const CANARY = 'CANARY sau trường học';
const HIGH: ReadonlySet<ReplicaArea> = new Set(HIGH_AREAS);
const OPEN: readonly ReplicaArea[] = ['log', 'outbox', 'kept', 'packs', 'quarantine', 'meta', 'drafts'];

function write(tablet: Tablet, document: DocumentId, summary = CANARY) {
  return tablet.replica.edit([{ document, sets: [{ name: 'summary', value: summary }] }]);
}

async function begin() {
  const test = await new TestHub().start();
  const tablet = await enrolTablet(test, { namedFor: ['sealed'] });
  const report = (kind = 'sealed-intake') => documentIdOf(test.folder(), kind, makeUlid(test.world));
  return { test, tablet, report };
}

/** The areas of a disk that hold the words, as a thief without the key of the short lease finds them. */
async function areasWith(tablet: Tablet, areas: readonly ReplicaArea[], words = CANARY): Promise<readonly string[]> {
  const found: string[] = [];
  for (const area of areas) {
    const { records } = await tablet.store.readAll(area);
    if (records.some(({ bytes }) => Buffer.from(bytes).includes(words))) found.push(area);
  }
  return found;
}

/** Starts the tablet again as one whose key is gone: it reads nothing under it, and keeps nothing that it could read. */
async function startShut(tablet: Tablet, test: TestHub, isShut: (document: DocumentId) => boolean): Promise<void> {
  tablet.stop();
  tablet.store = tablet.store.reopen();
  const disk = tablet.store;
  const store: ReplicaStore = {
    commit: (batch) => disk.commit(batch.filter(({ area }) => !HIGH.has(area))),
    readAll: (area) => (HIGH.has(area) ? Promise.resolve({ records: [], damaged: 0 }) : disk.readAll(area)),
    read: (area, key) => (HIGH.has(area) ? Promise.resolve(null) : disk.read(area, key)),
  };
  const { world, signer, identity } = tablet;
  const seal = (bytes: Uint8Array) => Promise.resolve(test.lock.seal(bytes));
  tablet.replica = await openReplica({ world, store, signer, identity, seal, sealsOnly: isShut });
  const dial = tablet.network.dialTo(() => (socket) => test.hub.accept(socket));
  tablet.session = new ClientSession({ world, dial, sync: tablet.replica.sync });
}

describe('documents of the short lease', () => {
  it('[LSE-5] lie in areas of their own: waiting, answered, folded, and from a download', async () => {
    const { test, tablet, report } = await begin();
    tablet.stop();
    await write(tablet, report());
    expect(await areasWith(tablet, HIGH_AREAS)).toEqual(['highOutbox']);
    await tablet.wake();
    await tablet.replica.fold(60_000);
    await test.pass(5_000);
    expect(await areasWith(tablet, HIGH_AREAS)).toEqual(['highKept', 'highPacks']);
    const { code } = await test.hub.invite({ ...NOBODY, namedFor: ['sealed'] });
    const second = await enrolTablet(test, { namedFor: ['sealed'] });
    expect([code.length, second.replica.documents().size > 0]).toEqual([16, true]);
    expect(await areasWith(second, HIGH_AREAS)).toEqual(['highLog']);
    for (const one of [tablet, second]) expect(await areasWith(one, OPEN)).toEqual([]);
    await tablet.start();
    expect(await areasWith(tablet, OPEN)).toEqual([]);
  });

  it('[LSE-5] of an earlier release are moved to where they belong at the first start', async () => {
    const { test, tablet, report } = await begin();
    const [answered, waiting] = [report(), report()];
    await write(tablet, answered);
    await test.pass(5_000);
    tablet.stop();
    await write(tablet, waiting);
    for (const area of HIGH_AREAS) {
      const former = area.charAt(4).toLowerCase() + area.slice(5);
      const { records } = await tablet.store.readAll(area);
      for (const { key, bytes } of records) {
        const free = former === 'log' ? `9${key.slice(1)}` : key;
        await tablet.store.commit([
          { area, key, bytes: null },
          { area: former as ReplicaArea, key: free, bytes },
        ]);
      }
    }
    expect(await areasWith(tablet, ['log', 'outbox'])).toEqual(['log', 'outbox']);
    await tablet.start();
    await test.pass(5_000);
    expect(await areasWith(tablet, ['log', 'outbox', 'packs', 'quarantine'])).toEqual([]);
    expect([answered, waiting].map((one) => tablet.replica.read(one)?.access)).toEqual(['whole', 'whole']);
    expect(tablet.replica.counts()).toMatchObject({ waiting: 0, quarantined: 0 });
  });

  it('[P14] [LSE-6] without their key are not there; what was not sent of them counts, and is handed in sealed', async () => {
    const { test, tablet, report } = await begin();
    const [known, open] = [report(), report('intake')];
    await write(tablet, known);
    await write(tablet, open, 'để ngỏ');
    await test.pass(5_000);
    tablet.stop();
    await write(tablet, known, 'CANARY viết thêm');
    await startShut(tablet, test, isHighDocument);
    expect(tablet.replica.read(known)).toBeNull();
    expect(tablet.replica.documents().has(known)).toBe(false);
    expect(tablet.replica.read(open)?.access).toBe('whole');
    expect(tablet.replica.counts()).toMatchObject({ waiting: 1, quarantined: 0 });
    await test.hub.revokeDevice(tablet.identity.device);
    await tablet.wake();
    await test.pass(30_000);
    expect(tablet.replica.counts().waiting).toBe(0);
    const judged = await test.store.readJudged(tablet.identity.device, 3);
    expect(judged).not.toBeNull();
  });

  it('[P14] [LSE-6] with their key again are there as before, and what waited is delivered once', async () => {
    const { test, tablet, report } = await begin();
    const known = report();
    await write(tablet, known);
    await test.pass(5_000);
    tablet.stop();
    await write(tablet, known, 'viết thêm');
    await startShut(tablet, test, isHighDocument);
    await tablet.start();
    await test.pass(5_000);
    expect(tablet.replica.read(known)?.access).toBe('whole');
    expect(tablet.replica.counts()).toMatchObject({ waiting: 0, quarantined: 0 });
    expect((await test.store.readStored(tablet.identity.device, 2))?.document).toBe(known);
  });

  it('[P14] [LSE-7] a report written when nothing may be kept is sealed at once, waits over a restart, arrives, and comes back', async () => {
    const { test, tablet, report } = await begin();
    await startShut(tablet, test, () => true);
    const [first, second] = [report('intake'), report()];
    expect((await write(tablet, first)).ok).toBe(true);
    expect((await write(tablet, second)).ok).toBe(true);
    expect([tablet.replica.counts().waiting, tablet.replica.read(first)]).toEqual([2, null]);
    expect(await areasWith(tablet, [...OPEN, ...HIGH_AREAS])).toEqual([]);
    await startShut(tablet, test, () => true);
    expect(tablet.replica.counts().waiting).toBe(2);
    await tablet.start();
    await test.pass(60_000);
    expect(tablet.replica.counts()).toMatchObject({ waiting: 0, quarantined: 0 });
    for (const document of [first, second]) expect(tablet.replica.read(document)?.access).toBe('whole');
  });

  it('[LSE-7] two edits of one document, each sealed, do not stand in each other’s way', async () => {
    const { test, tablet, report } = await begin();
    await startShut(tablet, test, () => true);
    const document = report('intake');
    await write(tablet, document, 'lần một');
    await write(tablet, document, 'lần hai');
    await tablet.start();
    await test.pass(60_000);
    expect((await test.store.readStored(tablet.identity.device, 1))?.document).toBe(document);
    expect((await test.store.readStored(tablet.identity.device, 2))?.document).toBe(document);
  });

  it('[LSE-6] what the Hub does not take leaves nothing sealed behind that would be handed in again', async () => {
    const { test, tablet, report } = await begin();
    const document = report();
    tablet.stop();
    await write(tablet, document);
    await test.hub.suspendMember(tablet.identity.member);
    await tablet.wake();
    await test.pass(5_000);
    expect(tablet.replica.counts()).toMatchObject({ waiting: 0, quarantined: 1 });
    expect(await areasWith(tablet, HIGH_AREAS)).toEqual(['highQuarantine']);
    await startShut(tablet, test, isHighDocument);
    expect(tablet.replica.counts()).toMatchObject({ waiting: 0, quarantined: 0 });
  });
});

const NOBODY = { name: 'Hờ A Páo', role: 'lead', villages: [], schools: [], untilMs: null } as const;

import { describe, expect, it } from 'vitest';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { testSealer } from '../../../../test/fixtures/sealer.ts';
import { enrolTablet, enrolTabletWith, type Tablet } from '../../../../test/fixtures/tablet.ts';
import { nodeCrypto, testSigner } from '../../../../test/fixtures/world.ts';
import { type DocumentId, documentIdOf, makeUlid } from '../model/ids.ts';
import type { MemoryFeedStore } from './memory-feed-store.ts';
import { verifyStore } from './verify.ts';

/** Starts the Hub again on an older copy of its store. */
async function putBack(test: TestHub, backup: MemoryFeedStore, tablets: readonly Tablet[]): Promise<void> {
  for (const tablet of tablets) tablet.stop();
  Object.assign(test, { store: backup });
  await test.start();
}

const NOBODY = { name: 'Hờ A Páo', role: 'lead', villages: [], schools: [], namedFor: [], untilMs: null } as const;

function pickIds({ identity: { device, member } }: Tablet) {
  return { device, member };
}

function write(tablet: Tablet, document: DocumentId, sets: Readonly<Record<string, string>>) {
  const fields = Object.entries(sets).map(([name, value]) => ({ name, value }));
  return tablet.replica.edit([{ document, sets: fields }]);
}

describe('a tablet at a Hub that was put back behind its own words', () => {
  it('[RES-5] hands in first what the Hub has lost, then what it wrote since, and nothing is refused', async () => {
    const test = await new TestHub().start();
    const tablet = await enrolTablet(test);
    const document = documentIdOf(test.folder(), 'identity');
    await write(tablet, document, { village: VILLAGES.dong, name: 'Giàng A Sử' });
    await test.pass(3_000);
    const backup = test.store.copy();
    await write(tablet, document, { name: 'Giàng A Sính' });
    await test.pass(1);
    expect(tablet.replica.counts().waiting).toBe(0);
    await putBack(test, backup, [tablet]);
    await write(tablet, document, { address: 'bản Phìn Hồ' });
    await tablet.wake();
    expect(tablet.replica.quarantine()).toEqual([]);
    expect(tablet.replica.counts().waiting).toBe(0);
    expect((await test.store.readStored(tablet.identity.device, 2))?.document).toBe(document);
    expect((await test.store.readStored(tablet.identity.device, 3))?.document).toBe(document);
  });
});

describe('a filer at a Hub that was put back behind his report', () => {
  /** A teacher’s tablet that filed a report, of which the Hub then knows nothing. */
  async function forgottenReport() {
    const test = await new TestHub().start();
    const tablet = await enrolTablet(test, { role: 'teacher' });
    const backup = test.store.copy();
    const report = documentIdOf(test.folder(), 'intake', makeUlid(test.world));
    await write(tablet, report, { childName: 'Giàng A Sử', place: 'CANARY sau trường học' });
    await test.pass(3_000);
    const [receipt] = tablet.replica.filed();
    await putBack(test, backup, [tablet]);
    return { test, tablet, report, receipt };
  }

  it('[KEP-7] has kept it so that only the Hub can open it, and hands it in again before anything else', async () => {
    const { test, tablet, report, receipt } = await forgottenReport();
    expect(tablet.store.keys('kept')).toEqual(['000000000001']);
    expect(tablet.store.allBytes().filter((bytes) => Buffer.from(bytes).includes('CANARY'))).toEqual([]);
    const since = documentIdOf(test.folder(), 'intake', makeUlid(test.world));
    await write(tablet, since, { childName: 'Vàng Thị Dợ' });
    await tablet.start();
    await test.pass(30_000);
    expect((await test.store.readStored(tablet.identity.device, 1))?.document).toBe(report);
    expect((await test.store.readStored(tablet.identity.device, 2))?.document).toBe(since);
    expect(tablet.replica.filed()).toHaveLength(2);
    const [again] = tablet.replica.filed().filter(({ document }) => document === report);
    expect(again).toMatchObject({ writtenAtMs: receipt?.writtenAtMs, number: receipt?.number });
    expect(again?.receivedAtMs).toBeGreaterThan(receipt?.receivedAtMs ?? Infinity);
    expect([tablet.replica.counts().waiting, tablet.replica.quarantine()]).toEqual([0, []]);
    expect(tablet.store.keys('kept')).toEqual(['000000000001', '000000000002']);
  });

  it('[KEP-7] shows it as waiting until the Hub has it again', async () => {
    const { test, tablet, report } = await forgottenReport();
    tablet.network.isFlowing = false;
    await tablet.start();
    // the first hello makes the Hub begin a new epoch and send everybody to come back
    for (const direction of ['down', 'up', 'down', 'down', 'up', 'down'] as const) {
      tablet.network.links[0]?.deliver(direction);
      await test.pass(direction === 'up' ? 10 : 1_000);
    }
    expect(tablet.session.state.is).toBe('live');
    expect(tablet.replica.handedInAgain().has(report)).toBe(true);
    expect(tablet.replica.counts().waiting).toBe(1);
    expect(tablet.replica.waitingEdits()).toMatchObject([{ document: report, kind: 'intake', fields: [] }]);
    const next = documentIdOf(test.folder(), 'intake', makeUlid(test.world));
    await write(tablet, next, { childName: 'Vàng Thị Dợ' });
    tablet.session.stop();
    tablet.network.isFlowing = true;
    await tablet.wake();
    expect(tablet.replica.counts().waiting).toBe(0);
    expect((await test.store.readStored(tablet.identity.device, 2))?.document).toBe(next);
  });

  it('[KEP-7] says that it is gone when the Hub can open it no more, and goes on', async () => {
    const { test, tablet } = await forgottenReport();
    test.lock = testSealer('another lock');
    await tablet.start();
    await test.pass(30_000);
    expect(tablet.replica.filed()).toMatchObject([{ receivedAtMs: null }]);
    expect([tablet.replica.counts().waiting, tablet.store.keys('kept')]).toEqual([0, []]);
    const next = documentIdOf(test.folder(), 'intake', makeUlid(test.world));
    await write(tablet, next, { childName: 'Vàng Thị Dợ' });
    await test.pass(30_000);
    expect((await test.store.readStored(tablet.identity.device, 1))?.document).toBe(next);
  });
});

describe('a tablet that was enrolled since the backup', () => {
  /** A lead’s tablet with two edits, one of them acknowledged, before a Hub that knows neither it nor, perhaps, its person. */
  async function forgotten(isPersonKnown = false) {
    const test = await new TestHub().start();
    const other = await enrolTablet(test);
    const invited = await test.hub.invite(NOBODY);
    const before = test.store.copy();
    const tablet = isPersonKnown ? await enrolTabletWith(test, invited.code) : await enrolTablet(test);
    const document = documentIdOf(test.folder(), 'identity');
    await write(tablet, document, { village: VILLAGES.dong, name: 'Giàng A Sử' });
    await test.pass(3_000);
    await putBack(test, before, [tablet, other]);
    await write(tablet, document, { name: 'Giàng A Sính' });
    return { test, tablet, other, document };
  }

  /** Two tablets of one person, both unknown to the Hub, which write to the same child. */
  async function forgottenPair() {
    const test = await new TestHub().start();
    await enrolTablet(test);
    const before = test.store.copy();
    const first = await enrolTablet(test);
    const again = await test.hub.inviteAgain(first.identity.member);
    const second = await enrolTabletWith(test, again.ok ? again.value.code : '');
    const document = documentIdOf(test.folder(), 'identity');
    const tablets = [first, second];
    await putBack(test, before, tablets);
    for (const tablet of tablets) await write(tablet, document, { village: VILLAGES.dong, name: 'Giàng A Sử' });
    return { test, tablets, document };
  }

  it.each([true, false])(
    '[P7] [RES-7] hands in everything, which is held (its person is known: %s)',
    async (isPersonKnown) => {
      const { test, tablet, document } = await forgotten(isPersonKnown);
      await tablet.wake();
      await test.pass(60_000);
      expect(tablet.session.state).toEqual({ is: 'stopped', refusal: 'device-revoked' });
      expect(tablet.replica.counts().waiting).toBe(0);
      expect(tablet.replica.quarantine().map(({ document: of, verdict }) => [of, verdict])).toEqual([
        [document, 'held'],
        [document, 'held'],
      ]);
      for (const n of [1, 2]) expect(await test.store.readJudged(tablet.identity.device, n)).not.toBeNull();
      expect(await test.store.readStates([document])).toEqual(new Map());
      const { member } = tablet.identity;
      expect(test.hub.devices()).toContainEqual(expect.objectContaining({ ...pickIds(tablet), revoked: true }));
      expect(test.hub.members().find((row) => row.member === member)).toMatchObject({ suspended: !isPersonKnown });
      expect(await verifyStore(test.store, nodeCrypto)).toMatchObject({ damages: [] });
    },
  );

  it('[P7] [RES-7] so does another one of the same person', async () => {
    const { test, tablets, document } = await forgottenPair();
    for (const tablet of tablets) await tablet.wake();
    await test.pass(60_000);
    for (const { session, replica } of tablets) {
      expect(session.state).toEqual({ is: 'stopped', refusal: 'device-revoked' });
      expect(replica.quarantine()).toMatchObject([{ document, verdict: 'held' }]);
    }
    expect(new Set(tablets.map(({ identity }) => identity.member)).size).toBe(1);
    expect(await verifyStore(test.store, nodeCrypto)).toMatchObject({ damages: [] });
  });

  it('[P7] [RES-7] so does one that wrote more than forgotten times are believed for', async () => {
    const { test, tablet, document } = await forgotten(true);
    for (let note = 0; note < 600; note += 1) await write(tablet, document, { name: `Giàng A Sính ${note}` });
    await tablet.wake();
    await test.pass(200_000);
    expect(new Set(tablet.replica.quarantine().map(({ verdict }) => verdict))).toEqual(new Set(['held']));
    expect(tablet.replica.quarantine()).toHaveLength(602);
  }, 60_000);

  it('[RES-7] receives nothing of anybody', async () => {
    const { test, tablet, other } = await forgotten(true);
    const since = documentIdOf(test.folder(), 'identity');
    await other.wake();
    await write(other, since, { village: VILLAGES.dong, name: 'Vàng Thị Dợ' });
    await test.pass(3_000);
    await tablet.wake();
    await test.pass(60_000);
    expect(tablet.replica.read(since)).toBeNull();
    expect(test.hub.principalOf(tablet.identity.device)).toBeNull();
  });

  it('[RES-7] is nobody under a number that is somebody else’s by now, or with what this Hub did not give it', async () => {
    const { test, tablet, other, document } = await forgotten();
    const { code } = await test.hub.invite({ ...NOBODY, name: 'Lò Văn Pấng', role: 'nurse' });
    const stranger = await enrolTabletWith(test, code);
    expect(stranger.identity.member).toBe(tablet.identity.member);
    for (const passport of [tablet.identity.passport, other.identity.passport, new Uint8Array(300)]) {
      Object.assign(tablet.identity, { passport });
      await tablet.start();
      await test.pass(60_000);
      expect(tablet.session.state).toEqual({ is: 'stopped', refusal: 'not-enrolled' });
    }
    expect(test.hub.devices().some(({ device }) => device === tablet.identity.device)).toBe(false);
    expect(tablet.replica.read(document)).not.toBeNull();
    expect(tablet.replica.waitingEdits()).toHaveLength(1);
  });

  it('[RES-7] needs its key besides', async () => {
    const { test, tablet } = await forgotten();
    const another = testSigner(9_999);
    tablet.signer.sign = (bytes) => another.sign(bytes);
    await tablet.wake();
    await test.pass(60_000);
    expect(tablet.session.state).toEqual({ is: 'stopped', refusal: 'bad-proof' });
    expect(test.hub.devices().some(({ device }) => device === tablet.identity.device)).toBe(false);
  });
});

describe('a tablet that is believed no more', () => {
  it('[ENR-8] [SY-3] hears that a household it founds in its own village is held, not that it is stored', async () => {
    const test = await new TestHub().start();
    const tablet = await enrolTablet(test, { role: 'collaborator', villages: [VILLAGES.dong] });
    tablet.stop();
    await test.hub.revokeDevice(tablet.identity.device);
    const household = documentIdOf(test.folder(), 'household');
    await write(tablet, household, { village: VILLAGES.dong });
    await tablet.wake();
    await test.pass(60_000);
    expect(tablet.replica.quarantine()).toMatchObject([{ document: household, verdict: 'held', code: 'right-ended' }]);
    expect(tablet.replica.filed()).toEqual([]);
  });
});

describe('a tablet whose key failed once', () => {
  it('[KEP-6] is told so, hands that envelope in no more, and goes on', async () => {
    const test = await new TestHub().start();
    const tablet = await enrolTablet(test);
    const document = documentIdOf(test.folder(), 'identity');
    const { sign } = tablet.signer;
    tablet.signer.sign = async (bytes) => (await sign(bytes)).fill(7, 0, 1);
    await write(tablet, document, { village: VILLAGES.dong, name: 'Giàng A Sử' });
    tablet.signer.sign = sign;
    await test.pass(60_000);
    expect(tablet.replica.quarantine().map(({ code, status }) => [code, status])).toEqual([['bad-signature', 'open']]);
    await write(tablet, document, { village: VILLAGES.dong, name: 'Giàng A Sử' });
    await test.pass(60_000);
    tablet.session.stop();
    await tablet.wake();
    expect(tablet.replica.sync.outboxAfter(0)).toEqual([]);
    expect(tablet.replica.quarantine()).toHaveLength(1);
    expect((await test.store.readStored(tablet.identity.device, 1))?.document).toBe(document);
  });
});

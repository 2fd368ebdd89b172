import { beforeEach, describe, expect, it } from 'vitest';
import type { EditOptions, TestDevice } from '../../../../test/fixtures/device.ts';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { must } from '../base/assert.ts';
import { cloneState } from '../doc/state.ts';
import { type DocumentId, documentIdOf } from '../model/ids.ts';
import type { Verdict } from '../wire/frames.ts';
import type { SignedEnvelope } from './envelope.ts';
import { GRACE } from './hub-restored.ts';

/** What others wait for is judged after this. */
const AWAITED_MS = 16 * 60_000;
const A_FRAME = 150;

let test: TestHub;
let lead: TestDevice;
/** Appointed to Thôn Đông in times that the Hub then forgets; before and after it he works in Thôn Tây. */
let collaborator: TestDevice;
/** In Thôn Đông. */
let document: DocumentId;
/** A client id of the forgotten times. */
let oldClient: number;
/** A cursor of the forgotten times. */
let seen: Uint8Array;
/** What he wrote there, and the Hub stored. */
let forgotten: SignedEnvelope;

beforeEach(async () => {
  test = await new TestHub().start();
  const villages = [VILLAGES.tay];
  lead = await (await test.enrol()).connect();
  collaborator = await (await test.enrol({ role: 'collaborator', villages })).connect();
  document = documentIdOf(test.folder(), 'identity');
  await lead.push(await lead.edit(document, { village: VILLAGES.dong, name: 'Giàng A Sử' }));
  await test.pass();
  const backup = test.store.copy();
  const person = must(test.hub.principalOf(collaborator.device), 'a principal');
  const moved = { ...person, villages: [VILLAGES.dong], name: 'Sùng Thị Dợ' };
  await test.hub.changeMember(collaborator.member, moved);
  await collaborator.connect();
  forgotten = await collaborator.edit(document, { address: 'chợ' });
  await collaborator.push(forgotten);
  await collaborator.connect();
  [oldClient, seen] = [collaborator.client, collaborator.cursor];
  const state = must(collaborator.states.get(document), 'a state');
  for (const device of [lead, collaborator]) device.hangUp();
  Object.assign(test, { store: backup });
  await test.start();
  for (let i = 0; i < 2; i += 1) await collaborator.connect();
  collaborator.states.set(document, cloneState(state));
  await test.pass(AWAITED_MS);
  await collaborator.connect();
});

function aside(n: number): Pick<EditOptions, 'isAside' | 'forge'> {
  return { isAside: true, forge: { seen, client: oldClient, n } };
}

/** Sends many envelopes; returns what became of each, in order. */
async function pushAll(envelopes: readonly SignedEnvelope[]): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (let from = 0; from < envelopes.length; from += A_FRAME) {
    verdicts.push(...(await collaborator.push(...envelopes.slice(from, from + A_FRAME))));
    await test.pass(60_000);
  }
  return verdicts;
}

/** The entries that the Hub has forgotten here are fewer. */
const SOME = 20;

describe('what only forgotten times can explain', () => {
  it('[RES-6] is believed of what was written there: an edit by a forgotten right waits for who decides there', async () => {
    const since = (await test.store.readStored(collaborator.device, 1)) ?? null;
    expect(since).toBeNull();
    expect((await collaborator.push(forgotten))[0]).toMatchObject({ verdict: 'held', code: 'right-ended' });
  });

  it('[RES-6] has an end: who goes on writing without the right floods nobody’s list', async () => {
    await collaborator.push(forgotten);
    const edits: SignedEnvelope[] = [];
    for (let i = 0; i < GRACE + SOME; i += 1)
      edits.push(await collaborator.edit(document, { address: `nhà số ${i}` }, { forge: { seen, client: oldClient } }));
    const verdicts = await pushAll(edits);
    expect(verdicts.at(0)?.verdict).toBe('held');
    expect(verdicts.at(-1)?.code).toBe('not-here');
    expect(verdicts.filter(({ verdict }) => verdict === 'held').length).toBeLessThan(GRACE + SOME);
  });

  it('[RES-6] has an end: numbers are not left out for ever', async () => {
    const gaps: SignedEnvelope[] = [];
    for (let i = 0; i < GRACE + SOME; i += 1)
      gaps.push(await collaborator.edit(document, { address: 'suối' }, aside(2 * i + 2)));
    const verdicts = await pushAll(gaps);
    expect(verdicts.at(0)?.verdict).toBe('held');
    expect(verdicts.at(-1)?.code).toBe('chain-broken');
  });

  it('[RES-6] has an end: client ids that nobody has are not claimed for ever', async () => {
    await test.hub.beginEpoch();
    await collaborator.connect();
    const own = documentIdOf(test.folder(), 'identity');
    const claims: SignedEnvelope[] = [];
    for (let i = 0; i < GRACE + SOME; i += 1) {
      const forge = { client: oldClient + 1_000_000 + 2 * i, seen };
      claims.push(await collaborator.edit(own, { village: VILLAGES.tay, name: `Vàng A ${i}` }, { forge }));
      collaborator.states.delete(own);
    }
    const verdicts = await pushAll(claims);
    expect(verdicts.at(0)?.verdict).toBe('stored');
    expect(verdicts.at(-1)?.code).toBe('not-leased');
    const leases = (await test.store.load()).devices.find(({ device }) => device === collaborator.device)?.leases;
    expect(leases?.length).toBeLessThan(GRACE + SOME);
  });

  it('[RES-6] is over once the device has written under a client id of later times', async () => {
    const [, welcome] = must(collaborator.all('welcome')[0], 'a welcome');
    const client = must(welcome.leases[0], 'a lease')[0];
    const own = documentIdOf(test.folder(), 'identity');
    const now = await collaborator.edit(
      own,
      { village: VILLAGES.tay },
      { forge: { n: 1, client, prev: new Uint8Array(32) } },
    );
    expect((await collaborator.push(now))[0]?.verdict).toBe('stored');
    const late = await collaborator.edit(document, { address: 'suối' }, { forge: { seen, client: oldClient } });
    expect((await collaborator.push(late))[0]?.code).toBe('not-here');
    const gap = await collaborator.edit(document, { address: 'chợ' }, aside(9));
    expect((await collaborator.push(gap))[0]?.code).toBe('chain-broken');
  });
});

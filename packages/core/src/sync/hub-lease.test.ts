import { describe, expect, it } from 'vitest';
import { TestHub } from '../../../../test/fixtures/hub.ts';
import { enrolTablet, type Tablet } from '../../../../test/fixtures/tablet.ts';
import { testSigner } from '../../../../test/fixtures/world.ts';
import { leaseBoxOf, signLeaseClaim, verifyLeaseWord } from '../wire/lease.ts';
import type { LeaseAsk } from './hub-lease.ts';

const KEY = new Uint8Array(32).fill(5);
const NONE = new Uint8Array(0);

async function askOf(test: TestHub, { identity, signer }: Tablet, over: Partial<LeaseAsk> = {}): Promise<LeaseAsk> {
  const claim = {
    device: identity.device,
    challenge: test.world.randomBytes(20),
    nonce: test.world.randomBytes(16),
    box: NONE,
    ...over,
  };
  return { ...claim, proof: over.proof ?? (await signLeaseClaim(test.signer.publicKey, claim, signer)) };
}

async function begin() {
  const test = await new TestHub().start();
  return { test, tablet: await enrolTablet(test) };
}

describe('the lease that a Hub gives', () => {
  it('[LSE-8] says its time for this device and this question, under its signature', async () => {
    const { test, tablet } = await begin();
    const ask = await askOf(test, tablet);
    const answer = await test.hub.lease(ask);
    if (!answer.ok) throw new Error(answer.error);
    expect(answer.value).toMatchObject({ atMs: test.world.nowMs(), key: null });
    const { signature, ...said } = answer.value;
    const word = { ...said, device: ask.device, nonce: ask.nonce };
    const isSaid = (part: Partial<typeof word>) =>
      verifyLeaseWord({ ...word, ...part }, signature, test.signer.publicKey, test.world.crypto);
    expect(await isSaid({})).toBe(true);
    expect(await isSaid({ nonce: test.world.randomBytes(16) })).toBe(false);
    expect(await isSaid({ atMs: word.atMs + 1 })).toBe(false);
    expect(await isSaid({ key: KEY })).toBe(false);
    expect(await isSaid({ device: 'another' as typeof word.device })).toBe(false);
  });

  it('[LSE-9] gives a device its own key back, and no other’s', async () => {
    const { test, tablet } = await begin();
    const other = await enrolTablet(test);
    const box = test.lock.seal(leaseBoxOf(tablet.identity.device, KEY));
    expect(await test.hub.lease(await askOf(test, tablet, { box }))).toMatchObject({ value: { key: KEY } });
    expect(await test.hub.lease(await askOf(test, other, { box }))).toMatchObject({ value: { key: null } });
    const damaged = await askOf(test, tablet, { box: box.map((byte, at) => (at === 40 ? byte ^ 1 : byte)) });
    expect(await test.hub.lease(damaged)).toMatchObject({ value: { key: null } });
  });

  it('[LSE-8] none without the proof of the device for this very question', async () => {
    const { test, tablet } = await begin();
    const other = await enrolTablet(test);
    const ask = await askOf(test, tablet);
    const forged = await signLeaseClaim(test.signer.publicKey, ask, testSigner(77));
    const box = test.lock.seal(leaseBoxOf(tablet.identity.device, KEY));
    for (const bad of [
      { ...ask, proof: forged },
      { ...ask, challenge: test.world.randomBytes(20) },
      { ...ask, box },
      { ...ask, device: other.identity.device },
      { ...ask, proof: NONE },
    ])
      expect(await test.hub.lease(bad)).toEqual({ ok: false, error: 'bad-proof' });
  });

  it('[P13] [LSE-9] none for a device that was revoked, nor for whom is suspended or out of office', async () => {
    const { test, tablet } = await begin();
    const box = test.lock.seal(leaseBoxOf(tablet.identity.device, KEY));
    await test.hub.suspendMember(tablet.identity.member);
    expect(await test.hub.lease(await askOf(test, tablet, { box }))).toEqual({ ok: false, error: 'right-ended' });
    await test.hub.suspendMember(tablet.identity.member, false);
    expect((await test.hub.lease(await askOf(test, tablet, { box }))).ok).toBe(true);
    await test.hub.revokeDevice(tablet.identity.device);
    expect(await test.hub.lease(await askOf(test, tablet, { box }))).toEqual({ ok: false, error: 'right-ended' });
    const gone = await enrolTablet(test, { untilMs: test.world.nowMs() + 5_000 });
    await test.pass(6_000);
    expect(await test.hub.lease(await askOf(test, gone))).toEqual({ ok: false, error: 'right-ended' });
  });
});

import { describe, expect, it } from 'vitest';
import { TestHub } from '../../../../test/fixtures/hub.ts';
import { enrolTablet, type Tablet } from '../../../../test/fixtures/tablet.ts';
import { testSigner } from '../../../../test/fixtures/world.ts';
import { signEraseClaim, signEraseOrder, signErased, verifyEraseOrder } from '../wire/erase.ts';
import { NO_PREVIOUS } from './envelope.ts';
import type { EraseAnswer, EraseAsk } from './hub-erase.ts';

async function askOf(test: TestHub, { identity, signer }: Tablet, over: Partial<EraseAsk> = {}): Promise<EraseAsk> {
  const claim = {
    device: identity.device,
    challenge: test.world.randomBytes(20),
    nonce: test.world.randomBytes(16),
    lastN: 0,
    lastHash: NO_PREVIOUS,
    ...over,
  };
  return { ...claim, proof: over.proof ?? (await signEraseClaim(test.signer.publicKey, claim, signer)) };
}

async function begin() {
  const test = await new TestHub().start();
  return { test, tablet: await enrolTablet(test) };
}

async function ordered(test: TestHub, tablet: Tablet): Promise<{ readonly ask: EraseAsk } & EraseAnswer> {
  const ask = await askOf(test, tablet);
  const answer = await test.hub.erase(ask);
  if (!answer.ok) throw new Error(answer.error);
  return { ask, ...answer.value };
}

function erasureOf(test: TestHub, { identity }: Tablet) {
  return test.hub.devices().find(({ device }) => device === identity.device)?.erasure;
}

describe('the order to erase', () => {
  it('[P12] [ERA-1] is for this device, this question and this last envelope, under the Hub’s signature', async () => {
    const { test, tablet } = await begin();
    await test.hub.revokeDevice(tablet.identity.device);
    const { ask, atMs, signature } = await ordered(test, tablet);
    const { device, nonce, lastN, lastHash } = ask;
    const order = { device, nonce, lastN, lastHash, atMs };
    const isSaid = (part: Partial<typeof order>): Promise<boolean> =>
      verifyEraseOrder({ ...order, ...part }, signature, test.signer.publicKey, test.world.crypto);
    expect(await isSaid({})).toBe(true);
    expect(await isSaid({ nonce: test.world.randomBytes(16) })).toBe(false);
    expect(await isSaid({ device: 'another' as typeof device })).toBe(false);
    expect(await isSaid({ lastN: 1 })).toBe(false);
    expect(await isSaid({ lastHash: new Uint8Array(32).fill(9) })).toBe(false);
    expect(await isSaid({ atMs: atMs + 1 })).toBe(false);
  });

  it('[P12] [ERA-2] is given to nobody who was not dismissed, not even when his person has no right any more', async () => {
    const { test, tablet } = await begin();
    expect(await test.hub.erase(await askOf(test, tablet))).toEqual({ ok: false, error: 'not-ordered' });
    await test.hub.suspendMember(tablet.identity.member);
    expect(await test.hub.erase(await askOf(test, tablet))).toEqual({ ok: false, error: 'not-ordered' });
  });

  it('[P12] [ERA-2] is not given while the device has written what the Hub has not answered, or the Hub has forgotten', async () => {
    const { test, tablet } = await begin();
    await test.hub.revokeDevice(tablet.identity.device);
    for (const over of [{ lastN: 1 }, { lastHash: new Uint8Array(32).fill(9) }])
      expect(await test.hub.erase(await askOf(test, tablet, over))).toEqual({ ok: false, error: 'owing' });
  });

  it('[P12] [ERA-1] is given to nobody without the proof of the device for this very question', async () => {
    const { test, tablet } = await begin();
    const other = await enrolTablet(test);
    await test.hub.revokeDevice(tablet.identity.device);
    const ask = await askOf(test, tablet);
    const forged = await signEraseClaim(test.signer.publicKey, ask, testSigner(77));
    for (const bad of [
      { ...ask, proof: forged },
      { ...ask, challenge: test.world.randomBytes(20) },
      { ...ask, lastN: 4 },
      { ...ask, device: other.identity.device },
    ])
      expect(await test.hub.erase(bad)).toEqual({ ok: false, error: 'bad-proof' });
  });

  it('[ERA-4] is noted as obeyed once, with its time, by the word of the device alone', async () => {
    const { test, tablet } = await begin();
    await test.hub.revokeDevice(tablet.identity.device);
    const orderedAtMs = test.world.nowMs();
    const { ask, atMs, signature } = await ordered(test, tablet);
    const order = { device: ask.device, nonce: ask.nonce, lastN: 0, lastHash: NO_PREVIOUS, atMs };
    const receipt = { ...order, ordered: signature, obeyed: await signErased(order, tablet.signer) };
    const stranger = testSigner(77);
    for (const bad of [
      { ...receipt, obeyed: await signErased(order, stranger) },
      { ...receipt, ordered: await signEraseOrder(order, stranger) },
      { ...receipt, atMs: atMs + 1 },
    ])
      expect(await test.hub.erased(bad)).toEqual({ ok: false, error: 'bad-proof' });
    expect(erasureOf(test, tablet)).toEqual({ orderedAtMs, erasedAtMs: null });
    await test.pass(60_000);
    const erasedAtMs = test.world.nowMs();
    expect((await test.hub.erased(receipt)).ok).toBe(true);
    await test.pass(60_000);
    expect((await test.hub.erased(receipt)).ok).toBe(true);
    expect(erasureOf(test, tablet)).toEqual({ orderedAtMs, erasedAtMs });
  });
});

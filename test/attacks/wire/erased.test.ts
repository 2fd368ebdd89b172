import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Account, heard, openSession, plainFrame, Writer } from './account.ts';
import { Commune, newUlid } from './commune.ts';
import { askErase, isOrdered, tellErased } from './erase-words.ts';

const WRITTEN = 3;
const NOTHING = { lastN: 0, lastHash: Buffer.alloc(32) };

let commune: Commune;
beforeAll(async () => {
  commune = await Commune.found({ CT_ENROLMENTS_PER_MINUTE: '80' });
}, 60_000);
// the Hub is killed on the way, and with it the line of whoever worked honestly
afterAll(() => commune.hub.remove());

/** Hands in envelopes over one session; returns their verdicts. */
async function handIn(account: Account, envelopes: readonly Buffer[]): Promise<readonly string[]> {
  const { line } = await openSession(account, commune.target(), { lastN: envelopes.length });
  await line.send({ payload: plainFrame('push', [...envelopes]) });
  const verdicts = (await heard(line, 'verdicts')) as unknown as readonly { readonly verdict: string }[];
  line.drop();
  return verdicts.map(({ verdict }) => verdict);
}

async function erasureOf({ self }: Account) {
  const { devices } = (await commune.office('people', {})) as {
    readonly devices: readonly { readonly device: string; readonly erasure?: { readonly erasedAtMs: number | null } }[];
  };
  return devices.find(({ device }) => device === self.device)?.erasure;
}

describe('a device that was dismissed', () => {
  it('[P12] [ERA-1] [ERA-2] is ordered to erase only when all it wrote is answered, and says afterwards that it has', async () => {
    const account = await commune.account();
    const writer = new Writer(account);
    const envelopes = Array.from({ length: WRITTEN }, (_, i) =>
      writer.next(`${newUlid()}/identity`, { village: 'thon-1', name: `Vừ A Páo ${i}` }),
    );
    expect(await askErase(account, NOTHING)).toMatchObject({ status: 403, code: 'not-ordered' });
    await commune.office('revoke', { device: account.self.device });
    expect(await askErase(account, writer.last)).toMatchObject({ status: 403, code: 'owing' });
    expect(await handIn(account, envelopes)).toEqual(envelopes.map(() => 'held'));
    expect(await askErase(account, { ...writer.last, lastN: WRITTEN + 1 })).toMatchObject({ code: 'owing' });
    const { order } = await askErase(account, writer.last);
    expect(order && isOrdered(account, order)).toBe(true);
    if (!order) return;
    expect(isOrdered(account, { ...order, device: newUlid() })).toBe(false);
    expect(await erasureOf(account)).toMatchObject({ erasedAtMs: null });
    expect(await tellErased(account, { ...order, signature: Buffer.alloc(64) })).toBe(403);
    expect(await tellErased(account, order)).toBe(200);
    const erasure = await erasureOf(account);
    expect(erasure?.erasedAtMs).toBeGreaterThan(0);
    await commune.hub.kill();
    await commune.hub.start();
    expect(await tellErased(account, order)).toBe(200);
    expect(await erasureOf(account)).toEqual(erasure);
  }, 60_000);

  it('[P12] [ERA-1] nobody else gets the order, nor says that he has obeyed it', async () => {
    const [dismissed, other] = [await commune.account(), await commune.account()];
    await commune.office('revoke', { device: dismissed.self.device });
    const asDismissed = { ...other, self: dismissed.self };
    expect(await askErase(asDismissed, NOTHING)).toMatchObject({ status: 403, code: 'bad-proof' });
    expect(await askErase(other, NOTHING)).toMatchObject({ status: 403, code: 'not-ordered' });
    const forged = { challenge: Buffer.alloc(60, 7).toString('base64url') };
    expect(await askErase(dismissed, NOTHING, forged)).toMatchObject({ status: 403, code: 'bad-proof' });
    for (const bad of [{ nonce: 'short' }, { lastN: -1 }, { lastHash: '' }, { device: '__proto__' }])
      expect((await askErase(dismissed, NOTHING, bad)).status).toBe(400);
    const { order } = await askErase(dismissed, NOTHING);
    if (!order) throw new Error('no order');
    expect(await tellErased(asDismissed, order)).toBe(403);
    expect(await tellErased(other, order)).toBe(403);
    expect(await erasureOf(dismissed)).toMatchObject({ erasedAtMs: null });
    expect(await erasureOf(other)).toBeUndefined();
  });
});

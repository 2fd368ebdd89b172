import { Outage } from '@chungtay/core/sync/ports';
import type { RecoverAsk } from '@chungtay/core/wire/recovery';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDisk } from '../platform/indexed-db.support.ts';
import { officeSlot } from '../platform/office-slot.ts';
import { makeBoxKeys } from '../platform/sealed-box.ts';
import { atLockedVault } from '../platform/vault-recovery.ts';
import { openDoor } from './door.ts';
import type { EngineApi } from './engine-api.ts';
import { engineApi } from './engine-verbs.ts';
import { hasty, hublessLease, nowhere, PHRASE, PIN, settlePerson, worldAt } from './engine.support.ts';
import { Engine } from './engine.ts';
import { Recovery } from './recovery.ts';

const REQUEST = '01K0000000000000000000000R';
const SECRET = new Uint8Array(32).fill(8);
const world = hasty(worldAt({ nowMs: 1_800_000_000_000 }));
const rest = { dial: nowhere, openLease: hublessLease(world), orderToErase: async () => null, tell: () => undefined };
const tab = { holds: true, takeOver: () => Promise.resolve() };
let asked: RecoverAsk[];
let api: EngineApi;
let engine: Engine;

beforeEach(async () => {
  emptyDisk();
  asked = [];
  await settlePerson(world, 'one');
  const door = await openDoor(world, () => undefined);
  // a Hub that never answers: nobody waits for it to come in
  const recovery = new Recovery((ask) => {
    asked.push(ask);
    return new Promise(() => undefined);
  });
  const parts = { ...rest, world, tab, recovery, door };
  engine = new Engine(parts);
  api = engineApi(engine, parts);
  await api.unlock('one', PHRASE);
  const { vault, identity } = engine.at().opened;
  const keepers = await Promise.all(
    [2, 3].map(async (member) => {
      const { publicKey } = await makeBoxKeys();
      return { member, device: `01J9ZZZZZZZZZZZZZZZZZZZZZ${member}`, sealKey: Buffer.from(publicKey).toString('hex') };
    }),
  );
  await vault.keepOffice((raw) => officeSlot('one', raw, identity, { keepers, pass: 'a pass' }, world));
  await door.addAuthenticator(
    engine.at().opened,
    { credential: Uint8Array.of(9), salt: new Uint8Array(32), verifies: true },
    { pin: PIN, secret: SECRET },
  );
});

const WAYS: readonly (readonly [string, boolean, () => Promise<{ readonly ok: boolean }>])[] = [
  ['passphrase', true, () => api.unlock('one', PHRASE)],
  ['machine’s lock and PIN', true, () => api.unlockWithAuthenticator('one', PIN, SECRET.slice())],
  ['quick PIN', false, () => api.unlockWithPin(PIN)],
];

async function askOfficers(): Promise<void> {
  const keys = await makeBoxKeys();
  await atLockedVault('one', (slots) => slots.keepRecovering({ kind: 'recovering', request: REQUEST, ...keys }));
}

const waits = (): Promise<boolean> => atLockedVault('one', async (slots) => (await slots.recovering()) !== null);

describe('a request to the officers whose person remembers', { timeout: 30_000 }, () => {
  it.each(WAYS)(
    '[VLT-14] ends when he comes in by his %s: who takes the tablet later finds nothing that two officers may still open',
    async (_way, forget, comeIn) => {
      await api.lock({ forget });
      await askOfficers();
      expect((await comeIn()).ok).toBe(true);
      await expect.poll(waits).toBe(false);
      await expect.poll(() => asked).toEqual([{ verb: 'withdraw', pass: 'a pass', request: REQUEST }]);
    },
  );

  it('[VLT-14] goes on after a wrong passphrase', async () => {
    await api.lock({ forget: true });
    await askOfficers();
    expect((await api.unlock('one', 'voi to voi to voi to voi to')).ok).toBe(false);
    expect(await waits()).toBe(true);
    expect(asked).toEqual([]);
  });
});

describe('the secret that two officers gave', { timeout: 30_000 }, () => {
  it('[VLT-15] is zeroed also when the disk takes no new passphrase', async () => {
    const secret = SECRET.slice();
    const door = {
      ...(await openDoor(world, () => undefined)),
      renew: () => Promise.reject(new Outage('storage-full')),
    };
    const recovery = Object.assign(new Recovery(() => new Promise(() => undefined)), {
      secretOf: () => Promise.resolve(secret),
    });
    const parts = { ...rest, world, tab, recovery, door };
    const finishing = engineApi(new Engine(parts), parts).finishRecovery('one', PHRASE, PIN);
    await expect(finishing).rejects.toThrow(Outage);
    expect(secret).toEqual(new Uint8Array(32));
  });
});

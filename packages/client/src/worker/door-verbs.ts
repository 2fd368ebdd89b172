import { bytesOfHex } from '@chungtay/core/base/bytes';
import { numberSource } from '@chungtay/core/wire/recovery';
import { shareFor } from '../platform/office-slot.ts';
import { digitsIn, recoveryNumber } from '../platform/recovery-number.ts';
import type { TabLock } from '../platform/tab-lock.ts';
import type { BootState } from './door-views.ts';
import type { Opening } from './door.ts';
import type { EngineApi } from './engine-api.ts';
import type { EngineParts } from './engine-parts.ts';
import type { UnlockOutcome } from './engine-views.ts';
import type { Engine } from './engine.ts';
import { cryptoRandomBelow, offerPassphrase } from './passphrase-words.ts';
import { meOf } from './workplace.ts';

const HAND_OVER_MS = 3_000;

type DoorVerbs = Pick<
  EngineApi,
  | 'boot'
  | 'sawErased'
  | 'takeOver'
  | 'offerPassphrase'
  | 'enrol'
  | 'unlock'
  | 'unlockWithAuthenticator'
  | 'unlockWithPin'
  | 'lock'
>;

type RecoveryVerbs = Pick<EngineApi, 'recovery' | 'askRecovery' | 'withdrawRecovery' | 'finishRecovery' | 'shareFor'>;

/** Returns the verbs of whoever comes in or goes out. */
export function doorVerbs(engine: Engine, parts: EngineParts): DoorVerbs {
  const { door, tab } = parts;
  return {
    boot: () => boot(engine, parts),
    sawErased: (vault) => door.sawErased(vault),
    takeOver: () => tab.takeOver(HAND_OVER_MS),
    offerPassphrase: () => Promise.resolve(offerPassphrase(cryptoRandomBelow)),
    async enrol(request) {
      if (!tab.holds) return { ok: false, reason: 'storage' };
      const enrolled = await door.enrol(request);
      if (!enrolled.ok) return enrolled;
      const at = await engine.comeIn(enrolled.opened);
      return { ok: true, vault: enrolled.opened.vault.name, me: meOf(enrolled.opened, at.replica) };
    },
    unlock: (vault, passphrase) =>
      alone(
        parts,
        vault,
        enterBy(engine, tab, () => door.unlock(vault, passphrase)),
      ),
    unlockWithAuthenticator: async (vault, pin, secret) => {
      try {
        return await alone(
          parts,
          vault,
          enterBy(engine, tab, () => door.unlockWithAuthenticator(vault, { pin, secret })),
        );
      } finally {
        secret.fill(0);
      }
    },
    unlockWithPin: (pin) => alone(parts, engine.openness().pinOpens, engine.enterWithPin(pin)),
    lock: ({ forget }) => engine.leave(forget),
  };
}

/** Returns the verbs of a forgotten passphrase: of whoever forgot it, and of the officers who help. */
export function recoveryVerbs(engine: Engine, { door, tab, recovery }: EngineParts): RecoveryVerbs {
  return {
    recovery: (vault) => recovery.look(vault),
    askRecovery: (vault) => recovery.ask(vault),
    withdrawRecovery: (vault) => recovery.withdraw(vault),
    async finishRecovery(vault, passphrase, pin) {
      const secret = await recovery.secretOf(vault);
      if (!secret) return { ok: false, reason: 'damaged', waitMs: 0 };
      try {
        const entered = await enterBy(engine, tab, () => door.renew(vault, secret, { passphrase, pin }));
        if (entered.ok) recovery.forget();
        return entered;
      } finally {
        secret.fill(0);
      }
    },
    shareFor: (line, number) =>
      engine.whileOpen(async ({ opened }) => {
        const { identity, keys } = opened;
        const shown = await recoveryNumber(numberSource(line, bytesOfHex(line.key) ?? new Uint8Array(0)));
        if (digitsIn(number) !== shown) return { ok: false, reason: 'number' };
        const own = { privateKey: keys.sealPrivate, publicKey: keys.sealPublic };
        const box = await shareFor(line, identity.member, own);
        return box === null ? { ok: false, reason: 'share' } : { ok: true, box };
      }),
  };
}

/** Who remembers after all needs nobody's help any more: a request that went on would let in whoever takes the tablet later. */
async function alone(
  { recovery }: EngineParts,
  vault: string | null,
  entering: Promise<UnlockOutcome>,
): Promise<UnlockOutcome> {
  const entered = await entering;
  if (entered.ok && vault !== null) void recovery.withdraw(vault).catch(() => undefined);
  return entered;
}

async function boot(engine: Engine, { door, tab, world }: EngineParts): Promise<BootState> {
  // what a kill or a lost network has interrupted
  if (tab.holds) void door.eraseCondemned().catch(() => undefined);
  const people = await door.people();
  const nowMs = world.nowMs();
  return {
    ...engine.openness(),
    people: people.map(({ vault, name, role, waiting, blockedUntilMs, authenticator }) => ({
      vault,
      name,
      role,
      // what was handed over at the lock is written a moment after it was noted how much waits
      waiting: engine.waitingOf(vault) ?? waiting,
      blockedUntilMs: blockedUntilMs > nowMs ? blockedUntilMs : 0,
      authenticator: authenticator ?? null,
    })),
    otherTab: !tab.holds,
    erased: await door.erased(),
  };
}

async function enterBy(engine: Engine, tab: TabLock, open: () => Promise<Opening>): Promise<UnlockOutcome> {
  if (!tab.holds) return { ok: false, reason: 'other-tab', waitMs: 0 };
  const opening = await open();
  if (!opening.ok) return opening;
  const at = await engine.comeIn(opening.opened);
  return { ok: true, me: meOf(opening.opened, at.replica) };
}

type SlotVerbs = Pick<EngineApi, 'provePin' | 'authenticator' | 'addAuthenticator' | 'dropAuthenticator'>;

/** Returns the verbs of what opens the vault of who is in. */
export function slotVerbs(engine: Engine, { door }: EngineParts): SlotVerbs {
  return {
    provePin: (pin) => engine.provePin(pin),
    async authenticator() {
      const { name } = engine.at().opened.vault;
      return (await door.people()).find(({ vault }) => vault === name)?.authenticator ?? null;
    },
    async addAuthenticator(pin, { secret, ...known }) {
      try {
        const proof = await engine.provePin(pin);
        if (proof.ok) await door.addAuthenticator(engine.at().opened, known, { pin, secret });
        return proof;
      } finally {
        secret.fill(0);
      }
    },
    dropAuthenticator: async () => door.dropAuthenticator(engine.at().opened),
  };
}

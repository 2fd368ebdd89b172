import { bytesOfHex, hexOf } from '@chungtay/core/base/bytes';
import { joinShares, splitSecret } from '@chungtay/core/base/shares';
import type { Random } from '@chungtay/core/base/world';
import {
  answerLabel,
  type KeepersAnswer,
  RECOVERY_BYTES,
  type RecoveryLine,
  type RecoveryOf,
  shareLabel,
} from '@chungtay/core/wire/recovery';
import { type BoxKeys, openBox, sealFor } from './sealed-box.ts';
import { openRecord, recordKeyOf, sealRecord } from './vault-records.ts';

/**
 * One more way to the vault key: AES-GCM(R, vault key), where R is random, split so that any two officers have it, and known to nobody. The
 * slot and the shares, each sealed for a device of an officer, lie on the tablet alone. Rule VLT-12.
 */
export interface OfficeSlot extends RecoveryOf {
  readonly kind: 'office';
  readonly wrapped: Uint8Array;
  /** Boxes in hexadecimal, by the device that opens them. */
  readonly shares: readonly { readonly device: string; readonly box: string }[];
  /** What the Hub knows this tablet by while it is locked. */
  readonly pass: string;
  /** For whom it was made: `keepersText`. */
  readonly keepers: string;
}

/** A request of a locked tablet, so that it outlives the page. */
export interface Recovering extends BoxKeys {
  readonly kind: 'recovering';
  readonly request: string;
}

/** Returns the slot of these keepers over the raw vault key, with a new R; null when they are fewer than two people. */
export async function officeSlot(
  vault: string,
  raw: Uint8Array,
  of: RecoveryOf,
  { keepers, pass }: KeepersAnswer,
  random: Random,
): Promise<OfficeSlot | null> {
  const people = [...new Set(keepers.map(({ member }) => member))];
  if (people.length < 2) return null;
  const secret = random.randomBytes(RECOVERY_BYTES.secret);
  // one share for each person: two devices of an officer are one officer
  const parts = splitSecret(secret, people.length, random);
  const shares = await Promise.all(
    keepers.map(async ({ member, device, sealKey }) => {
      const part = parts[people.indexOf(member)] ?? new Uint8Array(0);
      const key = bytesOfHex(sealKey) ?? new Uint8Array(0);
      return { device, box: hexOf(await sealFor(key, shareLabel(of, member), part)) };
    }),
  );
  const wrapped = await sealRecord(await recordKeyOf(secret), label(vault), raw);
  for (const bytes of [secret, ...parts]) bytes.fill(0);
  return { kind: 'office', ...of, wrapped, shares, pass, keepers: keepersText(keepers) };
}

/** Returns what says for whom a slot is: another text, another slot. */
export function keepersText(keepers: KeepersAnswer['keepers']): string {
  return keepers
    .map(({ member, device, sealKey }) => `${member} ${device} ${sealKey}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('\n');
}

/** Returns the raw vault key, or null: another secret, or another vault's slot. */
export async function openOfficeSlot(vault: string, slot: OfficeSlot, secret: Uint8Array): Promise<Uint8Array | null> {
  return openRecord(await recordKeyOf(secret), label(vault), slot.wrapped);
}

/** Returns the secret that two of the boxes give and that opens the slot, or null while no two do. */
export async function secretIn(
  vault: string,
  slot: OfficeSlot,
  own: BoxKeys,
  boxes: readonly string[],
): Promise<Uint8Array | null> {
  const opened = await Promise.all(boxes.map((box) => openBox(own, answerLabel(slot), bytesOfHex(box) ?? EMPTY)));
  const shares = opened.filter((share) => share !== null);
  try {
    return await secretOfAny(vault, slot, shares);
  } finally {
    for (const share of shares) share.fill(0);
  }
}

/** One officer's device may have answered nonsense: any two that fit are enough. */
async function secretOfAny(vault: string, slot: OfficeSlot, shares: readonly Uint8Array[]): Promise<Uint8Array | null> {
  for (const [at, one] of shares.entries()) {
    for (const other of shares.slice(at + 1)) {
      const secret = joinShares(one, other);
      const raw = secret && (await openOfficeSlot(vault, slot, secret));
      raw?.fill(0);
      if (raw) return secret;
    }
  }
  return null;
}

/** Returns an officer's share, sealed anew for the tablet that asks, or null when it is not his, or not of that tablet. */
export async function shareFor(line: RecoveryLine, keeper: number, own: BoxKeys): Promise<string | null> {
  const share = await openBox(own, shareLabel(line, keeper), bytesOfHex(line.share ?? '') ?? EMPTY);
  if (share?.length !== RECOVERY_BYTES.share) return null;
  const box = hexOf(await sealFor(bytesOfHex(line.key) ?? EMPTY, answerLabel(line), share));
  share.fill(0);
  return box;
}

const EMPTY = new Uint8Array(0);

function label(vault: string): string {
  return `${vault}|slot|office`;
}

import { changeSlots, labelOf, openBy, openVaultDatabase, readSlot, SLOTS, type Vault } from './idb-vault.ts';
import { strictTransaction } from './idb.ts';
import { openOfficeSlot, type OfficeSlot, type Recovering } from './office-slot.ts';
import type { StretchCost } from './passphrase-key.ts';
import { sealRecord, vaultKeyOf } from './vault-records.ts';
import { passphraseSlot } from './vault-slots.ts';

/** What of a locked vault can be read and changed: wrapped keys, and what is asked of the officers. */
export interface LockedSlots {
  office(): Promise<OfficeSlot | null>;
  recovering(): Promise<Recovering | null>;
  /** Keeps a request, or forgets it. Strict. */
  keepRecovering(recovering: Recovering | null): Promise<void>;
}

/** Opens the slots of a locked vault for `use` alone. Rejects with an Outage. */
export async function atLockedVault<T>(name: string, use: (slots: LockedSlots) => Promise<T>): Promise<T> {
  const db = await openVaultDatabase(name, () => undefined);
  try {
    return await use({
      office: () => readSlot(db, 'office'),
      recovering: () => readSlot(db, 'recovering'),
      keepRecovering: (one) =>
        changeSlots(db, (slots) => void (one ? slots.put(one, one.kind) : slots.delete('recovering'))),
    });
  } finally {
    db.close();
  }
}

/** What replaces the former ways into a vault. */
export interface Renewal {
  readonly passphrase: string;
  readonly cost: StretchCost;
  readonly atMs: number;
  /** Records of `meta` that change with them. */
  readonly records: readonly { readonly key: string; readonly bytes: Uint8Array }[];
}

/**
 * Opens a vault with the officers' secret and puts it behind a new passphrase, in one transaction: every former way ends with it, that of the
 * officers too. Null when the secret is another. Rejects with an Outage.
 */
export function renewVault(
  name: string,
  secret: Uint8Array,
  { passphrase, cost, atMs, records }: Renewal,
  onLost: () => void,
): Promise<Vault | null> {
  return openBy(name, onLost, async (db) => {
    const office = await readSlot(db, 'office');
    const raw = office && (await openOfficeSlot(name, office, secret));
    if (!raw) return null;
    const slot = await passphraseSlot(name, raw, passphrase, { cost, atMs });
    const key = await vaultKeyOf(raw);
    const sealed = await Promise.all(
      records.map(async (one) => ({
        key: one.key,
        bytes: await sealRecord(key, labelOf(name, 'meta', one.key), one.bytes),
      })),
    );
    await db.run((now) =>
      strictTransaction(now, [SLOTS, 'meta'], (tx) => {
        const slots = tx.objectStore(SLOTS);
        slots.put(slot, slot.kind);
        for (const kind of ['authenticator', 'office', 'recovering']) slots.delete(kind);
        for (const one of sealed) tx.objectStore('meta').put(one.bytes, one.key);
      }),
    );
    return raw;
  });
}

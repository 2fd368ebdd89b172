/** What a dismissed device erases of one person, and what it keeps: a notice. Every step is taken again after a kill. Holds ERA-3 … ERA-5. */
import { eraseVault } from '../platform/idb-vault.ts';
import { eraseLeaseKey } from '../platform/lease-key.ts';
import type { ErasedWord, RegisteredPerson, TabletRegistry } from '../platform/tablet-registry.ts';

/** Tells the Hub; says whether it need not be told again. */
export type TellErased = (word: ErasedWord) => Promise<boolean>;

/** A vault that was erased, for the notice. `atMs` = when the Hub ordered it. */
export interface ErasedVault {
  readonly vault: string;
  readonly atMs: number;
}

/** Writes down that a vault is to go, before anything of it does: from then on nobody opens it. Nothing else is kept of the person. */
export async function condemn(registry: TabletRegistry, vault: string, word: ErasedWord): Promise<void> {
  const people = await registry.people();
  const person = people.find((one) => one.vault === vault);
  if (!person || person.erasure) return;
  const { role } = person;
  const erasure = { atMs: word.atMs, word, isSeen: false };
  await registry.put({ vault, name: '', role, waiting: 0, wrongTries: 0, blockedUntilMs: 0, erasure });
}

/** Erases what is condemned. Rejects with an Outage. */
export async function eraseCondemned(registry: TabletRegistry): Promise<void> {
  for (const { vault, erasure } of await registry.people()) {
    if (!erasure) continue;
    await eraseVault(vault);
    await eraseLeaseKey(vault);
  }
}

/** Returns what the Hub is still to be told. */
export async function erasedWords(registry: TabletRegistry): Promise<readonly (readonly [string, ErasedWord])[]> {
  const people = await registry.people();
  return people.flatMap(({ vault, erasure }) => (erasure?.word ? [[vault, erasure.word] as const] : []));
}

/** The Hub knows that a vault was erased, or will never believe it. */
export async function noteErasedTold(registry: TabletRegistry, vault: string): Promise<void> {
  const person = (await registry.people()).find((one) => one.vault === vault);
  if (person?.erasure) await leaveNotice(registry, { ...person, erasure: { ...person.erasure, word: null } });
}

/** Returns the notices that nobody has read yet. */
export async function erasedVaults(registry: TabletRegistry): Promise<readonly ErasedVault[]> {
  const people = await registry.people();
  return people.flatMap(({ vault, erasure }) => (erasure && !erasure.isSeen ? [{ vault, atMs: erasure.atMs }] : []));
}

/** Somebody has read the notice of a vault. */
export async function noteErasedSeen(registry: TabletRegistry, vault: string): Promise<void> {
  const person = (await registry.people()).find((one) => one.vault === vault);
  if (person?.erasure) await leaveNotice(registry, { ...person, erasure: { ...person.erasure, isSeen: true } });
}

async function leaveNotice(registry: TabletRegistry, person: RegisteredPerson): Promise<void> {
  const isOver = person.erasure?.word === null && person.erasure.isSeen;
  await (isOver ? registry.remove(person.vault) : registry.put(person));
}

import { assert, must } from '@chungtay/core/base/assert';
import { equalBytes } from '@chungtay/core/base/bytes';
import type { World } from '@chungtay/core/base/world';
import { makeUlid } from '@chungtay/core/model/ids';
import { parseInvitationCode } from '@chungtay/core/model/invitation';
import { Serial } from '@chungtay/core/sync/device-serial';
import type { DeviceKeys } from '../platform/device-keys.ts';
import { forgetEnrolling, keysToEnrol } from '../platform/enrolling-keys.ts';
import { createVault, dropVault, openVault, openVaultWithAuthenticator, type Vault } from '../platform/idb-vault.ts';
import { eraseOverdueKeys } from '../platform/lease-key.ts';
import { calibrateStretch } from '../platform/passphrase-key.ts';
import {
  backOffMs,
  type ErasedWord,
  type KnownAuthenticator,
  type RegisteredPerson,
  type TabletRegistry,
  tabletRegistry,
} from '../platform/tablet-registry.ts';
import { renewVault } from '../platform/vault-recovery.ts';
import { isCredential, isSecret, type PinAndSecret } from '../platform/vault-slots.ts';
import {
  condemn,
  eraseCondemned,
  type ErasedVault,
  erasedVaults,
  erasedWords,
  noteErasedSeen,
  noteErasedTold,
  type TellErased,
} from './door-erasing.ts';
import type { EnrolRequest } from './engine-views.ts';
import { askToEnrol } from './enrolment.ts';
import type { EnrolTrouble as NoAnswer } from './enrolment.ts';
import { tellErased } from './erase-ask.ts';
import { decodeIdentity, encodeIdentity, type Identity } from './identity.ts';
import { RECOVERED } from './keepers.ts';
import { isStrongPassphrase } from './passphrase-words.ts';

/** An opened vault and whose it is. */
export interface Opened {
  readonly vault: Vault;
  readonly identity: Identity;
  readonly keys: DeviceKeys;
}

/** What trying to open comes to. */
export type Opening =
  | { readonly ok: true; readonly opened: Opened }
  | { readonly ok: false; readonly reason: 'wrong' | 'wait' | 'damaged' | 'no-authenticator'; readonly waitMs: number };

/** What a person chooses anew. */
export interface NewSecrets {
  readonly passphrase: string;
  readonly pin: string;
}

/** Who may come in: enrolment, passphrase, quick PIN, back-off. Holds VLT-1…VLT-4. */
export interface Door {
  people(): Promise<readonly RegisteredPerson[]>;
  enrol(
    request: EnrolRequest,
  ): Promise<{ readonly ok: true; readonly opened: Opened } | { readonly ok: false; readonly reason: EnrolTrouble }>;
  unlock(vault: string, passphrase: string): Promise<Opening>;
  /** Opens with what is typed and what the authenticator answered; guesses count like those of the passphrase. */
  unlockWithAuthenticator(vault: string, given: PinAndSecret): Promise<Opening>;
  /** Makes an authenticator open the vault together with the PIN. Rejects with an Outage. */
  addAuthenticator(opened: Opened, known: KnownAuthenticator, given: PinAndSecret): Promise<void>;
  /** Lets none open it any more. Rejects with an Outage. */
  dropAuthenticator(opened: Opened): Promise<void>;
  /** Opens a vault with the officers' secret, behind a new passphrase and PIN: nothing former opens it any more. Rejects with an Outage. */
  renew(vault: string, secret: Uint8Array, chosen: NewSecrets): Promise<Opening>;
  /** Says whether `pin` is the quick PIN of the opened vault. */
  checkPin(opened: Opened, pin: string): Promise<boolean>;
  /** Condemns a vault by the Hub's order: from now on it opens for nobody. Rejects with an Outage. */
  condemn(vault: string, word: ErasedWord): Promise<void>;
  /** Erases what is condemned, and tells the Hub. Rejects with an Outage. */
  eraseCondemned(): Promise<void>;
  /** Returns the notices of what was erased here that nobody has read yet. */
  erased(): Promise<readonly ErasedVault[]>;
  /** Somebody has read one. */
  sawErased(vault: string): Promise<void>;
  /** Records how much waits to be sent, for the lock screen. */
  noteWaiting(vault: string, waiting: number): Promise<void>;
}

/** Why an enrolment did not happen. */
export type EnrolTrouble = NoAnswer | 'weak-passphrase' | 'bad-pin' | 'storage';

/** Asks the Hub to enrol this tablet. */
export type AskToEnrol = typeof askToEnrol;

const IDENTITY = 'door/identity';
const PIN = 'door/pin';
const PIN_SHAPE = /^[0-9]{6}$/u;
const SALT_BYTES = 16;
const DAMAGED: Opening = { ok: false, reason: 'damaged', waitMs: 0 };
const NO_AUTHENTICATOR: Opening = { ok: false, reason: 'no-authenticator', waitMs: 0 };

/** Opens the door of this tablet; `ask` and `tell` are how it reaches the Hub. */
export async function openDoor(
  world: World,
  onLost: () => void,
  ask: AskToEnrol = askToEnrol,
  tell: TellErased = tellErased,
): Promise<Door> {
  const registry = tabletRegistry();
  await eraseOverdue(registry, world.nowMs());
  // one after another: of two guesses at once the second would not know that the first was counted, and whatever else
  // is noted of a person would put back the count, or the authenticator, that it had read before
  const turns = new Serial();
  return {
    people: async () => (await registry.people()).filter(({ erasure }) => !erasure),
    enrol: (request) => enrol({ world, registry, onLost, ask }, request),
    unlock: (vault, passphrase) =>
      turns.run(() => guess(world, registry, vault, () => openVault(vault, passphrase, onLost, world.nowMs()))),
    unlockWithAuthenticator: (vault, given) =>
      turns.run(async () => {
        if (!(await personOf(registry, vault))?.authenticator) return NO_AUTHENTICATOR;
        return guess(world, registry, vault, () => openVaultWithAuthenticator(vault, given, onLost));
      }),
    addAuthenticator: (opened, known, given) => turns.run(() => addAuthenticator(registry, opened, known, given)),
    dropAuthenticator: (opened) => turns.run(() => dropAuthenticator(registry, opened)),
    renew: (vault, secret, chosen) => turns.run(() => renew({ world, registry, onLost }, vault, secret, chosen)),
    checkPin: async (opened, pin) => {
      const record = must(await opened.vault.read('meta', PIN), 'quick PIN');
      return equalBytes(record, pinRecord(world, record.slice(0, SALT_BYTES), pin));
    },
    condemn: (vault, word) => turns.run(() => condemn(registry, vault, word)),
    eraseCondemned: () => eraseAndTell(registry, turns, tell),
    erased: () => erasedVaults(registry),
    sawErased: (vault) => turns.run(() => noteErasedSeen(registry, vault)),
    noteWaiting: (vault, waiting) =>
      turns.run(async () => {
        const person = await personOf(registry, vault);
        if (person && person.waiting !== waiting) await registry.put({ ...person, waiting });
      }),
  };
}

/** The Hub is told between the turns: it may take long to answer. */
async function eraseAndTell(registry: TabletRegistry, turns: Serial, tell: TellErased): Promise<void> {
  await turns.run(() => eraseCondemned(registry));
  for (const [vault, word] of await erasedWords(registry))
    if (await tell(word)) await turns.run(() => noteErasedTold(registry, vault));
}

/** Whether or not anybody opens today; what the disk does not let go now, the one who opens erases. */
async function eraseOverdue(registry: TabletRegistry, nowMs: number): Promise<void> {
  const vaults = async (): Promise<readonly string[]> => (await registry.people()).map(({ vault }) => vault);
  await vaults()
    .then((names) => eraseOverdueKeys(names, nowMs))
    .catch(() => undefined);
}

interface EnrolNeeds {
  readonly world: World;
  readonly registry: TabletRegistry;
  readonly onLost: () => void;
  readonly ask: AskToEnrol;
}

async function enrol({ world, registry, onLost, ask }: EnrolNeeds, request: EnrolRequest): ReturnType<Door['enrol']> {
  const code = parseInvitationCode(request.code);
  if (!code) return { ok: false, reason: 'bad-code' };
  if (!isStrongPassphrase(request.passphrase)) return { ok: false, reason: 'weak-passphrase' };
  if (!PIN_SHAPE.test(request.pin)) return { ok: false, reason: 'bad-pin' };
  const name = makeUlid(world);
  // keys and vault first: a Hub that knows a device whose keys were never stored would have burnt the invitation
  const keys = await keysToEnrol(code, world.crypto);
  const cost = await calibrateStretch(() => performance.now());
  const vault = await createVault(name, request.passphrase, cost, onLost, world.nowMs());
  const answer = await ask(code, keys);
  if (!answer.ok) {
    vault.close();
    await dropVault(name);
    // without an answer the Hub may know these keys already: the next try is made with them
    if (answer.error !== 'offline' && answer.error !== 'too-many') await forgetEnrolling(code, world.crypto);
    return { ok: false, reason: answer.error };
  }
  const identity = answer.value;
  await vault.commit([
    { area: 'meta', key: IDENTITY, bytes: encodeIdentity(identity, keys) },
    { area: 'meta', key: PIN, bytes: pinRecord(world, world.randomBytes(SALT_BYTES), request.pin) },
  ]);
  const { role } = identity.principal;
  await registry.put({ vault: name, name: identity.name, role, waiting: 0, wrongTries: 0, blockedUntilMs: 0 });
  await forgetEnrolling(code, world.crypto);
  return { ok: true, opened: { vault, identity, keys } };
}

async function guess(
  world: World,
  registry: TabletRegistry,
  name: string,
  open: () => Promise<Vault | null>,
): Promise<Opening> {
  const person = await personOf(registry, name);
  if (!person || person.erasure) return DAMAGED;
  const waitMs = remainingMs(person, world.nowMs());
  if (waitMs > 0) return { ok: false, reason: 'wait', waitMs };
  // counted before the try, so that a reload in the middle does not give a free guess
  const wrongTries = person.wrongTries + 1;
  const blockedUntilMs = world.nowMs() + backOffMs(wrongTries);
  await registry.put({ ...person, wrongTries, blockedUntilMs });
  const vault = await open();
  if (!vault) return { ok: false, reason: 'wrong', waitMs: backOffMs(wrongTries) };
  await registry.put({ ...person, wrongTries: 0, blockedUntilMs: 0 });
  return identified(vault);
}

async function renew(
  { world, registry, onLost }: Omit<EnrolNeeds, 'ask'>,
  name: string,
  secret: Uint8Array,
  { passphrase, pin }: NewSecrets,
): Promise<Opening> {
  const person = await personOf(registry, name);
  if (!person || person.erasure || !isStrongPassphrase(passphrase) || !PIN_SHAPE.test(pin)) return DAMAGED;
  const cost = await calibrateStretch(() => performance.now());
  const records = [
    { key: PIN, bytes: pinRecord(world, world.randomBytes(SALT_BYTES), pin) },
    { key: RECOVERED, bytes: Uint8Array.of(1) },
  ];
  const vault = await renewVault(name, secret, { passphrase, cost, atMs: world.nowMs(), records }, onLost);
  if (!vault) return DAMAGED;
  const { authenticator: _dropped, ...kept } = person;
  await registry.put({ ...kept, wrongTries: 0, blockedUntilMs: 0 });
  return identified(vault);
}

async function identified(vault: Vault): Promise<Opening> {
  const bytes = await vault.read('meta', IDENTITY);
  if (bytes) return { ok: true, opened: { vault, ...decodeIdentity(bytes) } };
  vault.close();
  return DAMAGED;
}

async function addAuthenticator(
  registry: TabletRegistry,
  { vault }: Opened,
  { credential, salt, verifies }: KnownAuthenticator,
  given: PinAndSecret,
): Promise<void> {
  assert(isCredential(credential) && isSecret(given.secret), 'an authenticator that answered');
  await vault.addAuthenticator(given);
  // offered only once it opens
  const person = must(await personOf(registry, vault.name), 'who works here');
  await registry.put({ ...person, authenticator: { credential, salt, verifies } });
}

async function dropAuthenticator(registry: TabletRegistry, { vault }: Opened): Promise<void> {
  await vault.dropAuthenticator();
  const { authenticator: _dropped, ...person } = must(await personOf(registry, vault.name), 'who works here');
  await registry.put(person);
}

async function personOf(registry: TabletRegistry, vault: string): Promise<RegisteredPerson | undefined> {
  return (await registry.people()).find((one) => one.vault === vault);
}

// a clock set back must not shorten, nor one set far ahead lengthen, a back-off beyond its longest
function remainingMs(person: RegisteredPerson, nowMs: number): number {
  return Math.min(Math.max(0, person.blockedUntilMs - nowMs), backOffMs(person.wrongTries));
}

// the PIN protects nothing at rest: its record lies inside the vault, and only opens what is already in memory
function pinRecord(world: World, salt: Uint8Array, pin: string): Uint8Array {
  const typed = new TextEncoder().encode(pin);
  const hash = world.crypto.sha256(new Uint8Array([...salt, ...typed]));
  return new Uint8Array([...salt, ...hash]);
}

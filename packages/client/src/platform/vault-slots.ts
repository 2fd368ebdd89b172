import { concatBytes } from '@chungtay/core/base/bytes';
import { isPlausible, stretch, type StretchCost, stretchPin } from './passphrase-key.ts';
import { openRecord, recordKeyOf, sealRecord } from './vault-records.ts';

const SALT_BYTES = 16;
const SECRET_BYTES = 32;
const CREDENTIAL_MAX_BYTES = 1_024;
const REMEASURE_MS = 30 * 86_400_000;

/** One way to the vault key: AES-GCM(Argon2id(passphrase), vault key). */
export interface PassphraseSlot {
  readonly kind: 'passphrase';
  readonly salt: Uint8Array;
  readonly cost: StretchCost;
  /** When the cost was measured on this tablet, in ms; slots of earlier releases do not say. */
  readonly measuredAtMs?: number;
  readonly wrapped: Uint8Array;
}

/** Another: AES-GCM(HKDF(what the authenticator answered ‖ Argon2id(PIN)), vault key). */
export interface AuthenticatorSlot {
  readonly kind: 'authenticator';
  readonly salt: Uint8Array;
  readonly cost: StretchCost;
  readonly wrapped: Uint8Array;
}

/** Where the slots lie in the vault's database, by kind. */
export interface Slots {
  readonly passphrase: PassphraseSlot;
  readonly authenticator: AuthenticatorSlot;
}

/** Any slot. */
export type Slot = Slots[keyof Slots];

/** What is typed and what the machine answers, together. `secret` = 32 bytes of the authenticator (WebAuthn PRF). */
export interface PinAndSecret {
  readonly pin: string;
  readonly secret: Uint8Array;
}

/** Returns the slot of a passphrase over the raw vault key of `vault`. */
export async function passphraseSlot(
  vault: string,
  raw: Uint8Array,
  passphrase: string,
  { cost, atMs }: { readonly cost: StretchCost; readonly atMs: number },
): Promise<PassphraseSlot> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const key = await recordKeyOf(await stretch(passphrase, salt, cost));
  return { kind: 'passphrase', salt, cost, measuredAtMs: atMs, wrapped: await sealRecord(key, label(vault), raw) };
}

/** Returns the raw vault key, or null: another passphrase, another vault's slot, or a cost that no slot of ours has. */
export async function openPassphraseSlot(
  vault: string,
  slot: PassphraseSlot,
  passphrase: string,
): Promise<Uint8Array | null> {
  if (!isPlausible(slot.cost)) return null;
  const key = await recordKeyOf(await stretch(passphrase, slot.salt, slot.cost));
  return openRecord(key, label(vault), slot.wrapped);
}

/** Says whether the cost of a slot is to be measured again: its last measure is a month old, unknown, or in what is to come. */
export function isMeasureDue({ measuredAtMs }: PassphraseSlot, nowMs: number): boolean {
  const ageMs = nowMs - (measuredAtMs ?? 0);
  return ageMs > REMEASURE_MS || ageMs < 0;
}

/** Returns the slot of PIN and authenticator over the raw vault key of `vault`. */
export async function authenticatorSlot(
  vault: string,
  raw: Uint8Array,
  given: PinAndSecret,
  cost: StretchCost,
): Promise<AuthenticatorSlot> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const key = await keyOfBoth(vault, given, { salt, cost });
  const wrapped = await sealRecord(key, authenticatorLabel(vault), raw);
  return { kind: 'authenticator', salt, cost, wrapped };
}

/** Returns the raw vault key, or null: another PIN, another authenticator, another vault's slot, or a cost that no slot of ours has. */
export async function openAuthenticatorSlot(
  vault: string,
  slot: AuthenticatorSlot,
  given: PinAndSecret,
): Promise<Uint8Array | null> {
  if (!isPlausible(slot.cost) || !isSecret(given.secret)) return null;
  return openRecord(await keyOfBoth(vault, given, slot), authenticatorLabel(vault), slot.wrapped);
}

/** Says whether bytes can be what an authenticator answered. */
export function isSecret(secret: Uint8Array): boolean {
  return secret.length === SECRET_BYTES;
}

/** Says whether bytes can name a credential. */
export function isCredential(id: Uint8Array): boolean {
  return id.length > 0 && id.length <= CREDENTIAL_MAX_BYTES;
}

// both at once: who has only one of them learns nothing from a try
async function keyOfBoth(
  vault: string,
  { pin, secret }: PinAndSecret,
  { salt, cost }: Pick<AuthenticatorSlot, 'salt' | 'cost'>,
): Promise<CryptoKey> {
  const stretched = await stretchPin(pin, salt, cost);
  const both = concatBytes([secret, stretched]).slice();
  const base = await crypto.subtle.importKey('raw', both, 'HKDF', false, ['deriveKey']);
  both.fill(0);
  stretched.fill(0);
  const info = new TextEncoder().encode(`chungtay/slot/authenticator/1|${vault}`);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: salt.slice(), info };
  const shape = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(derivation, base, shape, false, ['encrypt', 'decrypt']);
}

function label(vault: string): string {
  return `${vault}|slot|passphrase`;
}

function authenticatorLabel(vault: string): string {
  return `${vault}|slot|authenticator`;
}

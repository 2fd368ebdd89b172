import type { Brand } from '../base/brand.ts';
import type { Clock, Random } from '../base/world.ts';

/** 26 Crockford base-32 characters, time first: unique without asking anyone. */
export type Ulid = Brand<string, 'Ulid'>;
/** The folder (hồ sơ) of a child, a household, a case, a person or an office matter. */
export type FolderId = Brand<string, 'FolderId'>;
/** `<folder>/<kind>` for a singleton kind, `<folder>/<kind>/<ulid>` otherwise. */
export type DocumentId = Brand<string, 'DocumentId'>;
/** One enrolled tablet or computer. */
export type DeviceId = Brand<string, 'DeviceId'>;
/** The small number a person gets in the commune at enrolment; 0 is the Hub itself. */
export type MemberNumber = Brand<number, 'MemberNumber'>;

/** A DocumentId taken apart. `own` is null for singleton kinds. */
export interface DocumentPath {
  readonly folder: FolderId;
  readonly kind: string;
  readonly own: Ulid | null;
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/u;
const KIND = /^[a-z][a-z-]{0,31}$/u;

/** The member number that the Hub writes under. */
export const HUB_MEMBER = 0 as MemberNumber;

/** Returns a fresh Ulid: 48 bits of time, 80 random bits. */
export function makeUlid(world: Clock & Random): Ulid {
  let time = world.nowMs();
  let text = '';
  for (let i = 0; i < 10; i += 1) {
    text = CROCKFORD.charAt(time % 32) + text;
    time = Math.floor(time / 32);
  }
  for (const byte of world.randomBytes(16)) text += CROCKFORD.charAt(byte & 31);
  return text as Ulid;
}

/** Returns the Ulid that 16 bytes make: unlike for unlike ones. */
export function ulidOfBytes(bytes: Uint8Array): Ulid {
  let rest = bytes.subarray(0, 16).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = '';
  for (let i = 0; i < 26; i += 1) {
    text = CROCKFORD.charAt(Number(rest & 31n)) + text;
    rest >>= 5n;
  }
  return text as Ulid;
}

/** Returns a fresh folder id. */
export function makeFolderId(world: Clock & Random): FolderId {
  return makeUlid(world) as string as FolderId;
}

/** Returns the text as a Ulid, or null when it is not one. */
export function parseUlid(text: string): Ulid | null {
  return ULID.test(text) ? (text as Ulid) : null;
}

/** Returns the text as a FolderId, or null when it is not one. */
export function parseFolderId(text: string): FolderId | null {
  return ULID.test(text) ? (text as FolderId) : null;
}

/** Returns the text as a DeviceId, or null when it is not one. */
export function parseDeviceId(text: string): DeviceId | null {
  return ULID.test(text) ? (text as DeviceId) : null;
}

/** Returns a DocumentId of its parts; `own` is left out for singleton kinds. */
export function documentIdOf(folder: FolderId, kind: string, own?: Ulid | null): DocumentId {
  return (own ? `${folder}/${kind}/${own}` : `${folder}/${kind}`) as DocumentId;
}

/** Returns the folder of a document: the first part of its id. */
export function folderOf(document: DocumentId): FolderId {
  return document.slice(0, document.indexOf('/')) as FolderId;
}

/** Returns the parts of a document id, or null when the text is not one. Says nothing about whether the kind exists. */
export function parseDocumentId(text: string): DocumentPath | null {
  const kindAt = text.indexOf('/') + 1;
  const ownAt = text.indexOf('/', kindAt) + 1;
  const folder = parseFolderId(text.slice(0, Math.max(0, kindAt - 1)));
  const kind = ownAt > 0 ? text.slice(kindAt, ownAt - 1) : text.slice(kindAt);
  const own = ownAt > 0 ? parseUlid(text.slice(ownAt)) : null;
  if (!folder || !KIND.test(kind) || (ownAt > 0 && !own)) return null;
  return { folder, kind, own };
}

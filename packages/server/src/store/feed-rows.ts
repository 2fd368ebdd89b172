import type { DeviceId, DocumentId, FolderId, MemberNumber } from '@chungtay/core/model/ids';
import { EMPTY_SCOPE, type FolderScope } from '@chungtay/core/model/principal';
import type { DeviceRow, DocumentHead, FeedEntry, InvitationRow, MemberRow, Orderer } from '@chungtay/core/sync/ports';
import type { BodyCipher } from './body-cipher.ts';

/** One row as node:sqlite gives it. The tables are STRICT and written by us alone, so the columns have their types. */
export type Row = Readonly<Record<string, unknown>>;

/** Returns a value sealed as JSON. */
export function sealJson(cipher: BodyCipher, label: string, value: unknown): Uint8Array {
  return cipher.seal(label, Buffer.from(JSON.stringify(value)));
}

/** Returns the entry in a row of `entries`, with the body that `bodyOf` finds for it. Throws an Outage when that is damaged. */
export function entryOf(row: Row, bodyOf: (row: Row) => Uint8Array): FeedEntry {
  return {
    seq: row['seq'] as number,
    atMs: row['at_ms'] as number,
    type: row['type'] as FeedEntry['type'],
    document: row['document'] as DocumentId | null,
    member: row['member'] as MemberNumber,
    device: row['device'] as DeviceId | null,
    n: row['n'] as number,
    body: bodyOf(row),
    hash: row['hash'] as Uint8Array,
  };
}

/** Returns the head in a row of `documents`. */
export function headOf(row: Row): DocumentHead {
  return {
    document: row['document'] as DocumentId,
    ordinal: row['ordinal'] as number,
    owner: row['owner'] as MemberNumber,
    ownerDevice: row['owner_device'] as DeviceId,
    lastSeq: row['last_seq'] as number,
    lastAtMs: row['last_at_ms'] as number,
    firstAtMs: row['first_at_ms'] as number,
    firstSkewMs: row['first_skew_ms'] as number,
    number: row['number'] as string | null,
  };
}

/** Returns the compacted state in a row of `documents`. Throws an Outage when it is damaged. */
export function stateOf(row: Row, cipher: BodyCipher): Uint8Array {
  return cipher.open(`state/${row['document'] as string}/${row['last_seq'] as number}`, row['state'] as Uint8Array);
}

/** Returns the line of a folder's scope history in a row of `scopes`. Throws an Outage when it is damaged. */
export function scopeOf(row: Row, cipher: BodyCipher): { folder: FolderId; seq: number; scope: FolderScope } {
  const folder = row['folder'] as FolderId;
  const seq = row['seq'] as number;
  // one that an older program wrote knows fewer lists
  const scope = openJson(cipher, `scope/${folder}/${seq}`, row['scope']) as Partial<FolderScope>;
  return { folder, seq, scope: { ...EMPTY_SCOPE, ...scope } };
}

/** Returns the appointment in a row of `members`. Throws an Outage when it is damaged. */
export function memberOf(row: Row, cipher: BodyCipher): MemberRow {
  const member = row['member'] as MemberNumber;
  const seq = row['seq'] as number;
  const who = openJson(cipher, `member/${member}/${seq}`, row['who']) as Omit<
    MemberRow,
    'member' | 'seq' | 'suspended'
  >;
  return { member, seq, ...who, suspended: row['suspended'] === 1 };
}

/** Returns the device in a row of `devices`. Throws an Outage when what is noted of it is damaged. */
export function deviceOf(row: Row, cipher: BodyCipher): DeviceRow {
  const device = row['device'] as DeviceId;
  const sealed = row['notes'] as Uint8Array;
  const notes = sealed.length === 0 ? {} : openJson(cipher, `device/${device}`, sealed);
  return {
    device,
    member: row['member'] as MemberNumber,
    signKey: row['sign_key'] as Uint8Array,
    sealKey: row['seal_key'] as Uint8Array,
    leases: JSON.parse(row['leases'] as string) as DeviceRow['leases'],
    lastN: row['last_n'] as number,
    lastHash: row['last_hash'] as Uint8Array,
    revoked: row['revoked'] === 1,
    lastContactMs: row['last_contact_ms'] as number,
    ...(notes as Pick<DeviceRow, 'label' | 'protocol' | 'report' | 'erasure'>),
  };
}

/** Returns the invitation in a row of `invitations`. */
export function invitationOf(row: Row): InvitationRow {
  return {
    codeHash: row['code_hash'] as string,
    member: row['member'] as MemberNumber,
    expiresAtMs: row['expires_at_ms'] as number,
    usedAtMs: row['used_at_ms'] as number | null,
    isReusable: row['reusable'] === 1,
    ...(row['ordered_by'] === null ? {} : { by: JSON.parse(row['ordered_by'] as string) as Orderer }),
  };
}

function openJson(cipher: BodyCipher, label: string, sealed: unknown): unknown {
  return JSON.parse(Buffer.from(cipher.open(label, sealed as Uint8Array)).toString('utf8'));
}

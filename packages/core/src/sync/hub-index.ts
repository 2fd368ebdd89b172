/** What the Hub keeps in memory of everything committed: labels, people, devices, counters; never content. */
import { must } from '../base/assert.ts';
import { documentLabelParts } from '../kinds/registry.ts';
import type { DocumentLabelParts } from '../kinds/registry.ts';
import type { DeviceId, DocumentId, FolderId, MemberNumber } from '../model/ids.ts';
import { EMPTY_SCOPE } from '../model/principal.ts';
import type { DocumentLabel, FolderScope, Principal } from '../model/principal.ts';
import { markOf } from './cursor.ts';
import type { Reached } from './cursor.ts';
import type { DeviceRow, DocumentHead, FeedBatch, FeedImage, InvitationRow, MemberRow } from './ports.ts';

/** A picture of the commune that rights can be judged by: as committed, or as a batch would leave it. */
export interface Picture {
  head(document: DocumentId): DocumentHead | null;
  scope(folder: FolderId): FolderScope | null;
  member(member: MemberNumber): MemberRow | null;
  device(device: DeviceId): DeviceRow | null;
}

/** A document that exists, with what its id says. */
export interface IndexedDocument {
  readonly head: DocumentHead;
  readonly parts: DocumentLabelParts;
}

/** The committed picture. Changed only by `apply`, after a commit. */
export class HubIndex implements Picture {
  epoch: number;
  nextClientId: number;
  headSeq: number;
  headHash: Uint8Array;
  /** Counts the commits that may have changed what somebody may see. */
  rightsVersion = 0;
  readonly #byOrdinal: IndexedDocument[] = [];
  readonly #documents = new Map<DocumentId, IndexedDocument>();
  readonly #folders = new Map<FolderId, IndexedDocument[]>();
  readonly #scopes = new Map<FolderId, FolderScope>();
  /** When a right begins or ends in a folder by the clock alone. */
  readonly #turns = new Map<FolderId, readonly number[]>();
  readonly #members = new Map<MemberNumber, MemberRow>();
  readonly #devices = new Map<DeviceId, DeviceRow>();
  readonly #invitations = new Map<string, InvitationRow>();
  readonly #numbers = new Map<string, number>();

  constructor(image: FeedImage) {
    this.epoch = image.epoch;
    this.nextClientId = image.nextClientId;
    this.headSeq = image.headSeq;
    this.headHash = image.headHash;
    this.#addRows(image);
  }

  /** Returns how many documents there are; ordinals run from 1 to this. */
  get documentCount(): number {
    return this.#byOrdinal.length;
  }

  /** Returns the moment of the last commit, seen at `nowMs`. */
  moment(nowMs: number): Reached {
    return { seq: this.headSeq, atMs: nowMs, documents: this.#byOrdinal.length, mark: markOf(this.headHash) };
  }

  head(document: DocumentId): DocumentHead | null {
    return this.#documents.get(document)?.head ?? null;
  }

  scope(folder: FolderId): FolderScope | null {
    return this.#scopes.get(folder) ?? null;
  }

  member(member: MemberNumber): MemberRow | null {
    return this.#members.get(member) ?? null;
  }

  device(device: DeviceId): DeviceRow | null {
    return this.#devices.get(device) ?? null;
  }

  /** Returns the document created as number `ordinal`. */
  at(ordinal: number): IndexedDocument {
    return must(this.#byOrdinal[ordinal - 1], 'a document of this ordinal');
  }

  /** Returns a document that exists, or null. */
  find(document: DocumentId): IndexedDocument | null {
    return this.#documents.get(document) ?? null;
  }

  /** Returns the documents of a folder. */
  documentsOf(folder: FolderId): readonly IndexedDocument[] {
    return this.#folders.get(folder) ?? [];
  }

  /** Returns the folders in which a seat ended, or a grant began or ended, between two moments: also when the clock was put back from one to the other. */
  foldersTurned(oneMs: number, otherMs: number): readonly FolderId[] {
    const folders: FolderId[] = [];
    for (const [folder, turns] of this.#turns) {
      if (turns.some((turnMs) => isBetween(turnMs, oneMs, otherMs))) folders.push(folder);
    }
    return folders;
  }

  /** Says whether the person's appointment ended between two moments, or is no longer over, the clock having been put back. */
  hasWorkTurned(member: MemberNumber, oneMs: number, otherMs: number): boolean {
    const endMs = this.#members.get(member)?.principal.untilMs ?? null;
    return endMs !== null && isBetween(endMs, oneMs, otherMs);
  }

  /** Returns everybody who was ever invited. */
  members(): Iterable<MemberRow> {
    return this.#members.values();
  }

  /** Returns every device ever enrolled. */
  devices(): Iterable<DeviceRow> {
    return this.#devices.values();
  }

  /** Returns the invitation of this hash, or null. */
  invitation(codeHash: string): InvitationRow | null {
    return this.#invitations.get(codeHash) ?? null;
  }

  /** Returns every invitation that was ever made. */
  invitations(): Iterable<InvitationRow> {
    return this.#invitations.values();
  }

  /** Returns the last number given in a series, 0 for none. */
  lastNumber(series: string): number {
    return this.#numbers.get(series) ?? 0;
  }

  /** Takes in what a commit wrote. */
  apply(batch: FeedBatch): void {
    const last = batch.entries.at(-1);
    if (last) {
      this.headSeq = last.seq;
      this.headHash = last.hash;
    }
    this.epoch = batch.epoch ?? this.epoch;
    this.nextClientId = batch.nextClientId ?? this.nextClientId;
    if (batch.members.length + batch.scopes.length > 0) this.rightsVersion += 1;
    this.#addRows(batch);
  }

  #addRows(rows: Pick<FeedImage, 'documents' | 'scopes' | 'members' | 'devices' | 'invitations' | 'numbers'>): void {
    for (const row of rows.documents) this.#addDocument(row);
    for (const { folder, scope } of rows.scopes) this.#addScope(folder, scope);
    for (const row of rows.members) this.#members.set(row.member, row);
    for (const row of rows.devices) this.#devices.set(row.device, row);
    for (const row of rows.invitations) this.#invitations.set(row.codeHash, row);
    for (const { series, last } of rows.numbers) this.#numbers.set(series, last);
  }

  #addDocument(row: DocumentHead): void {
    const known = this.#documents.get(row.document);
    const parts = known?.parts ?? must(documentLabelParts(row.document), 'the kind of a stored document');
    const { document, ordinal, owner, ownerDevice, lastSeq, lastAtMs, firstAtMs, firstSkewMs, number } = row;
    // field by field: a row of a batch carries the state too, which memory is not for
    const head = { document, ordinal, owner, ownerDevice, lastSeq, lastAtMs, firstAtMs, firstSkewMs, number };
    const indexed = { head, parts };
    this.#documents.set(document, indexed);
    this.#byOrdinal[ordinal - 1] = indexed;
    const folder = this.#folders.get(parts.folder) ?? [];
    this.#folders.set(parts.folder, [...folder.filter((other) => other.head.document !== document), indexed]);
  }

  #addScope(folder: FolderId, scope: FolderScope): void {
    this.#scopes.set(folder, scope);
    const ends = scope.team.flatMap(({ untilMs }) => (untilMs === null ? [] : [untilMs]));
    const turns = [...ends, ...scope.grants.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs])];
    if (turns.length > 0) this.#turns.set(folder, turns);
    else this.#turns.delete(folder);
  }
}

/** A right that begins or ends at `turnMs` is another at that very moment than just before. */
function isBetween(turnMs: number, oneMs: number, otherMs: number): boolean {
  return turnMs > Math.min(oneMs, otherMs) && turnMs <= Math.max(oneMs, otherMs);
}

/** Returns the person with the rights of his row: somebody suspended has an appointment that is over. */
export function principalOf(row: MemberRow): Principal {
  return row.suspended ? { ...row.principal, untilMs: 0 } : row.principal;
}

/** Returns the label of a document that exists in the picture. */
export function labelOf({ head, parts }: IndexedDocument, picture: Pick<Picture, 'scope'>): DocumentLabel {
  return { ...parts, owner: head.owner, scope: picture.scope(parts.folder) ?? EMPTY_SCOPE };
}

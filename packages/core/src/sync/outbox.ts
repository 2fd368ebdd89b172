/** Envelopes made here and not yet judged by the Hub. Rules OUT-1 … OUT-5. */
import { hexOf } from '../base/bytes.ts';
import type { CryptoPort } from '../base/world.ts';
import { type DocUpdate, parseUpdate } from '../doc/update.ts';
import { type DocumentId, type FolderId, folderOf, type Ulid } from '../model/ids.ts';
import { type SignedEnvelope, envelopeHash, parseEnvelope } from './envelope.ts';

/** One envelope that waits for its verdict. */
export interface OutboxRow {
  readonly n: number;
  readonly document: DocumentId;
  readonly group: Ulid | null;
  readonly signed: SignedEnvelope;
  readonly hash: Uint8Array;
  readonly update: DocUpdate;
  /** Names the envelope in quarantine too: its `n` and the start of its hash. */
  readonly id: string;
}

const N_DIGITS = 12;
/** How much of an envelope's hash its id bears. */
export const HASH_DIGITS = 16;

/** Returns the record key of envelope `n`: ordered as text as `n` is ordered. */
export function outboxKey(n: number): string {
  return String(n).padStart(N_DIGITS, '0');
}

/** Returns the id of an envelope: what names it in quarantine. */
export function envelopeId({ n, hash }: Pick<OutboxRow, 'n' | 'hash'>): string {
  return `${outboxKey(n)}-${hexOf(hash).slice(0, HASH_DIGITS)}`;
}

/** Returns the row of a signed envelope, or null when its update is not of the grammar: it was not made here. */
export function outboxRowOf(signed: SignedEnvelope, crypto: CryptoPort): OutboxRow | null {
  const update = parseUpdate(signed.envelope.update);
  if (!update.ok) return null;
  const { n, document, group } = signed.envelope;
  const hash = envelopeHash(signed, crypto);
  return { n, document, group: group?.id ?? null, signed, hash, update: update.value, id: envelopeId({ n, hash }) };
}

/** The rows in memory, in the order of `n`. Durable changes are made by the replica's commits; this follows them. */
export class Outbox {
  #rows: OutboxRow[] = [];
  readonly #byN = new Map<number, OutboxRow>();
  readonly #byDocument = new Map<DocumentId, OutboxRow[]>();
  readonly #byFolder = new Map<FolderId, Set<DocumentId>>();
  /** Ids of rows whose work was taken out of the documents: still sent, since the chain needs them, but no longer shown. */
  readonly #doomed = new Set<string>();

  /** Returns every row, in order. */
  get rows(): readonly OutboxRow[] {
    return this.#rows;
  }

  /** Returns how many rows still count as waiting. */
  get waiting(): number {
    return this.#rows.length - this.#rows.filter((row) => this.#doomed.has(row.id)).length;
  }

  /** Returns the row of envelope `n`, or null. */
  find(n: number): OutboxRow | null {
    return this.#byN.get(n) ?? null;
  }

  /** Returns the rows whose work a document shows beyond what is confirmed, in order. */
  pendingOf(document: DocumentId): readonly OutboxRow[] {
    const rows = this.#byDocument.get(document);
    if (!rows) return [];
    return this.#doomed.size === 0 ? rows : rows.filter((row) => !this.#doomed.has(row.id));
  }

  /** Says whether anything of the document, doomed or not, still waits for a verdict. */
  hasAny(document: DocumentId): boolean {
    return this.#byDocument.has(document);
  }

  /** Says whether the row's work was taken out of its document. */
  isDoomed(row: OutboxRow): boolean {
    return this.#doomed.has(row.id);
  }

  /** Returns the documents of a folder with rows, doomed or not. */
  documentsOf(folder: FolderId): Iterable<DocumentId> {
    return this.#byFolder.get(folder) ?? [];
  }

  /** Returns the documents with rows, doomed or not. */
  documents(): Iterable<DocumentId> {
    return this.#byDocument.keys();
  }

  /** Follows a commit that added rows: newer than all others, or old ones that are to be handed in again. */
  add(rows: readonly OutboxRow[]): void {
    const last = this.#rows.at(-1)?.n ?? 0;
    for (const row of rows) {
      this.#rows.push(row);
      this.#byN.set(row.n, row);
      const siblings = this.#byDocument.get(row.document);
      if (siblings) siblings.push(row);
      else this.#open(row.document, row);
    }
    if (rows.some(({ n }) => n < last)) for (const list of [this.#rows, ...this.#byDocument.values()]) sortByN(list);
  }

  /** Follows a commit that moved rows to quarantine. */
  doom(rows: readonly OutboxRow[]): void {
    for (const row of rows) this.#doomed.add(row.id);
  }

  /** Follows a commit that removed rows. */
  remove(rows: readonly OutboxRow[]): void {
    if (rows.length === 0) return;
    const gone = new Set(rows);
    this.#rows = this.#rows.filter((row) => !gone.has(row));
    for (const row of rows) {
      this.#doomed.delete(row.id);
      this.#byN.delete(row.n);
      const rest = (this.#byDocument.get(row.document) ?? []).filter((sibling) => sibling !== row);
      if (rest.length > 0) this.#byDocument.set(row.document, rest);
      else this.#close(row.document);
    }
  }

  #open(document: DocumentId, row: OutboxRow): void {
    const folder = folderOf(document);
    const documents = this.#byFolder.get(folder) ?? new Set<DocumentId>();
    this.#byDocument.set(document, [row]);
    this.#byFolder.set(folder, documents.add(document));
  }

  #close(document: DocumentId): void {
    const folder = folderOf(document);
    const documents = this.#byFolder.get(folder);
    this.#byDocument.delete(document);
    documents?.delete(document);
    if (documents?.size === 0) this.#byFolder.delete(folder);
  }
}

function sortByN(rows: OutboxRow[]): void {
  rows.sort((a, b) => a.n - b.n);
}

/**
 * Returns what a refusal of `refused` takes with it: every later pending row of the same document, since it builds on the refused one,
 * and the rest of each group, since groups are admitted whole or not at all; over and over until nothing is added. Rules OUT-4, QUA-1.
 */
export function fallOf(refused: readonly OutboxRow[], outbox: Outbox): readonly OutboxRow[] {
  const fallen = new Set<OutboxRow>();
  const firstOf = new Map<DocumentId, number>();
  const groups = new Set<Ulid>();
  let frontier = [...refused];
  while (frontier.length > 0) {
    for (const row of frontier) {
      fallen.add(row);
      firstOf.set(row.document, Math.min(row.n, firstOf.get(row.document) ?? row.n));
      if (row.group) groups.add(row.group);
    }
    frontier = outbox.rows.filter((row) => {
      if (fallen.has(row) || outbox.isDoomed(row)) return false;
      const first = firstOf.get(row.document);
      return (first !== undefined && row.n > first) || (row.group !== null && groups.has(row.group));
    });
  }
  return [...fallen].toSorted((a, b) => a.n - b.n);
}

/** Returns the row stored under `bytes`, or null when they are none. */
export function parseOutboxRow(bytes: Uint8Array, crypto: CryptoPort): OutboxRow | null {
  const signed = parseEnvelope(bytes);
  return signed.ok ? outboxRowOf(signed.value, crypto) : null;
}

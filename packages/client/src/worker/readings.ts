import type { Json } from '@chungtay/core/base/any';
import type { World } from '@chungtay/core/base/world';
import { readDocument } from '@chungtay/core/doc/read';
import { type ReadAct, readLogKindFor } from '@chungtay/core/kinds/read-log';
import { kindOf } from '@chungtay/core/kinds/registry';
import { accessRuleOfKind } from '@chungtay/core/model/grant';
import { type DocumentId, type FolderId, documentIdOf, makeUlid } from '@chungtay/core/model/ids';
import { Serial } from '@chungtay/core/sync/device-serial';
import { msOfMinutes } from '@chungtay/core/sync/envelope';
import type { Replica } from '@chungtay/core/sync/replica';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';

const HOUR_MS = 3_600_000;
/** A record this long is followed by another: a document has room for thousands of lines, not for all. */
const MOST_LINES = 1_000;
/** Items of one edit. */
const AT_ONCE = 100;
/** An edit waits for a full disk until there is room; whoever wants to read does not. */
const PATIENCE_MS = 2_000;

type WholeDocument = Extract<HeldDocument, { readonly access: 'whole' }>;

/** What of a replica it takes. */
export type ReadReplica = Pick<Replica, 'edit' | 'documentsOf' | 'read' | 'principal'>;

interface OwnLog {
  readonly document: DocumentId;
  readonly lines: readonly { readonly value: Json; readonly minutes: number }[];
}

/**
 * Writes down who reads in the closed compartments, before he reads: one line for each document, act and hour, saved and signed like any
 * edit, offline too. What could not be written down is not shown. Holds POL-20, POL-21.
 */
export class Readings {
  readonly #replica: ReadReplica;
  readonly #world: World;
  readonly #hasRoom: () => boolean;
  readonly #serial = new Serial();

  constructor(replica: ReadReplica, world: World, hasRoom: () => boolean) {
    this.#replica = replica;
    this.#world = world;
    this.#hasRoom = hasRoom;
  }

  /**
   * Resolves when all that this person may read in the folder, or of it `only` these, is written down as read; to the documents of which it
   * could not be.
   */
  note(folder: FolderId, act: ReadAct, only?: ReadonlySet<DocumentId>): Promise<ReadonlySet<DocumentId>> {
    return this.#serial.run(() => this.#note(folder, act, only));
  }

  /** Says whether something in the folder is not written down for this hour yet. */
  isDue(folder: FolderId, act: ReadAct): boolean {
    return this.#dueIn(folder, act).size > 0;
  }

  async #note(folder: FolderId, act: ReadAct, only?: ReadonlySet<DocumentId>): Promise<ReadonlySet<DocumentId>> {
    const missed = new Set<DocumentId>();
    for (const [kind, all] of this.#dueIn(folder, act)) {
      const due = only ? all.filter((document) => only.has(document)) : all;
      for (let from = 0; from < due.length; from += AT_ONCE) {
        const some = due.slice(from, from + AT_ONCE);
        const isWritten = await this.#write(this.#logFor(folder, kind), some, act);
        if (!isWritten) for (const document of some) missed.add(document);
      }
    }
    return missed;
  }

  async #write(log: DocumentId, documents: readonly DocumentId[], act: ReadAct): Promise<boolean> {
    if (!this.#hasRoom()) return false;
    const appends = documents.map((document) => ({ name: 'reads', value: { document, act } }));
    // a full disk, no lease, no right: the reason is the same, nothing is written down
    const saving = this.#replica.edit([{ document: log, appends }]).catch(() => null);
    const waited = new Promise<null>((resolve) => void this.#world.after(PATIENCE_MS, () => resolve(null)));
    return (await Promise.race([saving, waited]))?.ok === true;
  }

  /** What of the folder is to be written down, by the kind of the record. */
  #dueIn(folder: FolderId, act: ReadAct): ReadonlyMap<string, readonly DocumentId[]> {
    const due = new Map<string, DocumentId[]>();
    const wholes = this.#wholesOf(folder);
    const hour = Math.floor(this.#world.nowMs() / HOUR_MS);
    const noted = new Set(
      ownLogsIn(wholes, this.#replica.principal?.member ?? null).flatMap(({ lines }) =>
        lines
          .filter(({ minutes }) => Math.floor(msOfMinutes(minutes) / HOUR_MS) === hour)
          .map(({ value }) => keyOf(value)),
      ),
    );
    for (const { document, kind } of wholes) {
      const log = logKindOf(kind);
      if (log === null || noted.has(keyOf({ document, act }))) continue;
      due.set(log, [...(due.get(log) ?? []), document]);
    }
    return due;
  }

  /** The record to go on in, or a new one. */
  #logFor(folder: FolderId, kind: string): DocumentId {
    const own = ownLogsIn(this.#wholesOf(folder), this.#replica.principal?.member ?? null);
    const open = own.find(({ document, lines }) => document.split('/')[1] === kind && lines.length < MOST_LINES);
    return open?.document ?? documentIdOf(folder, kind, makeUlid(this.#world));
  }

  #wholesOf(folder: FolderId): readonly WholeDocument[] {
    const held = this.#replica.documentsOf(folder).flatMap((document) => this.#replica.read(document) ?? []);
    return held.filter((one) => one.access === 'whole');
  }
}

/** The kind that keeps reads of documents of this kind, null where they are not recorded. */
function logKindOf(kind: string): string | null {
  const found = kindOf(kind);
  // a request is a record itself, and who asks has no other right in its compartment yet
  const isRecorded = found !== null && !found.isReadLog && accessRuleOfKind(found.id) === null;
  return isRecorded ? readLogKindFor(found.compartment) : null;
}

function ownLogsIn(wholes: readonly WholeDocument[], me: number | null): readonly OwnLog[] {
  return wholes
    .filter(({ kind, owner }) => kindOf(kind)?.isReadLog === true && (owner === null || owner === me))
    .map(({ document, state }) => ({ document, lines: readDocument(state).logs.get('reads') ?? [] }));
}

function keyOf(line: Json): string {
  const { document, act } = line as { readonly document: string; readonly act: string };
  return `${act} ${document}`;
}

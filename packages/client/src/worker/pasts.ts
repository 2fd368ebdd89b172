import { historyOf, stateAt } from '@chungtay/core/derive/history';
import type { Row } from '@chungtay/core/derive/row-types';
import type { DocState } from '@chungtay/core/doc/state';
import type { DocUpdate } from '@chungtay/core/doc/update';
import { kindOf } from '@chungtay/core/kinds/registry';
import { type DocumentId, type FolderId, parseDocumentId } from '@chungtay/core/model/ids';
import { type DocumentPast, fetchPast, type PastFailure, type PastParts } from '@chungtay/core/sync/document-past';
import type { Replica } from '@chungtay/core/sync/replica';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';
import type { DocumentMoment, FolderHistory, HistoryItem, HistoryReach } from './engine-views.ts';
import { contentOf } from './folder-views.ts';

const NONE: ReadonlySet<DocumentId> = new Set();
const KEPT = 64;
const AT_ONCE = 8;

/** From the best to what must be said first. */
const REACHES: readonly HistoryReach[] = ['whole', 'part', 'here', 'busy', 'failed'];
const REACH_OF: Readonly<Record<PastFailure, HistoryReach>> = {
  offline: 'here',
  'too-fast': 'busy',
  nothing: 'part',
  malformed: 'failed',
};

interface KeptPast {
  /** The Hub's time of the newest change it was fetched with. */
  readonly atMs: number;
  readonly past: DocumentPast;
}

type WholeDocument = Extract<HeldDocument, { readonly access: 'whole' }>;

/** What became of the documents of open files: in memory alone, forgotten with the lock. Holds HIS-8. */
export class Pasts {
  readonly #replica: Replica<Row>;
  readonly #parts: PastParts;
  readonly #kept = new Map<DocumentId, KeptPast>();

  constructor(replica: Replica<Row>, parts: PastParts) {
    this.#replica = replica;
    this.#parts = parts;
  }

  /** Returns what is known here; without the documents of `unread`, whose reading could not be written down. */
  here(folder: FolderId, unread: ReadonlySet<DocumentId> = NONE): FolderHistory {
    const documents = this.#documentsOf(folder, unread);
    const reaches = documents.map((held) => this.#reachOf(held));
    return { items: this.#itemsOf(documents), reach: worstOf(reaches) };
  }

  /** Asks the Hub for what is not known here. */
  async fetch(folder: FolderId, unread: ReadonlySet<DocumentId> = NONE): Promise<FolderHistory> {
    const failures: HistoryReach[] = [];
    const noted = this.#documentsOf(folder, unread);
    const told = new Set(noted.map(({ document }) => document));
    const asked = noted.filter((held) => this.#reachOf(held) === 'here');
    for (let from = 0; from < asked.length; from += AT_ONCE) {
      const some = asked.slice(from, from + AT_ONCE);
      failures.push(...(await Promise.all(some.map((held) => this.#fetchOne(held)))).flat());
    }
    // of what came meanwhile nobody has written down that it is read
    const documents = this.#documentsOf(folder, unread).filter(({ document }) => told.has(document));
    const known = documents.map((held) => this.#reachOf(held)).filter((reach) => reach !== 'here');
    const isMissing = known.length < documents.length && failures.length === 0;
    return {
      items: this.#itemsOf(documents),
      reach: worstOf([...known, ...failures, ...(isMissing ? ['here' as const] : [])]),
    };
  }

  /** Returns a document as it stood when the change `op` had been made, or null when that is not known here. */
  documentAt(document: DocumentId, op: string): DocumentMoment | null {
    const held = this.#replica.read(document);
    const kind = parseDocumentId(document)?.kind;
    if (held?.access !== 'whole' || kind === undefined) return null;
    const { base, updates } = this.#layersOf(document);
    const state = stateAt(updates, op, base);
    return state && { document, kind, ...contentOf(kind, state) };
  }

  /** Forgets everything that was fetched. */
  forget(): void {
    this.#kept.clear();
  }

  /** Returns why it could not be fetched; nothing when it was. */
  async #fetchOne({ document, atMs }: WholeDocument): Promise<readonly HistoryReach[]> {
    const { confirmed } = this.#replica.layersOf(document);
    const fetched = await fetchPast(document, confirmed, this.#parts);
    if (!fetched.ok) return [REACH_OF[fetched.error]];
    this.#kept.delete(document);
    this.#kept.set(document, { atMs, past: fetched.value });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return [];
  }

  /** Records of reading are shown as such, not as changes. */
  #documentsOf(folder: FolderId, unread: ReadonlySet<DocumentId>): readonly WholeDocument[] {
    const held = this.#replica.documentsOf(folder).flatMap((document) => this.#replica.read(document) ?? []);
    const told = held.filter(({ document, kind }) => !unread.has(document) && !kindOf(kind)?.isReadLog);
    return told.filter((one) => one.access === 'whole');
  }

  #reachOf({ document, atMs }: WholeDocument): HistoryReach {
    // the Hub has none of it: everything there is lies here
    if (atMs === 0) return 'whole';
    const kept = this.#kept.get(document);
    if (kept?.atMs !== atMs) return 'here';
    return kept.past.base ? 'part' : 'whole';
  }

  #itemsOf(documents: readonly WholeDocument[]): readonly HistoryItem[] {
    const items = documents.flatMap(({ document, kind }) => {
      const { base, updates } = this.#layersOf(document);
      return historyOf(kind, updates, base).map(({ isAddition: _added, ...change }) => ({ ...change, document, kind }));
    });
    return items.toReversed().toSorted((a, b) => b.atMs - a.atMs);
  }

  /** What was fetched, or what stands, with the person's own waiting work on top. */
  #layersOf(document: DocumentId): { readonly base: DocState | null; readonly updates: readonly DocUpdate[] } {
    const { confirmed, waiting } = this.#replica.layersOf(document);
    const kept = this.#kept.get(document);
    const held = this.#replica.read(document);
    if (!kept || kept.atMs !== held?.atMs) return { base: confirmed, updates: waiting };
    return { base: kept.past.base, updates: [...kept.past.updates, ...waiting] };
  }
}

function worstOf(reaches: readonly HistoryReach[]): HistoryReach {
  return REACHES.findLast((reach) => reaches.includes(reach)) ?? 'whole';
}

/** Which agencies hold which documents, from when: recorded when a device says that it holds a frame durably. Holds FEED-11. */
import type { MemberNumber } from '../model/ids.ts';
import type { DocumentId } from '../model/ids.ts';
import { agencyOf } from '../model/role.ts';
import type { Agency } from '../model/role.ts';
import type { DeliveryNote } from './feed-items.ts';
import { accessNow } from './feed-plan.ts';
import type { Reader } from './feed-plan.ts';
import type { Work } from './hub-commits.ts';
import type { HubIndex } from './hub-index.ts';
import type { Overlay } from './hub-overlay.ts';
import type { FeedStore } from './ports.ts';

/** One line of a receipts frame: document, agency, Hub time. */
export type ReceiptLine = readonly [DocumentId, Agency, number];

/** What the receipts need of the Hub. */
export interface ReceiptPorts {
  readonly store: Pick<FeedStore, 'readReceipts'>;
  readonly index: () => HubIndex;
  readonly nowMs: () => number;
  readonly push: (work: Work) => void;
  /** Tells the sessions of these members. */
  readonly tell: (members: ReadonlySet<MemberNumber>, lines: readonly ReceiptLine[]) => void;
}

const KNOWN_KEPT = 50_000;
const RECONCILED_DOCUMENTS = 200;
const RECONCILED_MS = 7 * 86_400_000;

/** Records receipts and answers for them. */
export class Receipts {
  readonly #ports: ReceiptPorts;
  /** Recorded already, as far as remembered. */
  readonly #known = new Set<string>();

  constructor(ports: ReceiptPorts) {
    this.#ports = ports;
  }

  /** A person's device holds these documents durably: his agency has received what others wrote of them. */
  record(reader: Reader, notes: readonly DeliveryNote[]): void {
    const agency = this.#agency(reader.member);
    const fresh = notes.filter((note) => this.#isNews(note, agency));
    if (!agency || fresh.length === 0) return;
    for (const { document } of fresh) this.#remember(document, agency);
    let lines: readonly ReceiptLine[] = [];
    this.#ports.push({
      lane: 'receipts',
      weight: fresh.length,
      needs: () => [],
      decide: async (overlay) => {
        lines = await this.#enter(fresh, agency, overlay);
      },
      done: () => this.#tell(fresh, lines),
      failed: () => this.#known.clear(),
    });
  }

  /** A device came back with a cursor: what it held when the connection broke was perhaps never recorded. */
  reconcile(reader: Reader, seq: number): void {
    const index = this.#ports.index();
    const sinceMs = this.#ports.nowMs() - RECONCILED_MS;
    const notes: DeliveryNote[] = [];
    for (let ordinal = index.documentCount; ordinal > 0 && notes.length < RECONCILED_DOCUMENTS; ordinal -= 1) {
      const document = index.at(ordinal);
      const { head } = document;
      if (head.lastSeq > seq || head.lastAtMs < sinceMs) continue;
      if (accessNow(reader, document, index, this.#ports.nowMs()).access !== 'whole') continue;
      notes.push({ document: head.document, seq: head.lastSeq, writers: [head.owner] });
    }
    this.record(reader, notes);
  }

  /** Returns the receipts of those documents that the reader may read. Rejects with an Outage. */
  async answer(reader: Reader, documents: readonly string[]): Promise<readonly ReceiptLine[]> {
    const index = this.#ports.index();
    const readable = [...new Set(documents)].filter((id) => {
      const document = index.find(id as DocumentId);
      return document !== null && accessNow(reader, document, index, this.#ports.nowMs()).access === 'whole';
    });
    const rows = await this.#ports.store.readReceipts(readable as DocumentId[]);
    return rows.map(({ document, agency, atMs }) => [document, agency as Agency, atMs] as const);
  }

  #isNews({ document, writers }: DeliveryNote, agency: Agency | null): boolean {
    if (agency === null || this.#known.has(`${document} ${agency}`)) return false;
    return writers.some((writer) => {
      const other = this.#agency(writer);
      return other !== null && other !== agency;
    });
  }

  /** The first receipt stands: "since when" is what the law asks. */
  async #enter(notes: readonly DeliveryNote[], agency: Agency, overlay: Overlay): Promise<readonly ReceiptLine[]> {
    const atMs = this.#ports.nowMs();
    const rows = await this.#ports.store.readReceipts(notes.map(({ document }) => document));
    const recorded = new Set(rows.filter((row) => row.agency === agency).map(({ document }) => document));
    const missing = notes.filter(({ document }) => !recorded.has(document));
    for (const { document, seq } of missing) overlay.setReceipt({ document, agency, seq, atMs });
    return missing.map(({ document }) => [document, agency, atMs] as const);
  }

  #tell(notes: readonly DeliveryNote[], lines: readonly ReceiptLine[]): void {
    if (lines.length === 0) return;
    const index = this.#ports.index();
    const writers = new Set(notes.flatMap((note) => note.writers));
    for (const [document] of lines) writers.add(index.head(document)?.owner ?? (0 as MemberNumber));
    this.#ports.tell(writers, lines);
  }

  #remember(document: DocumentId, agency: Agency): void {
    if (this.#known.size >= KNOWN_KEPT) this.#known.clear();
    this.#known.add(`${document} ${agency}`);
  }

  /** Null for the Hub, which is nobody's reader and whose writing needs no receipt. */
  #agency(member: MemberNumber): Agency | null {
    const row = this.#ports.index().member(member);
    return row ? agencyOf(row.principal.role) : null;
  }
}

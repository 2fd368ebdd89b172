/**
 * One session's questions about the past of documents: answered one after another, in parts that fit a frame, at a pace that leaves the
 * others their Hub. Parts tell no more than the Feed: who, when, and the update; never an envelope, whose number, group and chain speak of
 * other documents. Holds HIS-1 … HIS-5.
 */
import { decodeAny, encodeAny } from '../base/any.ts';
import type { Signer } from '../base/world.ts';
import { encodeState } from '../doc/state.ts';
import type { DeviceId, DocumentId } from '../model/ids.ts';
import type { HistoryAnswer, HistoryAsk, HistoryPart } from '../wire/frames.ts';
import { signHistory } from '../wire/hub-signature.ts';
import { Serial } from './device-serial.ts';
import type { Reader } from './feed-plan.ts';
import { mayHold, watchRights } from './feed-rights.ts';
import type { StillRight } from './feed-rights.ts';
import type { IndexedDocument } from './hub-index.ts';
import { readPast, readPastAfter } from './past-read.ts';
import type { PastEntry, PastSources } from './past-read.ts';
import { DamagedRow } from './ports.ts';
import type { Sealer } from './ports.ts';

/** What answering needs. */
export interface HistoryPorts extends PastSources {
  readonly sealer: Sealer;
  readonly signer: Signer;
  /** Sends an answer in its turn, if `mayGo` says so in that very moment; says whether it went. */
  readonly send: (answer: HistoryAnswer, mayGo?: StillRight) => Promise<boolean>;
}

/** Bounds of one session's questions: parts answered at once, time between two after that, questions that may wait. */
export const HISTORY_PACE = { burst: 100, betweenMs: 50, waiting: 64 } as const;
const PART_BYTES = 96 * 1024;
const PART_ENTRIES = 200;
/** A state beyond this may not fit a frame beside anything. */
const BASE_BYTES = 160 * 1024;

const NOTHING = new Uint8Array(0);
const TOKEN = 'past';
/** Always as many, so that a token's length says nothing of how much there is. */
const SEQ_DIGITS = 16;

/** See the file's head. */
export class HistoryDesk {
  readonly #reader: Reader;
  readonly #ports: HistoryPorts;
  readonly #serial = new Serial();
  #waiting = 0;
  #freeAtMs = 0;

  constructor(reader: Reader, ports: HistoryPorts) {
    this.#reader = reader;
    this.#ports = ports;
  }

  /** Answers in its turn; at once, with `isTooFast`, when too many wait. Resolves when that is sent; rejects with an Outage. */
  async ask(question: HistoryAsk): Promise<void> {
    if (this.#waiting >= HISTORY_PACE.waiting) return this.#say(question.ask, true);
    this.#waiting += 1;
    try {
      await this.#serial.run(() => this.#answer(question));
    } finally {
      this.#waiting -= 1;
    }
    return undefined;
  }

  async #answer(question: HistoryAsk): Promise<void> {
    await this.#pace();
    const document = this.#heldBy(question.document as DocumentId);
    const part = document && (await this.#partOf(document, question.next).catch(nothingIfDamaged));
    if (!document || !part) return this.#say(question.ask, false);
    const claim = { document: question.document, after: question.next, part };
    const signature = await signHistory(claim, this.#ports.signer);
    const mayGo = watchRights(this.#reader, [{ document, access: { access: 'whole' } }], this.#ports);
    const isSent = await this.#ports.send({ ask: question.ask, part, isTooFast: false, signature }, mayGo);
    return isSent ? undefined : this.#say(question.ask, false);
  }

  /** What is there and not his is as if it were not there, to the very turn: an answer that takes longer tells too. */
  #heldBy(id: DocumentId): IndexedDocument | null {
    const document = this.#ports.index().find(id);
    return document && mayHold(this.#reader, { document, access: { access: 'whole' } }, this.#ports) ? document : null;
  }

  async #say(ask: number, isTooFast: boolean): Promise<void> {
    await this.#ports.send({ ask, part: null, isTooFast, signature: NOTHING });
  }

  async #partOf(document: IndexedDocument, next: Uint8Array): Promise<HistoryPart | null> {
    if (next.length > 0) {
      const after = openNext(next, this.#reader.device, document.head.document, this.#ports.sealer);
      const entries =
        after === null ? null : await readPastAfter(this.#reader, document, after, PART_ENTRIES + 1, this.#ports);
      return entries && this.#cut(document, null, entries);
    }
    const past = await readPast(this.#reader, document, this.#ports);
    const base = past?.base ? encodeState(past.base) : null;
    return past && (base?.length ?? 0) <= BASE_BYTES ? this.#cut(document, base, past.entries) : null;
  }

  #cut(document: IndexedDocument, base: Uint8Array | null, entries: readonly PastEntry[]): HistoryPart {
    const part: [number, number, Uint8Array][] = [];
    let sizeBytes = base?.length ?? 0;
    for (const { member, atMs, bytes } of entries) {
      sizeBytes += bytes.length;
      if (part.length >= PART_ENTRIES || (part.length > 0 && sizeBytes > PART_BYTES)) break;
      part.push([member, atMs, bytes]);
    }
    const last = entries[part.length - 1];
    const isMore = last !== undefined && part.length < entries.length;
    const { device } = this.#reader;
    const next = isMore ? sealNext(last.seq, device, document.head.document, this.#ports.sealer) : NOTHING;
    return { base, entries: part, next };
  }

  async #pace(): Promise<void> {
    const { world } = this.#ports;
    const nowMs = world.nowMs();
    const { burst, betweenMs } = HISTORY_PACE;
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + betweenMs;
    const waitMs = this.#freeAtMs - nowMs - burst * betweenMs;
    if (waitMs > 0) await new Promise<void>((resolve) => void world.after(waitMs, resolve));
  }
}

/** A past of which a part is damaged is not told as if it were whole. */
function nothingIfDamaged(error: unknown): null {
  if (error instanceof DamagedRow) return null;
  throw error;
}

/** Sealed for one device and document: dense numbers stay inside the Hub (FEED-1). */
function sealNext(seq: number, device: DeviceId, document: DocumentId, sealer: Sealer): Uint8Array {
  return sealer.seal(encodeAny([TOKEN, device, document, String(seq).padStart(SEQ_DIGITS, '0')]));
}

function openNext(next: Uint8Array, device: DeviceId, document: DocumentId, sealer: Sealer): number | null {
  const plain = sealer.open(next);
  const decoded = plain && decodeAny(plain);
  if (!decoded?.ok || !Array.isArray(decoded.value)) return null;
  const [token, ofDevice, ofDocument, seq] = decoded.value as readonly unknown[];
  const isOurs = token === TOKEN && ofDevice === device && ofDocument === document;
  return isOurs && typeof seq === 'string' ? Number(seq) : null;
}

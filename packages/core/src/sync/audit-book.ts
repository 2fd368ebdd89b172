/**
 * The log told to people, newest first: to the chair and the province all of it, to everybody else what he did and what was done with his
 * appointment. It names a document only to who may hold it now, is silent about group 5, and never says what stands in one. Holds AUD-16,
 * AUD-17, AUD-19.
 */
import { decodeAny, encodeAny } from '../base/any.ts';
import { hexOf } from '../base/bytes.ts';
import { documentLabelParts } from '../kinds/registry.ts';
import { parseDocumentId } from '../model/ids.ts';
import type { DeviceId, DocumentId, MemberNumber } from '../model/ids.ts';
import type { Role } from '../model/role.ts';
import { DAY_MS } from '../policy/calendar.ts';
import { AUDIT_ROW } from '../policy/matrix.ts';
import type { AuditAnswer, AuditAsk, AuditLine } from '../wire/audit.ts';
import { type Deed, deedsOf } from './audit-lines.ts';
import { accessNow } from './feed-plan.ts';
import type { HubIndex } from './hub-index.ts';
import type { FeedEntry, FeedStore, Sealer } from './ports.ts';

/** What the book is read from. */
export interface AuditPorts {
  readonly index: () => HubIndex;
  readonly store: Pick<FeedStore, 'readLines'>;
  /** Seals where an answer ends: dense numbers stay inside the Hub (FEED-1). */
  readonly sealer: Sealer;
  readonly nowMs: () => number;
}

/** Who asks. */
export interface AuditReader {
  readonly member: MemberNumber;
  readonly device: DeviceId;
  readonly role: Role;
}

/**
 * Lines of an answer; entries looked at for one question by who reads all, and at once. Who reads his own alone gets so many days: where a
 * page of entries ends would count what others did between two deeds of his, in closed compartments too.
 */
const AUDIT_PAGE = { lines: 60, entries: 1_000, atOnce: 200, ownMs: 14 * DAY_MS } as const;
const TOKEN = 'audit';
/** Always as many, so that a token's length says nothing of how much there is. */
const TOKEN_DIGITS = 16;
const TOKEN_HEX = /^(?:[0-9a-f]{2})+$/u;

/** Says whether this role reads everybody's deeds: row L of the matrix. */
function readsAllDeeds(role: Role): boolean {
  const { right, scope } = AUDIT_ROW[role];
  return right === 'read' && scope === 'all';
}

/** Returns the deeds asked for, as far as this reader may hear of them. Rejects with an Outage. */
export async function readDeeds(
  reader: AuditReader,
  ask: AuditAsk,
  ports: AuditPorts,
): Promise<Omit<AuditAnswer, 'head'>> {
  const index = ports.index();
  const isAll = readsAllDeeds(reader.role);
  const { fromMs = -Infinity } = ask;
  const lines: AuditLine[] = [];
  const start = await startOf(reader, ask, ports, index.headSeq);
  const [mostEntries, floorMs] = isAll ? [AUDIT_PAGE.entries, -Infinity] : [Infinity, start.atMs - AUDIT_PAGE.ownMs];
  let [looked, atMs] = [0, start.atMs];
  for await (const entry of newestFirst(start.upTo, ports.store)) {
    const isPageFull = lines.length >= AUDIT_PAGE.lines || looked >= mostEntries;
    // whether more may come is told by the days asked for, never by what others did in them
    const isTooOld = entry.atMs < Math.max(floorMs, fromMs);
    if (isPageFull || isTooOld) {
      const isMore = isPageFull || fromMs < floorMs;
      const next = { upTo: entry.seq, atMs: isPageFull ? atMs : floorMs };
      return { lines, next: isMore ? sealNext(next, reader, ports.sealer) : null, isAll };
    }
    const nowMs = ports.nowMs();
    const deeds = deedsOf(entry).filter((deed) => !isSilenced(deed, entry, reader, index, nowMs));
    if (deeds.length > 0 || !isSilent(entry.document)) looked += 1;
    const heard = deeds.filter((deed) => isAsked(deed, ask) && (isAll || isHis(deed, reader)));
    if (heard.length > 0) ({ atMs } = entry);
    lines.push(...heard.map((deed) => told(deed, reader, index, nowMs)));
  }
  return { lines, next: null, isAll };
}

async function* newestFirst(upTo: number, store: AuditPorts['store']): AsyncGenerator<FeedEntry> {
  for (let end = upTo; end > 0; end -= AUDIT_PAGE.atOnce) {
    const entries = await store.readLines(Math.max(0, end - AUDIT_PAGE.atOnce), end, AUDIT_PAGE.atOnce);
    yield* entries.toReversed();
  }
}

/** Of group 5 not even that something was done is told, to nobody but who did it and who may hold what it is about. Rule AUD-19. */
function isSilenced(deed: Deed, { document }: FeedEntry, reader: AuditReader, index: HubIndex, nowMs: number): boolean {
  if (!isSilent(document) && !isSilent(deed.of)) return false;
  return !isHis(deed, reader) && !(deed.of !== null && mayName(deed.of, reader, index, nowMs));
}

function isSilent(document: DocumentId | null): boolean {
  return document !== null && documentLabelParts(document)?.compartment === 'hiv';
}

function isAsked({ atMs, act, member, about }: Deed, ask: AuditAsk): boolean {
  const isOfPerson = ask.member === undefined || member === ask.member || about === ask.member;
  const isOfSort = ask.act === undefined || act === ask.act;
  return isOfPerson && isOfSort && (ask.fromMs ?? 0) <= atMs && atMs < (ask.untilMs ?? Infinity);
}

function isHis({ member, about }: Deed, reader: AuditReader): boolean {
  return member === reader.member || about === reader.member;
}

function told({ of, ...deed }: Deed, reader: AuditReader, index: HubIndex, nowMs: number): AuditLine {
  const known = of !== null && mayName(of, reader, index, nowMs);
  return { ...deed, kind: known ? (parseDocumentId(of)?.kind ?? null) : null, document: known ? of : null };
}

function mayName(document: DocumentId, reader: AuditReader, index: HubIndex, nowMs: number): boolean {
  const found = index.find(document);
  return found !== null && accessNow(reader, found, index, nowMs).access !== 'none';
}

/** The entry to begin with, and the moment that a page counts its days from. */
interface Start {
  readonly upTo: number;
  readonly atMs: number;
}

/** Where the last answer ended, or the last entry before `untilMs`, found by halves. */
async function startOf(
  reader: AuditReader,
  ask: AuditAsk,
  { store, sealer, nowMs }: AuditPorts,
  headSeq: number,
): Promise<Start> {
  const next = ask.next === undefined ? null : openNext(ask.next, reader, sealer);
  if (next !== null) return { ...next, upTo: Math.min(next.upTo, headSeq) };
  if (ask.untilMs === undefined) return { upTo: headSeq, atMs: nowMs() };
  let [low, high] = [0, headSeq];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [entry] = await store.readLines(middle - 1, middle, 1);
    if (entry && entry.atMs < ask.untilMs) low = middle;
    else high = middle - 1;
  }
  return { upTo: low, atMs: Math.min(ask.untilMs, nowMs()) };
}

function sealNext({ upTo, atMs }: Start, { device }: AuditReader, sealer: Sealer): string {
  const numbers = [upTo, atMs].map((number) => String(number).padStart(TOKEN_DIGITS, '0'));
  return hexOf(sealer.seal(encodeAny([TOKEN, device, ...numbers])));
}

function openNext(text: string, { device }: AuditReader, sealer: Sealer): Start | null {
  if (!TOKEN_HEX.test(text)) return null;
  const sealed = Uint8Array.from(text.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
  const plain = sealer.open(sealed);
  const decoded = plain && decodeAny(plain);
  if (!decoded?.ok || !Array.isArray(decoded.value)) return null;
  const [token, ofDevice, upTo, atMs] = decoded.value as readonly unknown[];
  const isOurs = token === TOKEN && ofDevice === device && typeof upTo === 'string' && typeof atMs === 'string';
  return isOurs ? { upTo: Number(upTo), atMs: Number(atMs) } : null;
}

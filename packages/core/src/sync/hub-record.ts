/** Entering an admitted envelope: document, head, scope, number, chain and device, all in one layer and so in one commit (ADM-10). */
import type { Json } from '../base/any.ts';
import { must } from '../base/assert.ts';
import { utf8LengthBytes, writeUtf8 } from '../base/utf8.ts';
import { bearsOnScope, equalScopes, hasScopePart, mergeScopes, scopePartOf } from '../derive/scope.ts';
import type { DocState } from '../doc/state.ts';
import type { DocUpdate } from '../doc/update.ts';
import type { KindDefinition } from '../kinds/define.ts';
import { documentLabelParts, kindOf } from '../kinds/registry.ts';
import { type ClockReading, firstReceiptOf } from '../model/first-receipt.ts';
import type { DeviceId, DocumentId, FolderId } from '../model/ids.ts';
import { EMPTY_SCOPE } from '../model/principal.ts';
import type { SignedEnvelope } from './envelope.ts';
import type { HubIndex } from './hub-index.ts';
import type { Overlay } from './hub-overlay.ts';
import { nextNumber } from './numbers.ts';
import type { FeedEntry } from './ports.ts';

/** An envelope that is admitted, and what it makes of its document. */
export interface Admitted {
  readonly signed: SignedEnvelope;
  readonly hash: Uint8Array;
  readonly update: DocUpdate;
  readonly after: DocState;
  /** What is known of the clock that wrote it. */
  readonly clock: ClockReading;
}

/** What the writer of an envelope is told of its document. */
export interface Recorded {
  /** The human number that the document bears, or null. */
  readonly number: string | null;
  /** With the first envelope: what to add to the clock that wrote it; 0 for a clock that was right and for every later one. */
  readonly skewMs: number;
  /** The Hub's time of it: never before that of the document's last one, whatever became of the Hub's clock. */
  readonly atMs: number;
}

/** Enters the envelope. */
export function recordEnvelope(overlay: Overlay, admitted: Admitted, nowMs: number): Recorded {
  const { signed, hash, update, after, clock } = admitted;
  const { document, member, device, n } = signed.envelope;
  const known = overlay.head(document);
  // a clock put back would make a later edit the first that was received, on every tablet that hears of it
  const atMs = Math.max(nowMs, known?.lastAtMs ?? 0);
  const parts = must(documentLabelParts(document), 'the kind of an admitted document');
  const kind = must(kindOf(parts.kind), 'the kind of an admitted document');
  const entry = overlay.append({ atMs, type: 'envelope', document, member, device, n, body: signed.bytes });
  const number = known ? known.number : giveNumber(overlay, kind, entry);
  const owner = known?.owner ?? member;
  const ownerDevice = known?.ownerDevice ?? device;
  const first = known ? { atMs: known.firstAtMs, skewMs: known.firstSkewMs } : firstReceiptOf(atMs, clock);
  const moments = { lastSeq: entry.seq, lastAtMs: atMs, firstAtMs: first.atMs, firstSkewMs: first.skewMs };
  overlay.setDocument({ document, owner, ownerDevice, ...moments, number }, after);
  advanceDevice(overlay, device, n, hash, atMs);
  if (update.items.some(({ field }) => bearsOnScope(kind.id, field.name))) rescope(overlay, parts.folder, entry.seq);
  return { number, skewMs: known ? 0 : first.skewMs, atMs };
}

/** Counts the envelope as judged: the device's next one has the next number and names this one's hash. */
export function advanceDevice(overlay: Overlay, device: DeviceId, n: number, hash: Uint8Array, atMs: number): void {
  const row = must(overlay.device(device), 'the device of an envelope');
  overlay.setDevice({ ...row, lastN: n, lastHash: hash, lastContactMs: Math.max(row.lastContactMs, atMs) });
}

/** Returns the JSON of an entry that is no envelope. */
export function entryBody(content: { readonly [key: string]: Json }): Uint8Array {
  const json = JSON.stringify(content);
  const bytes = new Uint8Array(utf8LengthBytes(json));
  writeUtf8(bytes, 0, json);
  return bytes;
}

/** Returns the documents whose states a decision about `document` needs: itself, and what shares in the scope of its folder. */
export function documentsNeeded(document: DocumentId, index: HubIndex): readonly DocumentId[] {
  const parts = documentLabelParts(document);
  const kind = parts && kindOf(parts.kind);
  if (!kind || !hasScopePart(kind.id)) return [document];
  const siblings = index.documentsOf(parts.folder).filter((sibling) => hasScopePart(sibling.parts.kind));
  return [document, ...siblings.map(({ head }) => head.document)];
}

function giveNumber(overlay: Overlay, kind: KindDefinition, { atMs, document, member }: FeedEntry): string | null {
  if (kind.numbered === undefined) return null;
  const given = nextNumber(kind.numbered, atMs, (series) => overlay.lastNumber(series));
  overlay.setNumber(given.series, given.last);
  const body = entryBody({ number: given.text });
  overlay.append({ atMs, type: 'number', document, member, device: null, n: 0, body });
  return given.text;
}

function rescope(overlay: Overlay, folder: FolderId, seq: number): void {
  const parts = [...overlay.documentsOf(folder)].flatMap((document) => {
    const kind = documentLabelParts(document)?.kind ?? '';
    const firstAtMs = overlay.head(document)?.firstAtMs ?? null;
    return hasScopePart(kind) ? [scopePartOf(kind, overlay.state(document), document, firstAtMs)] : [];
  });
  const scope = mergeScopes(parts);
  if (!equalScopes(scope, overlay.scope(folder) ?? EMPTY_SCOPE)) overlay.setScope(folder, seq, scope);
}

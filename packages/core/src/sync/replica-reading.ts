/** What the screens read of a replica: documents, where each stands, and the rows derived from them. */
import type { Json } from '../base/any.ts';
import type { DocState } from '../doc/state.ts';
import type { FirstReceipt } from '../model/first-receipt.ts';
import { type DocumentId, type FolderId, type MemberNumber, parseDocumentId } from '../model/ids.ts';
import type { DocumentImage, ExtractImage } from './device-images.ts';
import { parseExtract } from './replica-feed-parse.ts';
import type { Holdings } from './replica-holdings.ts';

interface HeldCommon {
  readonly document: DocumentId;
  readonly folder: FolderId;
  readonly kind: string;
  /** The human number the Hub gave, or null. */
  readonly number: string | null;
  /** The Hub's time of the newest confirmed change; 0 when the Hub has none. */
  readonly atMs: number;
  /** `tablet` while own work on it waits for the Hub. */
  readonly where: 'tablet' | 'hub';
  /** Agencies that hold it, and since when by the Hub's clock. */
  readonly receipts: readonly (readonly [agency: string, atMs: number])[];
}

/** A document as this device holds it: whole, or as a read-only extract. */
export type HeldDocument =
  | (HeldCommon & {
      readonly access: 'whole';
      /** Null for one that only exists here so far: its maker is the person himself. */
      readonly owner: MemberNumber | null;
      /** Null while the Hub has nothing of it. */
      readonly firstReceipt: FirstReceipt | null;
      /** Confirmed and own waiting work together. Not to be changed. */
      readonly state: DocState;
    })
  | (HeldCommon & {
      readonly access: 'extract';
      readonly extract: string;
      readonly values: Readonly<Record<string, Json>>;
    });

/** How much there is. */
export interface ReplicaCounts {
  /** Documents and extracts held. */
  readonly onTablet: number;
  /** Envelopes that wait for the Hub. */
  readonly waiting: number;
  /** Quarantined envelopes that wait for the person. */
  readonly quarantined: number;
}

/** Returns the document as held, or null when it is not. */
export function readHeld(document: DocumentId, holdings: Holdings): HeldDocument | null {
  return readWhole(document, holdings, holdings.state(document)) ?? extractOf(document, holdings);
}

/** Returns the same as `readHeld` without keeping what was parsed: for a look at many. */
export function glanceHeld(document: DocumentId, holdings: Holdings): HeldDocument | null {
  return readWhole(document, holdings, holdings.parse(document)) ?? extractOf(document, holdings);
}

/** Returns a whole document that is held, whose state, own waiting work included, the caller has in hand. */
export function heldWith(document: DocumentId, state: DocState, holdings: Holdings): HeldDocument | null {
  return readWhole(document, holdings, state);
}

/** Returns every document and extract held, parsed one at a time and not kept. */
export function* walkHeld(holdings: Holdings): Generator<HeldDocument> {
  for (const document of documentsHeld(holdings)) {
    const held = glanceHeld(document, holdings);
    if (held) yield held;
  }
}

/** Returns the ids of every document and extract held, those that only wait included. */
export function documentsHeld(holdings: Holdings): ReadonlySet<DocumentId> {
  const documents = new Set<DocumentId>();
  for (const image of holdings.images()) if (image.is !== 'filed') documents.add(image.document);
  for (const document of holdings.outbox.documents())
    if (holdings.outbox.pendingOf(document).length > 0) documents.add(document);
  return documents;
}

/** Returns the ids of the documents and extracts held of one folder, in order. */
export function documentsOfFolder(folder: FolderId, holdings: Holdings): readonly DocumentId[] {
  const documents = new Set<DocumentId>();
  for (const image of holdings.imagesOf(folder)) if (image.is !== 'filed') documents.add(image.document);
  for (const document of holdings.outbox.documentsOf(folder))
    if (holdings.outbox.pendingOf(document).length > 0) documents.add(document);
  return [...documents].toSorted();
}

function readWhole(document: DocumentId, holdings: Holdings, state: DocState | null): HeldDocument | null {
  const path = parseDocumentId(document);
  if (!state || !path) return null;
  const image: DocumentImage | null = holdings.confirmed(document);
  const { folder, kind } = path;
  return {
    access: 'whole',
    document,
    folder,
    kind,
    state,
    owner: image?.owner ?? null,
    firstReceipt: image && image.firstAtMs > 0 ? { atMs: image.firstAtMs, skewMs: image.firstSkewMs } : null,
    number: image?.number ?? null,
    atMs: image?.atMs ?? 0,
    where: holdings.outbox.pendingOf(document).length > 0 ? 'tablet' : 'hub',
    receipts: image?.receipts ?? [],
  };
}

function extractOf(document: DocumentId, holdings: Holdings): HeldDocument | null {
  const image: ExtractImage | undefined = holdings.extractsOf(document)[0];
  const path = parseDocumentId(document);
  if (!image || !path) return null;
  const { folder, kind } = path;
  const { extract, atMs, json } = image;
  const values = parseExtract(json) ?? {};
  return {
    access: 'extract',
    document,
    folder,
    kind,
    extract,
    values,
    atMs,
    number: null,
    where: 'hub',
    receipts: [],
  };
}

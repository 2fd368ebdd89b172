/** Looks at what a device got, byte by byte and item by item, and says what should not be there and what is missing. */
import { type DocumentId, type MemberNumber, folderOf } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import type { Canary } from './canaries.ts';
import { type Expected, type Placed, TOLD, type Watched, expectedOf, mayHave } from './expected.ts';
import type { Play } from './play.ts';
import { type Layers, layersOf } from './recording-relay.ts';
import type { Tablet } from './tablet.ts';

/** Something wrong with one cell of the matrix. */
export interface Finding {
  readonly kind: string;
  readonly role: Role;
  readonly fault: 'leak' | 'missing';
  /** Person, phase, layer and place, for whoever reads the failure. */
  readonly where: string;
}

/** How often each cell was looked at: values that must be there, and values that must not. */
export interface Looked {
  allowed: number;
  forbidden: number;
}

/** What all scans of a play came to. */
export class Scan {
  readonly findings: Finding[] = [];
  readonly cells = new Map<string, Looked>();
  readonly bytes = { raw: 0, inflated: 0, stores: 0 };
  readonly counts = { devices: 0, frames: 0, packs: 0, items: 0, extracts: 0, pasts: 0, noPasts: 0 };

  /** Returns how often a cell was looked at. */
  looked(kind: string, role: Role): Looked {
    const key = `${kind} ${role}`;
    const looked = this.cells.get(key) ?? { allowed: 0, forbidden: 0 };
    this.cells.set(key, looked);
    return looked;
  }

  /** Returns what is wrong with a cell, the first of many. */
  of(kind: string, role: Role): readonly string[] {
    return this.findings
      .filter((finding) => finding.kind === kind && finding.role === role)
      .slice(0, 10)
      .map(({ fault, where }) => `${fault}: ${where}`);
  }
}

/** How a device is looked at. */
export interface Look {
  readonly phase: string;
  /** Everything it may have came over this wire: it began with nothing. */
  readonly isFresh?: boolean;
  /** It is not of the commune any more: whatever it held it holds, and nothing may come. */
  readonly isGone?: boolean;
}

/** Scans one device and notes what it may know from now on. Folds its store first, so that what was purged is gone from it. */
export async function look(play: Play, tablet: Tablet, { phase, isFresh, isGone }: Look, scan: Scan): Promise<void> {
  const person = play.watched(tablet.who);
  const wire = layersOf(tablet.relay.received());
  const at = { play, tablet, person, phase, scan, isGone: isGone === true };
  count(wire, scan);
  const onWire = foundIn(play, [...wire.raw, ...wire.messages, ...wire.frames, ...wire.packs]);
  judge(at, 'wire', onWire, isFresh === true);
  judgeItems(at, wire);
  if (!isGone) {
    while ((await tablet.replica.fold(60_000)) > 0) continue;
    const records = tablet.store.allBytes();
    for (const bytes of records) scan.bytes.stores += bytes.length;
    judge(at, 'store', foundIn(play, records), true);
    for (const placed of play.documents.values())
      if (expectedOf(person, placed) !== 'nothing') play.known(tablet).add(placed.document);
  }
  tablet.relay.forget();
}

interface Looking {
  readonly play: Play;
  readonly tablet: Tablet;
  readonly person: Watched;
  readonly phase: string;
  readonly scan: Scan;
  readonly isGone: boolean;
}

function foundIn({ canaries }: Play, haystacks: readonly Uint8Array[]): ReadonlySet<Canary> {
  const found = new Set<Canary>();
  for (const bytes of haystacks) for (const canary of canaries.findIn(bytes)) found.add(canary);
  return found;
}

function judge(at: Looking, layer: 'wire' | 'store', found: ReadonlySet<Canary>, mustBeThere: boolean): void {
  const { play, person, phase, scan, tablet } = at;
  for (const canary of play.canaries.all) {
    const placed = play.documents.get(canary.document);
    const kind = placed?.kind ?? '(folder)';
    const may = isAllowed(at, canary, placed, layer);
    const looked = scan.looked(kind, person.role);
    if (!may.have) looked.forbidden += 1;
    const where = `${tablet.who}, ${phase}, ${layer}, ${canary.place} of ${kind}`;
    if (found.has(canary) && !may.have) scan.findings.push({ kind, role: person.role, fault: 'leak', where });
    if (!may.must || !mustBeThere) continue;
    looked.allowed += 1;
    if (!found.has(canary)) scan.findings.push({ kind, role: person.role, fault: 'missing', where });
  }
}

/** `have`: it is no leak. `must`: it is his, and now. */
function isAllowed(
  { play, person, tablet, isGone }: Looking,
  canary: Canary,
  placed: Placed | undefined,
  layer: 'wire' | 'store',
): { readonly have: boolean; readonly must: boolean } {
  if (!placed) {
    const isKnown = [...play.known(tablet)].some((document) => folderOf(document) === (canary.document as string));
    return { have: isKnown || knowsFolder(play, person, canary.document), must: false };
  }
  const expected: Expected = isGone ? 'nothing' : expectedOf(person, placed);
  const isKnown = play.known(tablet).has(placed.document);
  if (canary.place === '(id)') return { have: isKnown || expected !== 'nothing', must: false };
  if (canary.place === '(number)') return { have: expected === 'whole' || isKnown, must: false };
  if (play.isNameOf(person, canary)) return { have: true, must: expected === 'whole' };
  const have = mayHave(expected, canary.place);
  // what of his own the Hub did not take is his to keep: in quarantine
  const isOwnLoss = layer === 'store' && play.isHeldWorkOf(tablet, canary);
  return { have: have || isOwnLoss, must: have && canary.isLive };
}

function knowsFolder({ documents }: Play, person: Watched, folder: string): boolean {
  return [...documents.values()].some(
    (placed) => folderOf(placed.document) === folder && expectedOf(person, placed) !== 'nothing',
  );
}

/** The items one by one: an enumeration or a yes has no canary, but it travels in an item of a document or an extract. */
function judgeItems(at: Looking, { items }: Layers): void {
  const { play, person, phase, scan, tablet, isGone } = at;
  for (const item of items) {
    const [type, document, third] = item as readonly [string, DocumentId, unknown];
    const placed = play.documents.get(document) ?? unplaced(document);
    const expected: Expected = isGone ? 'nothing' : expectedOf(person, placed);
    const isRight =
      type === 'c'
        ? play.known(tablet).has(document) || expected !== 'nothing'
        : type === 'x'
          ? third === expected && keysOf(item[4]) === keysTold(expected)
          : expected === 'whole';
    if (isRight) continue;
    const where = `${tablet.who}, ${phase}, an item ${type} of ${document}, ${expected} expected`;
    scan.findings.push({ kind: placed.kind, role: person.role, fault: 'leak', where });
  }
}

/** The people appointed last, whom nobody placed: documents of the Hub about those who work here. */
function unplaced(document: DocumentId): Placed {
  const kind = document.split('/')[1] ?? '';
  const nowhere = { villages: [], schools: [], team: [], assignee: null };
  return { document, kind, compartment: kind === 'member' ? 'staff' : 'sealed', owner: 0 as MemberNumber, ...nowhere };
}

function keysOf(json: unknown): string {
  return Object.keys(JSON.parse(String(json)) as object)
    .toSorted()
    .join(' ');
}

function keysTold(expected: Expected): string | null {
  if (expected === 'whole' || expected === 'nothing') return null;
  return TOLD[expected]?.keys.toSorted().join(' ') ?? null;
}

function count(wire: Layers, { bytes, counts }: Scan): void {
  const sizeOf = (parts: readonly Buffer[]): number => parts.reduce((sum, part) => sum + part.length, 0);
  bytes.raw += sizeOf(wire.raw);
  bytes.inflated += sizeOf(wire.frames) + sizeOf(wire.packs);
  counts.devices += 1;
  counts.frames += wire.frames.length;
  counts.packs += wire.packs.length;
  counts.items += wire.items.length;
  counts.extracts += wire.items.filter(([type]) => type === 'x').length;
}

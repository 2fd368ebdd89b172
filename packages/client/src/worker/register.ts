import { type ChildRow, childRow } from '@chungtay/core/derive/child-row';
import { createNameIndex, type NameIndex } from '@chungtay/core/derive/name-search';
import type { CaseRow, HouseholdRow, Row } from '@chungtay/core/derive/row-types';
import { type DocumentId, documentIdOf, type FolderId } from '@chungtay/core/model/ids';
import { compareNames, nameSortKey } from '@chungtay/core/model/names';
import type { Places } from './engine-views.ts';
import type { ChildQuery, QueryAnswer } from './register-views.ts';

/** What changed in the register: lines to show anew, lines that are gone, and the kinds whose lists are stale. */
export interface RegisterChange {
  readonly rows: readonly ChildRow[];
  readonly gone: readonly FolderId[];
  readonly kinds: readonly string[];
}

/** Where the rows come from: a Replica fits. */
export interface RowSource {
  rows(): readonly Row[];
  row(document: DocumentId): Row | null;
  documentsOf(folder: FolderId): readonly DocumentId[];
}

const MAX_HITS = 300;

/** The children of one person's replica, joined, sorted and searchable. In memory only, from rows the person may hold. */
export class Register {
  readonly #source: RowSource;
  readonly #today: () => string;
  readonly #children = new Map<FolderId, ChildRow>();
  /** Child → cases that name it; a case lies in a folder of its own. */
  readonly #cases = new Map<FolderId, Map<FolderId, CaseRow>>();
  readonly #childOfCase = new Map<FolderId, FolderId>();
  /** Household → children that name it: what it says of them all lies in a folder of its own. */
  readonly #ofHousehold = new Map<FolderId, Set<FolderId>>();
  readonly #index: NameIndex = createNameIndex();
  readonly #sortKeys = new Map<FolderId, string>();
  #order: FolderId[] | null = null;
  #villages = new Map<string, string>();

  constructor(source: RowSource, today: () => string) {
    this.#source = source;
    this.#today = today;
  }

  /** Reads every row once; returns all children. */
  load(): readonly ChildRow[] {
    const byFolder = Map.groupBy(this.#source.rows(), (row) => row.folder);
    for (const rows of byFolder.values())
      for (const row of rows) if (row.type === 'case') this.#noteCase(row.folder, row);
    const today = this.#today();
    for (const [folder, rows] of byFolder)
      this.#put(folder, childRow(rows, this.#casesOf(folder), today, this.#householdIn(rows)));
    return [...this.#children.values()];
  }

  /** Follows documents that changed; returns what the page must know. */
  follow(changed: ReadonlySet<DocumentId>): RegisterChange {
    const folders = new Set<FolderId>();
    const kinds = new Set<string>();
    for (const document of changed) {
      const [folder, kind = ''] = document.split('/') as [FolderId, string?];
      folders.add(folder);
      kinds.add(kind);
      for (const child of this.#followCase(document, kind, folder)) folders.add(child);
      if (kind === 'household') for (const child of this.#ofHousehold.get(folder) ?? []) folders.add(child);
    }
    const rows: ChildRow[] = [];
    const gone: FolderId[] = [];
    for (const folder of folders) {
      const wasThere = this.#children.has(folder);
      const row = this.#joined(folder);
      this.#put(folder, row);
      if (row) rows.push(row);
      else if (wasThere) gone.push(folder);
    }
    return { rows, gone, kinds: [...kinds] };
  }

  /** Learns what the villages are called, so that they can be searched. */
  setPlaces(places: Places): void {
    this.#villages = new Map(places.villages.map(({ id, name }) => [id, name]));
    for (const row of this.#children.values()) this.#indexChild(row);
  }

  /** Returns one child's line, or null. */
  child(folder: FolderId): ChildRow | null {
    return this.#children.get(folder) ?? null;
  }

  /** Returns every child's line. */
  children(): Iterable<ChildRow> {
    return this.#children.values();
  }

  /** Returns who matches, best or alphabetical first. */
  query({ text, filter, village, group, limit }: ChildQuery): QueryAnswer {
    const isWanted = (row: ChildRow | undefined): row is ChildRow =>
      row !== undefined &&
      (village === null || row.village === village) &&
      (group === null || row.groups.some((each) => each === group)) &&
      matches(row, filter);
    if (text.trim() === '') {
      const ids = this.#sorted().filter((id) => isWanted(this.#children.get(id)));
      return { ids: ids.slice(0, limit), total: ids.length, approximateFrom: ids.length };
    }
    const hits = this.#index.search(text, MAX_HITS).filter(({ id }) => isWanted(this.#children.get(id as FolderId)));
    const exact = hits.findIndex((hit) => hit.approximate);
    return {
      ids: hits.slice(0, limit).map(({ id }) => id as FolderId),
      total: hits.length,
      approximateFrom: exact < 0 ? hits.length : exact,
    };
  }

  /** Returns the rows beside its folder that say something of a child: its household's, and those of cases about it. */
  beside(child: FolderId): readonly (HouseholdRow | CaseRow)[] {
    const household = this.#householdAt(this.#children.get(child)?.household ?? null);
    return household ? [household, ...this.#casesOf(child)] : this.#casesOf(child);
  }

  #joined(folder: FolderId): ChildRow | null {
    const rows = this.#source.documentsOf(folder).flatMap((document) => this.#source.row(document) ?? []);
    return childRow(rows, this.#casesOf(folder), this.#today(), this.#householdIn(rows));
  }

  #householdIn(rows: readonly Row[]): HouseholdRow | null {
    const identity = rows.find((row) => row.type === 'identity');
    return this.#householdAt(identity?.household ?? null);
  }

  #householdAt(folder: FolderId | null): HouseholdRow | null {
    const row = folder && this.#source.row(documentIdOf(folder, 'household'));
    return row?.type === 'household' ? row : null;
  }

  #noteHousehold(child: FolderId, before: FolderId | null, after: FolderId | null): void {
    if (before === after) return;
    if (before !== null) this.#ofHousehold.get(before)?.delete(child);
    if (after === null) return;
    const children = this.#ofHousehold.get(after) ?? new Set<FolderId>();
    this.#ofHousehold.set(after, children.add(child));
  }

  #casesOf(child: FolderId): readonly CaseRow[] {
    return [...(this.#cases.get(child)?.values() ?? [])];
  }

  #followCase(document: DocumentId, kind: string, folder: FolderId): readonly FolderId[] {
    if (kind !== 'case' && kind !== 'sealed-case') return [];
    const before = this.#childOfCase.get(folder);
    const row = this.#source.row(document);
    this.#noteCase(folder, row?.type === 'case' ? row : null);
    const after = this.#childOfCase.get(folder);
    return [before, after].filter((child) => child !== undefined);
  }

  #noteCase(folder: FolderId, row: CaseRow | null): void {
    const before = this.#childOfCase.get(folder);
    if (before !== undefined) this.#cases.get(before)?.delete(folder);
    this.#childOfCase.delete(folder);
    if (!row?.child) return;
    this.#childOfCase.set(folder, row.child);
    const cases = this.#cases.get(row.child) ?? new Map<FolderId, CaseRow>();
    cases.set(folder, row);
    this.#cases.set(row.child, cases);
  }

  #put(folder: FolderId, row: ChildRow | null): void {
    const before = this.#children.get(folder);
    this.#noteHousehold(folder, before?.household ?? null, row?.household ?? null);
    if (!row) {
      if (!before) return;
      this.#children.delete(folder);
      this.#sortKeys.delete(folder);
      this.#index.remove(folder);
      this.#order = null;
      return;
    }
    this.#children.set(folder, row);
    if (before?.name !== row.name || !this.#sortKeys.has(folder)) {
      this.#sortKeys.set(folder, nameSortKey(row.name ?? ''));
      this.#order = null;
    }
    this.#indexChild(row);
  }

  #indexChild(row: ChildRow): void {
    this.#index.set(row.folder, {
      name: row.name ?? '',
      otherNames: row.nicknames ? [row.nicknames] : [],
      father: row.fatherName,
      mother: row.motherName,
      carer: row.carerName,
      village: row.village === null ? null : (this.#villages.get(row.village) ?? null),
      phone: row.phone,
      personalId: row.personalId,
      birth: row.birth,
    });
  }

  #sorted(): readonly FolderId[] {
    // keys are made once per name: comparing folded names anew costs ten times as much for 6,000
    this.#order ??= [...this.#children.keys()].toSorted((a, b) => {
      const keyA = this.#sortKeys.get(a) ?? '';
      const keyB = this.#sortKeys.get(b) ?? '';
      return keyA < keyB ? -1 : keyA > keyB ? 1 : compareNames(a, b);
    });
    return this.#order;
  }
}

function matches(row: ChildRow, filter: ChildQuery['filter']): boolean {
  if (filter === 'all') return row.level !== 'closed';
  if (filter === 'conflict') return row.conflicts > 0;
  if (filter === 'papers') return row.papers.length > 0;
  return row.level === filter;
}

/** Test-only: an engine in memory. Documents are real (written, superseded and read by core), only storage, rights and the Hub are missing. */
import type { Json } from '@chungtay/core/base/any';
import { must } from '@chungtay/core/base/assert';
import { groupsOf } from '@chungtay/core/derive/groups';
import { missingPapers } from '@chungtay/core/derive/papers';
import { rowOf } from '@chungtay/core/derive/rows';
import { editDocument, type Edit } from '@chungtay/core/doc/edit';
import { readDocument } from '@chungtay/core/doc/read';
import { type DocState, emptyState } from '@chungtay/core/doc/state';
import { fieldTableOf, kindOf, strictestOf } from '@chungtay/core/kinds/registry';
import { type DocumentId, documentIdOf, type FolderId, folderOf, type MemberNumber } from '@chungtay/core/model/ids';
import { minutesOf, msOfMinutes } from '@chungtay/core/model/minutes';
import { dayOf } from '@chungtay/core/policy/calendar';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { flushPromises } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { type App, createApp } from 'vue';
import { createI18n } from '../i18n/use-i18n.ts';
import {
  createEngineLink,
  type DocumentMoment,
  type DocumentView,
  type EditOutcome,
  ENGINE,
  type EngineApi,
  type EngineEvent,
  type EngineLink,
  type FiledReceipt,
  type FolderHistory,
  type FolderView,
  type Me,
} from '../stores/engine.ts';

/** The person at the tablet in tests: a lead of the Culture and Society Office. */
export const LEAD: Me = {
  member: 5 as MemberNumber,
  name: 'Phạm Thị Thu Hà',
  role: 'lead',
  agency: 'cultureSociety',
  villages: ['*'],
  schools: [],
  commune: 'Nà Pàn',
  isDemo: false,
};

/** A colleague at the police, who writes at the same time. */
export const POLICE = 9 as MemberNumber;

const MEMBERS: FolderView['members'] = {
  5: { name: 'Phạm Thị Thu Hà', agency: 'cultureSociety' },
  9: { name: 'Thào A Sình', agency: 'police' },
};

/** 05/10/2026 14:00 in Vietnam. */
export const NOW_MS = Date.UTC(2026, 9, 5, 7);

/** What a test may do to the engine behind the page's back. */
export class FakeEngine {
  readonly states = new Map<DocumentId, DocState>();
  readonly drafts = new Map<string, Json>();
  /** Every group written by the page, oldest first. */
  readonly written: (readonly DocumentEdit[])[] = [];
  receipts: FiledReceipt[] = [];
  past: FolderHistory = { items: [], reach: 'whole' };
  moment: DocumentMoment | null = null;
  /** What every question about the register finds, and how many were asked. */
  children: readonly FolderId[] = [];
  queries = 0;
  /** Answers the next edit with this instead of saving. */
  refusal: Extract<EditOutcome, { ok: false }> | null = null;
  /** While set, answers to edits and drafts wait. */
  gate: Promise<void> | null = null;
  me: Me = LEAD;
  /** What the Hub answers a verb of the office with; null: it is not to be had. */
  office: (verb: string) => unknown = () => null;
  nowMs = NOW_MS;
  /** When the Hub first received what is here, and who made it; null: it has not, and that is not told. */
  received: { readonly atMs: number; readonly owner: number } | null = null;
  writable: ((document: DocumentId, field: string) => boolean) | null = null;
  readonly link: EngineLink;
  #tell: (event: EngineEvent) => void = () => undefined;
  readonly #open = new Set<FolderId>();
  #lastId = 0;
  readonly #undos = new Map<string, readonly DocumentEdit[]>();

  constructor() {
    this.link = createEngineLink((onEvent) => {
      this.#tell = onEvent;
      return this.#verbs();
    });
  }

  /** Returns how many folders the page holds open. */
  get openFolders(): number {
    return this.#open.size;
  }

  /** Writes as somebody else, who had seen only the ops of `seen` (all that is live when left out). */
  writeAs(member: number, edit: DocumentEdit): void {
    this.#apply(edit, member);
    this.#announce([edit.document]);
  }

  /** Tells the page something unasked. */
  tell(event: EngineEvent): void {
    this.#tell(event);
  }

  /** Returns a fresh ULID-shaped id. */
  id(): string {
    this.#lastId += 1;
    return `01K${String(this.#lastId).padStart(23, '0')}`;
  }

  /** Returns a folder as the page sees it. */
  viewOf(folder: FolderId): FolderView {
    const rows = this.#rows().filter((row) => row.folder === folder);
    const documents = [...this.states].filter(([document]) => folderOf(document) === folder);
    return {
      folder,
      documents: documents.map(([document, state]) => this.#documentView(document, state)),
      groups: groupsOf(rows, dayOf(this.nowMs)),
      papers: missingPapers(rows, dayOf(this.nowMs)),
      unread: 0,
      elsewhere: [],
      members: MEMBERS,
    };
  }

  #verbs(): EngineApi {
    const verbs: Partial<EngineApi> = {
      me: async () => this.me,
      setPlaces: async () => undefined,
      queryChildren: async () => {
        this.queries += 1;
        const { children } = this;
        return { ids: children, total: children.length, approximateFrom: children.length };
      },
      openFolder: async (folder) => {
        this.#open.add(folder);
        return this.viewOf(folder);
      },
      closeFolder: async (folder) => void this.#open.delete(folder),
      rowsOf: async (kind) => this.#rows().filter((row) => row.kind === kind || row.type === kind),
      tasks: async () => [],
      authenticator: async () => null,
      roomTicket: async () => null,
      askOffice: async (verb) => {
        const answer = this.office(verb);
        return answer === null ? { is: 'offline' } : { is: 'answered', answer: JSON.stringify(answer) };
      },
      storageState: async () => ({ persisted: true, usedBytes: null, quotaBytes: null, state: 'ok' }),
      edit: (edits) => this.#edit(edits),
      undo: async ({ id }) => {
        const edits = this.#undos.get(id);
        return edits ? this.#edit(edits) : { ok: false, reason: 'changed-since', fields: [] };
      },
      newFolder: async () => this.id() as FolderId,
      newDocument: async (folder, kind) =>
        documentIdOf(folder, kind, kindOf(kind)?.singleton ? null : (this.id() as never)),
      history: async () => this.past,
      fetchHistory: async () => this.past,
      documentAt: async () => this.moment,
      filed: async () => this.receipts,
      saveDraft: async (key, value) => {
        if (this.gate) await this.gate;
        if (value === null) this.drafts.delete(key);
        else this.drafts.set(key, value);
      },
      readDraft: async (key) => this.drafts.get(key) ?? null,
      drafts: async () => [...this.drafts].map(([key, value]) => ({ key, value })),
    };
    return verbs as EngineApi;
  }

  async #edit(edits: readonly DocumentEdit[]): Promise<EditOutcome> {
    if (this.gate) await this.gate;
    const { refusal } = this;
    this.refusal = null;
    if (refusal) return refusal;
    const wrong = edits.flatMap((edit) => wrongFieldsOf(edit));
    if (wrong.length > 0) return { ok: false, reason: 'invalid', fields: wrong };
    const undo = edits.map((edit) => this.#inverse(edit)).filter((edit) => edit.sets.length > 0);
    this.written.push(structuredClone(edits));
    for (const edit of edits) this.#apply(edit, this.me.member);
    const id = this.id();
    this.#undos.set(id, undo);
    this.#announce(edits.map(({ document }) => document));
    return { ok: true, undo: { id }, atMs: this.nowMs };
  }

  #inverse({ document, sets = [] }: DocumentEdit) {
    const view = readDocument(this.states.get(document) ?? emptyState());
    const before = ({ name, code }: { readonly name: string; readonly code?: string }): Json =>
      (code === undefined ? view.registers.get(name) : view.maps.get(name)?.get(code))?.value ?? null;
    return { document, sets: sets.map((set) => ({ ...set, value: before(set) })) };
  }

  #apply(edit: DocumentEdit, member: number): void {
    const state = this.states.get(edit.document) ?? emptyState();
    const own = [...state.live.values()].filter((entry) => entry.client === member).map(({ op }) => op);
    const by: Edit = { ...edit, client: member, member, minutes: minutesOf(this.nowMs) };
    const edited = editDocument(state, edit.seen ? { ...by, seen: new Set([...edit.seen, ...own]) } : by);
    this.states.set(edit.document, must(edited.ok ? edited.value.state : null, 'an edit of the grammar'));
  }

  #announce(documents: readonly DocumentId[]): void {
    for (const folder of new Set(documents.map(folderOf))) {
      if (this.#open.has(folder)) this.#tell({ type: 'folder', view: this.viewOf(folder) });
    }
    this.#tell({ type: 'changed', kinds: [...new Set(documents.map(kindIn))] });
  }

  #rows() {
    return [...this.states].flatMap(([document, state]) => {
      const { received } = this;
      const owner = received && (received.owner as MemberNumber);
      const sent = {
        owner,
        firstReceipt: received && { atMs: received.atMs, skewMs: 0 },
        isWaiting: received === null,
      };
      const meta = { document, folder: folderOf(document), number: null, atMs: this.nowMs, ...sent };
      return rowOf(kindIn(document), state, meta) ?? [];
    });
  }

  #documentView(document: DocumentId, state: DocState): DocumentView {
    const kind = kindIn(document);
    const read = readDocument(state, strictestOf(kind));
    const value = (entry: { op: string; value: Json; member: number; minutes: number }) => ({
      op: entry.op,
      value: entry.value,
      member: entry.member as MemberNumber,
      atMs: msOfMinutes(entry.minutes),
    });
    const field = (view: NonNullable<ReturnType<typeof read.registers.get>>) => ({
      ...value(must(view.live[0], 'a live value')),
      live: view.live.map(({ op }) => op),
      conflict: view.conflict?.map(value) ?? null,
    });
    const mapped = <In, Out>(map: ReadonlyMap<string, In>, made: (item: In) => Out) =>
      Object.fromEntries([...map].map(([name, item]) => [name, made(item)]));
    const fields = Object.keys(kindOf(kind)?.fields ?? {});
    return {
      document,
      kind,
      access: 'whole',
      number: null,
      registers: mapped(read.registers, field),
      maps: mapped(read.maps, (rows) => mapped(rows, field)),
      logs: mapped(read.logs, (entries) => entries.map(value)),
      extract: null,
      writable: fields.filter((name) => this.writable?.(document, name) ?? true),
      saved: 'tablet',
      receipts: [],
    };
  }
}

/** Runs `setup` inside an app that has the engine, Vietnamese and stores; returns its result and how to end it. */
export function withEngine<Result>(
  engine: FakeEngine,
  setup: () => Result,
): { result: Result; app: App; end: () => void } {
  let result: Result | undefined;
  const app = createApp({
    setup() {
      result = setup();
      return () => null;
    },
  });
  app.use(createPinia()).use(createI18n()).provide(ENGINE, engine.link);
  app.mount(document.createElement('div'));
  return { result: result as Result, app, end: () => app.unmount() };
}

/** Lets answers of the engine and what the page makes of them come through. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await flushPromises();
}

function kindIn(document: DocumentId): string {
  return document.split('/')[1] ?? '';
}

function wrongFieldsOf({ document, sets = [], appends = [] }: DocumentEdit): readonly string[] {
  const table = fieldTableOf(kindIn(document));
  if (!table) return ['*'];
  const isGood = (name: string, value: Json, isLog: boolean): boolean =>
    (!isLog && value === null) || (table.typeOf(name) !== null && table.check(name, value));
  return [
    ...sets.filter(({ name, value }) => !isGood(name, value, false)).map(({ name }) => name),
    ...appends.filter(({ name, value }) => !isGood(name, value, true)).map(({ name }) => `${name}#`),
  ];
}

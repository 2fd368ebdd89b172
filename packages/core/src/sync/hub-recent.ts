/** The latest commits in memory, so that live sessions and short absences never read the disk. */
import type { DocumentId, FolderId, MemberNumber } from '../model/ids.ts';
import type { FolderScope } from '../model/principal.ts';
import type { HubIndex } from './hub-index.ts';
import type { FeedBatch, FeedEntry, MemberRow } from './ports.ts';

/** One commit, with what it replaced. */
export interface RecentCommit {
  readonly afterSeq: number;
  /** Those that devices may receive. */
  readonly entries: readonly FeedEntry[];
  /** Scopes as they were before; null where there was none. */
  readonly scopesBefore: ReadonlyMap<FolderId, FolderScope | null>;
  readonly membersBefore: ReadonlyMap<MemberNumber, MemberRow | null>;
}

/** What happened in an interval of the Feed, as far as visibility and content need it. */
export interface Changes {
  /** Documents with entries, those in order. */
  readonly touched: Map<DocumentId, FeedEntry[]>;
  /** Folders whose scope changed, with the scope before. */
  readonly scopesBefore: Map<FolderId, FolderScope | null>;
  /** Members who changed, with the row before. */
  readonly membersBefore: Map<MemberNumber, MemberRow | null>;
}

const KEPT_BYTES = 16 * 1024 * 1024;
const ENTRY_BYTES = 200;
const COMMIT_BYTES = 400;
const ANSWERS_KEPT = 16;
const NO_SCOPES: RecentCommit['scopesBefore'] = new Map();
const NO_MEMBERS: RecentCommit['membersBefore'] = new Map();

/** Remembers commits up to `KEPT_BYTES`. */
export class RecentCommits {
  readonly #commits: RecentCommit[] = [];
  #bytes = 0;
  /** What was answered since the last commit: most sessions stand at the same place and ask the same. */
  readonly #answers = new Map<number, Changes>();

  /** Remembers what `batch` is about to change; asked before the index takes it in. */
  add(batch: FeedBatch, index: HubIndex): void {
    if (batch.entries.length === 0) return;
    this.#answers.clear();
    const { scopes, members } = batch;
    const commit: RecentCommit = {
      afterSeq: index.headSeq,
      entries: batch.entries.filter(isReceivable),
      scopesBefore: scopes.length > 0 ? new Map(scopes.map(({ folder }) => [folder, index.scope(folder)])) : NO_SCOPES,
      membersBefore:
        members.length > 0 ? new Map(members.map(({ member }) => [member, index.member(member)])) : NO_MEMBERS,
    };
    this.#commits.push(commit);
    this.#bytes += sizeOf(commit);
    while (this.#bytes > KEPT_BYTES && this.#commits.length > 1) {
      const oldest = this.#commits.shift();
      this.#bytes -= oldest ? sizeOf(oldest) : 0;
    }
  }

  /** Returns what happened after `seq`, or null when memory does not reach that far back. Not to be changed: others are given the same. */
  since(seq: number, headSeq: number): Changes | null {
    if (seq >= headSeq) return noChanges();
    const known = this.#answers.get(seq);
    if (known) return known;
    const changes = this.#collect(seq);
    if (changes && this.#answers.size < ANSWERS_KEPT) this.#answers.set(seq, changes);
    return changes;
  }

  /** Forgets everything. */
  clear(): void {
    this.#commits.length = 0;
    this.#answers.clear();
    this.#bytes = 0;
  }

  #collect(seq: number): Changes | null {
    // from the end: live sessions ask for the newest
    const from = this.#commits.findLastIndex((commit) => commit.afterSeq <= seq);
    if (from < 0) return null;
    const changes = noChanges();
    for (const commit of this.#commits.slice(from)) {
      for (const entry of commit.entries) if (entry.seq > seq) addEntry(changes, entry);
      addMissing(changes.scopesBefore, commit.scopesBefore);
      addMissing(changes.membersBefore, commit.membersBefore);
    }
    return changes;
  }
}

/** Returns that nothing happened. */
export function noChanges(): Changes {
  return { touched: new Map(), scopesBefore: new Map(), membersBefore: new Map() };
}

/** Adds an entry to what happened, when it is one that devices may receive. */
export function addEntry(changes: Changes, entry: FeedEntry): void {
  if (!isReceivable(entry)) return;
  const entries = changes.touched.get(entry.document);
  if (entries) entries.push(entry);
  else changes.touched.set(entry.document, [entry]);
}

/** Adds what happened later to `changes`: the earliest "before" stays. */
export function extendChanges(changes: Changes, later: Changes): void {
  for (const [document, entries] of later.touched) {
    const known = changes.touched.get(document);
    if (known) known.push(...entries);
    else changes.touched.set(document, [...entries]);
  }
  addMissing(changes.scopesBefore, later.scopesBefore);
  addMissing(changes.membersBefore, later.membersBefore);
}

function addMissing<Key, Value>(into: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  for (const [key, value] of from) if (!into.has(key)) into.set(key, value);
}

/** Enrolments, receipts and what else only the chain records go to nobody. */
function isReceivable(entry: FeedEntry): entry is FeedEntry & { readonly document: DocumentId } {
  return entry.type === 'envelope' && entry.document !== null;
}

function sizeOf({ entries, scopesBefore, membersBefore }: RecentCommit): number {
  const rows = entries.length + scopesBefore.size + membersBefore.size;
  return entries.reduce((sum, { body }) => sum + body.length, COMMIT_BYTES + rows * ENTRY_BYTES);
}

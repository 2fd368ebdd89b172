import type { FolderId, MemberNumber } from '@chungtay/core/model/ids';
import type { Agency } from '@chungtay/core/model/role';
import { type MaybeRefOrGetter, onScopeDispose, type Ref, shallowRef, toValue, watch } from 'vue';
import { type DocumentView, type EngineLink, type FolderView, injectedEngine } from '../stores/engine.ts';

/** An open file: its documents as they change. */
export interface OpenFolder {
  /** Null until the engine has answered, and when there is nothing to open. */
  readonly view: Readonly<Ref<FolderView | null>>;
  /** True when the engine could not open it: locked, or at fault. */
  readonly hasFailed: Readonly<Ref<boolean>>;
  /** Returns the first document of one of these kinds, or null. */
  only(...kinds: readonly string[]): DocumentView | null;
  /** Returns the documents of these kinds. */
  all(...kinds: readonly string[]): readonly DocumentView[];
  /** Returns a document by id, or null when it does not exist here (yet). */
  find(document: string): DocumentView | null;
  /** Returns who a member is, from those who wrote here. */
  member(member: MemberNumber): { readonly name: string; readonly agency: Agency } | null;
}

/** Opens a folder while the caller's scope lives, follows it, and moves on when `folder` changes. */
export function useFolder(folder: MaybeRefOrGetter<FolderId | null>): OpenFolder {
  const engine = injectedEngine();
  const view = shallowRef<FolderView | null>(null);
  const hasFailed = shallowRef(false);
  let opened: FolderId | null = null;

  const close = (): void => {
    if (opened !== null) release(engine, opened);
    opened = null;
  };
  const open = async (next: FolderId | null): Promise<void> => {
    close();
    view.value = null;
    hasFailed.value = false;
    if (next === null) return;
    opened = next;
    retain(engine, next);
    const found = await engine.api.openFolder(next).catch(() => null);
    // an event may have come first: it is as new as the answer
    if (opened !== next || view.value !== null) return;
    view.value = found;
    hasFailed.value = found === null;
  };

  onScopeDispose(
    engine.on('folder', (event) => {
      if (event.view.folder === opened) view.value = event.view;
    }),
  );
  onScopeDispose(close);
  watch(() => toValue(folder), open, { immediate: true });

  const all = (...kinds: readonly string[]): readonly DocumentView[] =>
    view.value?.documents.filter(({ kind }) => kinds.includes(kind)) ?? [];
  return {
    view,
    hasFailed,
    all,
    only: (...kinds) => all(...kinds)[0] ?? null,
    find: (document) => view.value?.documents.find((each) => each.document === document) ?? null,
    member: (member) => view.value?.members[member] ?? null,
  };
}

// Two parts of one screen may open the same folder: the engine is told when the last one has closed it.
const openCounts = new WeakMap<EngineLink, Map<FolderId, number>>();

function retain(engine: EngineLink, folder: FolderId): void {
  const counts = openCounts.get(engine) ?? new Map<FolderId, number>();
  openCounts.set(engine, counts);
  counts.set(folder, (counts.get(folder) ?? 0) + 1);
}

function release(engine: EngineLink, folder: FolderId): void {
  const counts = openCounts.get(engine);
  const left = (counts?.get(folder) ?? 1) - 1;
  if (left > 0) counts?.set(folder, left);
  else {
    counts?.delete(folder);
    engine.api.closeFolder(folder).catch(() => undefined);
  }
}

/** Whether folders are and were labelled as their documents say: by what stands there, rights are judged. Holds AUD-5. */
import { equalScopes, hasScopePart, mergeScopes, scopePartOf } from '../derive/scope.ts';
import type { ScopePart } from '../derive/scope.ts';
import type { DocState } from '../doc/state.ts';
import { documentLabelParts } from '../kinds/registry.ts';
import type { DocumentId, FolderId } from '../model/ids.ts';
import { EMPTY_SCOPE } from '../model/principal.ts';
import type { FolderScope } from '../model/principal.ts';
import type { FeedImage, FeedStore } from './ports.ts';

type Labelled = Awaited<ReturnType<FeedStore['readScopesOf']>>;

/** Hears the log in order, then compares every label that a folder ever had. */
export class ScopeWalk {
  readonly #parts = new Map<FolderId, Map<DocumentId, ScopePart>>();
  readonly #labels = new Map<FolderId, { readonly seq: number; readonly scope: FolderScope }[]>();

  /** Hears what an entry made of a document that the log first told of at `firstAtMs`. */
  wrote(seq: number, document: DocumentId, state: DocState, firstAtMs: number): void {
    const label = documentLabelParts(document);
    if (!label || !hasScopePart(label.kind)) return;
    const parts = this.#parts.get(label.folder) ?? new Map<DocumentId, ScopePart>();
    this.#parts.set(label.folder, parts.set(document, scopePartOf(label.kind, state, document, firstAtMs)));
    const labels = this.#labels.get(label.folder) ?? [];
    const scope = mergeScopes([...parts.values()]);
    if (equalScopes(scope, labels.at(-1)?.scope ?? EMPTY_SCOPE)) return;
    this.#labels.set(label.folder, [...labels, { seq, scope }]);
  }

  /** Returns the folders whose labels, older ones included, are not what their documents made of them. Rejects with an Outage. */
  async compare(
    { scopes, headSeq }: Pick<FeedImage, 'scopes' | 'headSeq'>,
    store: Pick<FeedStore, 'readScopesOf'>,
  ): Promise<readonly FolderId[]> {
    const newest = new Map(scopes.map((row) => [row.folder, row]));
    const wrong: FolderId[] = [];
    for (const folder of new Set([...this.#labels.keys(), ...newest.keys()])) {
      const made = this.#labels.get(folder) ?? [];
      const row = newest.get(folder);
      // beside a working Hub there may be newer ones by now
      const kept = (await store.readScopesOf(folder)).filter(({ seq }) => seq <= headSeq);
      if (!isSame(kept, made) || !isSame(row ? [row] : [], made.slice(-1))) wrong.push(folder);
    }
    return wrong;
  }
}

function isSame(kept: Labelled, made: Labelled): boolean {
  return (
    kept.length === made.length &&
    kept.every(({ seq, scope }, at) => seq === made[at]?.seq && equalScopes(scope, made[at].scope))
  );
}

/** Whether folders are labelled as their documents say: by what stands there, rights are judged. Holds AUD-5. */
import { equalScopes, mergeScopes, scopePartOf } from '../derive/scope.ts';
import type { ScopePart } from '../derive/scope.ts';
import type { DocState } from '../doc/state.ts';
import { documentLabelParts } from '../kinds/registry.ts';
import type { DocumentId, FolderId } from '../model/ids.ts';
import { EMPTY_SCOPE } from '../model/principal.ts';
import type { FeedImage } from './ports.ts';

/** Returns the folders whose newest label is not what their documents make of it; `states` are those made from the log, `firstAtMs` when it first told of each. */
export function wrongScopes(
  { scopes }: Pick<FeedImage, 'scopes'>,
  states: ReadonlyMap<DocumentId, DocState>,
  firstAtMs: (document: DocumentId) => number | null,
): readonly FolderId[] {
  const parts = new Map<FolderId, ScopePart[]>();
  for (const [document, state] of states) {
    const label = documentLabelParts(document);
    if (!label) continue;
    const part = scopePartOf(label.kind, state, document, firstAtMs(document));
    parts.set(label.folder, [...(parts.get(label.folder) ?? []), part]);
  }
  const kept = new Map(scopes.map(({ folder, scope }) => [folder, scope]));
  const folders = new Set([...parts.keys(), ...kept.keys()]);
  return [...folders].filter(
    (folder) => !equalScopes(mergeScopes(parts.get(folder) ?? []), kept.get(folder) ?? EMPTY_SCOPE),
  );
}

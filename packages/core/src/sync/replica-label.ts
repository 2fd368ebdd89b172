/** What the device knows of a document for the policy; the Hub judges by its own labels, this explains. */
import { type ScopePart, mergeScopes, scopePartOf } from '../derive/scope.ts';
import type { DocState } from '../doc/state.ts';
import { documentLabelParts, fieldOf, kindOf } from '../kinds/registry.ts';
import { type DocumentId, type FolderId, parseDocumentId } from '../model/ids.ts';
import type { DocumentLabel, FolderScope, Principal } from '../model/principal.ts';
import { cellFor, decide } from '../policy/access.ts';
import type { Action, Decision } from '../policy/decision.ts';
import type { Holdings } from './replica-holdings.ts';

/** States that are not in the holdings yet: an edit being planned. */
export type PlannedStates = ReadonlyMap<DocumentId, DocState>;

/** Returns the label of a document as far as this device can know it, or null when its kind is unknown here. */
export function labelOf(
  document: DocumentId,
  me: Principal,
  holdings: Holdings,
  planned: PlannedStates,
): DocumentLabel | null {
  const parts = documentLabelParts(document);
  const owner = holdings.confirmed(document)?.owner ?? me.member;
  return parts && { ...parts, owner, scope: scopeOf(parts.folder, holdings, planned) };
}

/**
 * Returns whether the Hub will probably let this person do it. A device holds only part of a folder, so `not-here` is believed only of
 * folders of which the Hub has given it nothing.
 */
export function explain(
  me: Principal,
  action: Action,
  label: DocumentLabel,
  holdings: Holdings,
  nowMs: number,
): Decision {
  const decision = decide(me, action, label, nowMs);
  if (!decision.allowed && isOwnReadLog(me, action, label, holdings)) return { allowed: true, basis: 'none' };
  if (decision.allowed || decision.reason !== 'not-here') return decision;
  // wherever the folder is, and whatever time it is on this tablet: a field that names others is not his
  const writers = action.act === 'write' ? fieldOf(label.kind, action.field)?.writers : undefined;
  if (writers && !writers.includes(me.role)) return { allowed: false, reason: 'not-this-field' };
  const isGiven = holdings.imagesOf(label.folder).some((image) => image.is !== 'filed');
  return isGiven ? { allowed: true, basis: 'none' } : decision;
}

/** The consent that a grant leans on lies where its holder does not look: that the Hub has given him of the compartment says that it stands. */
function isOwnReadLog(me: Principal, action: Action, label: DocumentLabel, holdings: Holdings): boolean {
  if (!kindOf(label.kind)?.isReadLog || label.owner !== me.member || action.act === 'decide') return false;
  return holdings.imagesOf(label.folder).some((image) => {
    const parts = image.is === 'document' ? documentLabelParts(image.document) : null;
    return parts !== null && parts.compartment === label.compartment && !kindOf(parts.kind)?.closedToGrants;
  });
}

/** Says whether this person hands such documents in and may not read them back. */
export function isFileOnly(document: DocumentId, me: Principal | null): boolean {
  const parts = documentLabelParts(document);
  return parts !== null && me !== null && cellFor(me, parts).right === 'file';
}

function scopeOf(folder: FolderId, holdings: Holdings, planned: PlannedStates): FolderScope {
  const documents = new Set<DocumentId>(planned.keys());
  for (const image of holdings.imagesOf(folder)) if (image.is === 'document') documents.add(image.document);
  for (const document of holdings.outbox.documentsOf(folder)) documents.add(document);
  const parts: ScopePart[] = [];
  for (const document of documents) {
    const path = parseDocumentId(document);
    const state = path?.folder === folder ? (planned.get(document) ?? holdings.state(document)) : null;
    if (!path || !state) continue;
    parts.push(scopePartOf(path.kind, state, document, holdings.confirmed(document)?.firstAtMs ?? null));
  }
  return mergeScopes(parts);
}

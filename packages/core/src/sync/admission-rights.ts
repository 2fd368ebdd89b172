/** Grants of now: may this person make this edit of this document in this place? Holds ADM-8. */
import { assert } from '../base/assert.ts';
import { scopePartOf } from '../derive/scope.ts';
import { applyUpdate, emptyState } from '../doc/state.ts';
import type { DocUpdate } from '../doc/update.ts';
import { fieldOf, documentLabelParts } from '../kinds/registry.ts';
import type { DocumentLabelParts } from '../kinds/registry.ts';
import type { DocumentId, MemberNumber } from '../model/ids.ts';
import { EMPTY_SCOPE } from '../model/principal.ts';
import type { DocumentLabel, FolderScope, Principal } from '../model/principal.ts';
import type { DecidePolicy, Decision } from '../policy/decision.ts';
import type { Picture } from './hub-index.ts';

/** An edit, as far as rights care. */
export interface RightsQuestion {
  readonly principal: Principal;
  readonly document: DocumentId;
  readonly update: DocUpdate;
  readonly nowMs: number;
}

/** Why not, and at which field. */
export interface MissingRight {
  readonly reason: Extract<Decision, { readonly allowed: false }>['reason'];
  readonly field: string | null;
}

/**
 * Returns the first right that is missing, or null when the edit may be made. A field that labels the folder needs the right in the old
 * place and in the new one; a new document is judged by where it puts its folder.
 */
export function missingRight(
  question: RightsQuestion,
  picture: Pick<Picture, 'head' | 'scope'>,
  decide: DecidePolicy,
): MissingRight | null {
  const { principal, update, nowMs } = question;
  const { isNew, isPlaced, before, after, home } = labelsOf(question, picture);
  if (isNew) {
    const created = decide(principal, { act: 'create' }, home, nowMs);
    if (!created.allowed) return { reason: created.reason, field: null };
  }
  for (const field of new Set(update.items.map((item) => item.field.name))) {
    const labels = isScopeField(home.kind, field) ? [...(isPlaced ? [before] : []), after] : [home];
    for (const place of labels) {
      const written = decide(principal, { act: 'write', field }, place, nowMs);
      if (!written.allowed) return { reason: written.reason, field };
    }
  }
  return null;
}

/** Returns the label by which an edit is judged: that of the document as it stands, or where its first author puts it. */
export function homeOf(question: RightsQuestion, picture: Pick<Picture, 'head' | 'scope'>): DocumentLabel {
  return labelsOf(question, picture).home;
}

function labelsOf({ principal, document, update }: RightsQuestion, picture: Pick<Picture, 'head' | 'scope'>) {
  const parts = documentLabelParts(document);
  assert(parts, 'a document of a known kind');
  const head = picture.head(document);
  const scope = picture.scope(parts.folder);
  const label = { ...parts, owner: head?.owner ?? principal.member };
  const before: DocumentLabel = { ...label, scope: scope ?? EMPTY_SCOPE };
  const after: DocumentLabel = { ...label, scope: scopeAfter(parts, update, before.scope) };
  return { isNew: !head, isPlaced: scope !== null, before, after, home: head ? before : after };
}

/** Returns the label of a document as it stands, or as its first author would have it. */
export function labelIn(
  picture: Pick<Picture, 'head' | 'scope'>,
  parts: DocumentLabelParts,
  author: MemberNumber,
): DocumentLabel {
  const owner = picture.head(parts.document)?.owner ?? author;
  return { ...parts, owner, scope: picture.scope(parts.folder) ?? EMPTY_SCOPE };
}

/** The places that the update names replace those of the folder: the union with what others wrote would let him write into a place not his. */
function scopeAfter(parts: DocumentLabelParts, update: DocUpdate, scope: FolderScope): FolderScope {
  const touched = new Set(update.items.map(({ field }) => fieldOf(parts.kind, field.name)?.scope));
  if (touched.size === 1 && touched.has(undefined)) return scope;
  const alone = emptyState();
  // The items alone, as if they were a document: their clocks do not matter for reading.
  applyUpdate(alone, { ...update, clock: 0, deletes: [] });
  const part = scopePartOf(parts.kind, alone, parts.document);
  return {
    ...scope,
    ...(touched.has('village') ? { villages: part.villages ?? [] } : {}),
    ...(touched.has('school') ? { schools: part.schools ?? [] } : {}),
  };
}

function isScopeField(kind: string, name: string): boolean {
  return fieldOf(kind, name)?.scope !== undefined;
}

import type { Json } from '@chungtay/core/base/any';
import { fieldOf } from '@chungtay/core/kinds/registry';
import { type DocumentId, parseDocumentId } from '@chungtay/core/model/ids';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { recordOf } from '../../composables/use-field.ts';
import type { DocumentView } from '../../stores/engine.ts';

/** One value that came late. */
export interface HeldValue {
  readonly field: string;
  readonly code: string | null;
  readonly value: Json;
}

/** A late edit as its decider sees it. */
export interface HeldEdit {
  readonly held: DocumentId;
  readonly target: DocumentId | null;
  readonly values: readonly HeldValue[];
  readonly member: number | null;
  readonly atMs: number | null;
  readonly code: Json;
  readonly isDecided: boolean;
}

/** Returns what a held document says; damaged parts are left out. */
export function heldEditOf(view: DocumentView): HeldEdit {
  const value = (name: string): Json => view.registers[name]?.value ?? null;
  const [target, member, atMs, edits] = [value('document'), value('member'), value('atMs'), value('edits')];
  return {
    held: view.document,
    target: typeof target === 'string' && parseDocumentId(target) ? (target as DocumentId) : null,
    values: (Array.isArray(edits) ? edits : []).flatMap(heldValueOf),
    member: typeof member === 'number' ? member : null,
    atMs: typeof atMs === 'number' ? atMs : null,
    code: value('code'),
    isDecided: value('outcome') !== null,
  };
}

/** Returns what accepting writes: the late values as the decider's own, and the outcome, as one group. */
export function acceptance(edit: HeldEdit): readonly DocumentEdit[] {
  const kind = edit.target?.split('/')[1] ?? '';
  const known = edit.values.filter(({ field }) => fieldOf(kind, field) !== null);
  const appends = known.filter(({ field }) => fieldOf(kind, field)?.type === 'log');
  const sets = known.filter(({ field }) => fieldOf(kind, field)?.type !== 'log');
  const outcome = { document: edit.held, sets: [{ name: 'outcome', value: 'accepted' }] };
  if (edit.target === null) return [outcome];
  const written: DocumentEdit = {
    document: edit.target,
    sets: sets.map(({ field, code, value }) => ({ name: field, value, ...(code === null ? {} : { code }) })),
    appends: appends.map(({ field, value }) => ({ name: field, value })),
  };
  return [written, outcome];
}

/** Returns what putting aside writes. */
export function puttingAside(edit: HeldEdit, reason: string): readonly DocumentEdit[] {
  const why = reason.trim() === '' ? [] : [{ name: 'outcomeReason', value: reason.trim() }];
  return [{ document: edit.held, sets: [{ name: 'outcome', value: 'declined' }, ...why] }];
}

function heldValueOf(json: Json): readonly HeldValue[] {
  const { field, code, value } = recordOf(json);
  if (typeof field !== 'string') return [];
  return [{ field, code: typeof code === 'string' ? code : null, value: value ?? null }];
}

import type { Json } from '@chungtay/core/base/any';
import { type AbuseType, isSealedAbuse } from '@chungtay/core/model/abuse';
import { type DocumentId, documentIdOf, type FolderId, type Ulid } from '@chungtay/core/model/ids';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { codesOf, textOf } from '../../forms/input-entry.ts';
import { dayOf } from '../../i18n/zone.ts';
import type { Me } from '../../stores/engine.ts';

/** Values of a form by field, as a document would hold them; what is not in it was not asked. */
export type FormFields = { readonly [name: string]: Json };

/** A report before it is handed in. Plain values: it is kept as a draft. */
export type IntakeForm = {
  readonly intake: FormFields;
  readonly informant: FormFields;
  /** When the form was begun, in ms. */
  readonly startedAtMs: number;
};

/** Returns a form in which nothing is written yet. */
export function emptyForm(startedAtMs: number, intake: FormFields = {}): IntakeForm {
  return { intake, informant: {}, startedAtMs };
}

/** Returns the form with one field set; null stays in it, as "asked and not known". */
export function withField(form: IntakeForm, part: 'intake' | 'informant', name: string, value: Json): IntakeForm {
  return { ...form, [part]: { ...form[part], [name]: value } };
}

/** Says whether the report belongs to the sealed compartment: sexual abuse, exploitation, trafficking. */
export function isSealed(form: IntakeForm): boolean {
  return codesOf(form.intake['abuseTypes'] ?? null).some((type) => isSealedAbuse(type as AbuseType));
}

/** Says whether something was seen that cannot wait: a danger sign, or a child that is not safe now. */
export function isUrgent(form: IntakeForm): boolean {
  return codesOf(form.intake['dangerSigns'] ?? null).length > 0 || form.intake['isChildSafeNow'] === false;
}

/** Says whether it can be handed in: what was seen in words, or one danger sign; nothing else is needed. */
export function isReady(form: IntakeForm): boolean {
  return textOf(form.intake['summary'] ?? null).trim() !== '' || codesOf(form.intake['dangerSigns'] ?? null).length > 0;
}

/** Says whether there is anything to lose. */
export function isEmptyForm(form: IntakeForm): boolean {
  return [...Object.values(form.intake), ...Object.values(form.informant)].every((value) => value === null);
}

/** Returns the document a form becomes: the same one however often it is handed in, so that a kill in between makes no second report. */
function intakeDocument(folder: FolderId, form: IntakeForm): DocumentId {
  return documentIdOf(folder, isSealed(form) ? 'sealed-intake' : 'intake', folder as string as Ulid);
}

/**
 * Returns the one group that hands a report in: the intake, and the informant apart from it only when they agreed to be named. `nowMs` is
 * when the hand-in began; the 12 hours run from it.
 */
export function handInEdits(folder: FolderId, form: IntakeForm, me: Me, nowMs: number): readonly DocumentEdit[] {
  const document = intakeDocument(folder, form);
  const hasInformant = form.informant['agreed'] === true;
  const own: FormFields = {
    receivedAt: nowMs,
    on: dayOf(nowMs),
    officer: me.member,
    receivingAgency: me.agency,
    filerAgency: me.agency,
    hasInformant,
  };
  const intake = { document, sets: setsOf({ ...form.intake, ...own }) };
  if (!hasInformant) return [intake];
  const informant = documentIdOf(folder, 'informant', folder as string as Ulid);
  return [intake, { document: informant, sets: setsOf({ ...form.informant, intake: document }) }];
}

function setsOf(fields: FormFields) {
  return Object.entries(fields)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => ({ name, value }));
}

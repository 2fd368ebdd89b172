/** The judgement of one envelope whose turn it is: author, lease, kind, rights, grammar, schema, invariants, in this order. Holds ADM-6 … ADM-9. */
import { must } from '../base/assert.ts';
import { checkUpdate } from '../doc/gate.ts';
import type { Author, GateError } from '../doc/gate.ts';
import { applyUpdate, cloneState, emptyState } from '../doc/state.ts';
import type { DocState } from '../doc/state.ts';
import type { DocUpdate } from '../doc/update.ts';
import { documentLabelParts, fieldTableOf } from '../kinds/registry.ts';
import type { DocumentLabelParts } from '../kinds/registry.ts';
import { decide, readAccess } from '../policy/access.ts';
import { checkInvariants } from '../policy/invariants.ts';
import { verdictOf } from '../policy/verdict.ts';
import type { HoldCode, RefusalCode } from '../wire/refusal.ts';
import type { Arrived } from './admission-order.ts';
import { rightThen } from './admission-past.ts';
import type { PastStore } from './admission-past.ts';
import { homeOf, labelIn, missingRight } from './admission-rights.ts';
import type { MissingRight, RightsQuestion } from './admission-rights.ts';
import { openCursor } from './cursor.ts';
import type { Standing } from './cursor.ts';
import { minutesOf } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { principalOf } from './hub-index.ts';
import type { Overlay } from './hub-overlay.ts';
import { documentsNeeded } from './hub-record.ts';
import { isNobodys } from './hub-restored.ts';
import type { Restored } from './hub-restored.ts';
import { isLeased } from './leases.ts';
import type { FeedStore, Sealer } from './ports.ts';

/** What is made of one envelope. `isFiled` = its author hands it in and may not read it back. */
export type Judgement =
  | { readonly is: 'stored'; readonly update: DocUpdate; readonly after: DocState; readonly isFiled: boolean }
  | { readonly is: 'held'; readonly code: HoldCode; readonly update: DocUpdate; readonly isFiled: boolean }
  | { readonly is: 'refused'; readonly code: RefusalCode; readonly field?: string };

/** What a judgement may ask beyond the picture. */
export interface JudgePorts {
  readonly store: PastStore & Pick<FeedStore, 'readJudged'>;
  readonly sealer: Sealer;
  readonly restored: Restored;
}

/** Most bytes of values in one document: its snapshot must fit one frame even when it does not deflate. */
const MAX_SERVED_BYTES = 192 * 1024;

const REFUSAL_OF: Readonly<Record<GateError, RefusalCode>> = {
  'foreign-client': 'foreign-operation',
  clock: 'clock-gap',
  stamp: 'not-author',
  'unknown-field': 'unknown-field',
  'field-type': 'unknown-field',
  value: 'invalid-value',
  'set-twice': 'twice',
  'unknown-dependency': 'foreign-operation',
  'foreign-delete': 'foreign-operation',
  'log-delete': 'foreign-operation',
  'field-full': 'too-many-conflicts',
  'document-full': 'too-large',
};

/** Returns the judgement; writes nothing. Rejects with an Outage when the past cannot be read. */
export async function judge(arrived: Arrived, overlay: Overlay, ports: JudgePorts, atMs: number): Promise<Judgement> {
  const { envelope } = arrived.signed;
  const device = must(overlay.device(envelope.device), 'the device of an envelope');
  if (envelope.member !== device.member) return { is: 'refused', code: 'not-author' };
  if (!isLeased(device.leases, envelope.client) && !(await isForgottenLease(envelope, overlay, ports, atMs)))
    return { is: 'refused', code: 'not-leased' };
  const parts = documentLabelParts(envelope.document);
  if (!parts) return { is: 'refused', code: 'unknown-document-kind' };
  if (!arrived.update.ok) return { is: 'refused', code: arrived.update.error === 'size' ? 'too-large' : 'malformed' };
  const update = arrived.update.value;
  const principal = principalOf(must(overlay.member(envelope.member), 'the member of a device'));
  const question: RightsQuestion = { principal, document: envelope.document, update, nowMs: atMs };
  const seen = openCursor(envelope.seen, envelope.device, ports.sealer);
  const missing = missingRight(question, overlay, decide);
  const author = { client: envelope.client, member: envelope.member, minutes: minutesOf(envelope.atMs) };
  if (missing) return judgeWithoutRight(missing, question, overlay, ports, { envelope, seen, author, parts });
  // nothing that a revoked device hands in becomes part of a document, and nothing of it is dropped: who decides there sees it (P13)
  if (device.revoked) return holdOfWriter('right-ended', question, overlay, author, parts);
  if (isHandedIn(question, overlay, parts, seen)) return { is: 'refused', code: 'no-grant' };
  // kept for who decides, and its writer goes on with everything else (ROT-3)
  if (documentsNeeded(envelope.document, overlay.index).some((document) => overlay.isLost(document)))
    return holdOfWriter('damaged', question, overlay, author, parts);
  return judgeContent(question, overlay, author, parts);
}

/** Grammar, schema, room and invariants, for somebody with the right. */
function judgeContent(
  question: RightsQuestion,
  overlay: Overlay,
  author: Author,
  parts: DocumentLabelParts,
): Judgement {
  const { principal, document, update, nowMs } = question;
  const state = overlay.state(document);
  const gated = checkUpdate(update, state, author, must(fieldTableOf(parts.kind), 'the fields of a kind'));
  if (!gated.ok) return refusedBy(gated.error, update, parts.kind);
  const after = cloneState(state);
  applyUpdate(after, update);
  if (after.liveBytes > MAX_SERVED_BYTES) return { is: 'refused', code: 'too-large' };
  const label = labelIn(overlay, parts, principal.member);
  const before = overlay.head(document) ? state : null;
  const kept = checkInvariants({ kind: parts.kind, before, after, author: principal, label, nowMs });
  const isFiled = readAccess(principal, label, nowMs).access === 'none';
  if (kept.ok) return { is: 'stored', update, after, isFiled };
  return 'hold' in kept.error
    ? { is: 'held', code: kept.error.hold, update, isFiled }
    : { is: 'refused', code: kept.error.refuse };
}

/** Had he the right at the cursor he had seen, the edit is kept for the owner; it must be an edit of the grammar all the same. */
async function judgeWithoutRight(
  missing: MissingRight,
  question: RightsQuestion,
  overlay: Overlay,
  ports: JudgePorts,
  {
    envelope,
    seen,
    author,
    parts,
  }: { envelope: Envelope; seen: Standing | null; author: Author; parts: DocumentLabelParts },
): Promise<Judgement> {
  const now = { allowed: false, reason: missing.reason } as const;
  // what this Hub has forgotten of his rights, nobody can say he did not have
  const { restored } = ports;
  const isForgotten =
    (await restored.hasSeenForgotten(envelope, overlay.index)) && (await restored.hasGrace(envelope, overlay));
  const then = isForgotten ? question.principal : await rightThen(question, envelope, seen, overlay, ports.store);
  const isInPlace =
    isForgotten || (then !== null && missingRight({ ...question, principal: then }, overlay, decide) === null);
  const verdict = must(verdictOf(now, then && { isInPlace }), 'a verdict without a right');
  if ('refuse' in verdict) {
    const { field } = missing;
    const isTold = field !== null && knowsOf(question, overlay, parts);
    return { is: 'refused', code: verdict.refuse, ...(isTold ? { field } : {}) };
  }
  return holdInForm(verdict.hold, question, overlay, author, parts);
}

/** A no that names a field says that the document is there: so only to who may know of it, by reading or having made it. Rule ADM-20. */
function knowsOf({ principal, nowMs }: RightsQuestion, overlay: Overlay, parts: DocumentLabelParts): boolean {
  const label = labelIn(overlay, parts, principal.member);
  return label.owner === principal.member || readAccess(principal, label, nowMs).access !== 'none';
}

/** Holds an edit for which there is a right: a filer is told no more than that it arrived. */
function holdOfWriter(
  code: HoldCode,
  question: RightsQuestion,
  overlay: Overlay,
  author: Author,
  parts: DocumentLabelParts,
): Judgement {
  const { principal, nowMs } = question;
  const isFiled = readAccess(principal, homeOf(question, overlay), nowMs).access === 'none';
  const held = holdInForm(code, question, overlay, author, parts);
  return held.is === 'held' ? { ...held, isFiled } : held;
}

/** Holds what is an edit of the grammar. */
function holdInForm(
  code: HoldCode,
  { update, document }: RightsQuestion,
  overlay: Overlay,
  author: Author,
  parts: DocumentLabelParts,
): Judgement {
  const fields = must(fieldTableOf(parts.kind), 'the fields of a kind');
  const state = overlay.isLost(document) ? emptyState() : overlay.state(document);
  const gated = checkUpdate(update, state, author, fields);
  // what follows a held edit cannot continue its clock, and is held beside it
  if (!gated.ok && gated.error !== 'clock' && gated.error !== 'unknown-dependency')
    return refusedBy(gated.error, update, parts.kind);
  return { is: 'held', code, update, isFiled: false };
}

/** After a restore: an id leased since the backup belongs to the device that proves to come from there. */
async function isForgottenLease(
  envelope: Envelope,
  overlay: Overlay,
  { restored }: JudgePorts,
  atMs: number,
): Promise<boolean> {
  if (!isNobodys(envelope.client, overlay)) return false;
  return (await restored.isForgotten(envelope, overlay.index, atMs)) && restored.hasGrace(envelope, overlay);
}

/** A filer may go on writing what he handed in until he has seen that it arrived; after that it is closed to him. */
function isHandedIn(
  { principal, document, nowMs }: RightsQuestion,
  overlay: Overlay,
  parts: DocumentLabelParts,
  seen: Standing | null,
): boolean {
  const head = overlay.head(document);
  if (!head || seen === null || seen.epoch !== overlay.epoch || seen.base.documents < head.ordinal) return false;
  return readAccess(principal, labelIn(overlay, parts, head.owner), nowMs).access === 'none';
}

function refusedBy(error: GateError, update: DocUpdate, kind: string): Judgement {
  const code = REFUSAL_OF[error];
  const fields = must(fieldTableOf(kind), 'the fields of a kind');
  const wrong =
    error === 'value'
      ? update.items.find(({ field, value }) => {
          const isClearing = value === null && field.type !== 'log';
          return !isClearing && !fields.check(field.name, value);
        })
      : update.items.find(({ field }) => fields.typeOf(field.name) !== field.type);
  const isNamed = error === 'value' || error === 'unknown-field' || error === 'field-type';
  return { is: 'refused', code, ...(isNamed && wrong ? { field: wrong.field.name } : {}) };
}

/** Every kind there is, by id, as the gate, the policy and the screens need it. */
import type { Json } from '../base/any.ts';
import type { FieldTable } from '../doc/gate.ts';
import type { Strictest } from '../doc/read.ts';
import type { Compartment } from '../model/compartment.ts';
import { type DocumentId, type FolderId, parseDocumentId } from '../model/ids.ts';
import { ACCESS_KINDS } from './access.ts';
import { carer } from './carer.ts';
import { caseKind } from './case.ts';
import { consent, hivConsent } from './consent.ts';
import { contactNote } from './contact-note.ts';
import type { FieldDefinition, KindDefinition } from './define.ts';
import { desk } from './desk.ts';
import { education } from './education.ts';
import { gift } from './gift.ts';
import { health } from './health.ts';
import { HELD_TWINS, held } from './held.ts';
import { hiv } from './hiv.ts';
import { household } from './household.ts';
import { identity } from './identity.ts';
import { informant } from './informant.ts';
import { intake } from './intake.ts';
import { member } from './member.ts';
import { offence } from './offence.ts';
import { proposal } from './proposal.ts';
import { READ_LOGS } from './read-log.ts';
import { sealedCase, sealedContactNote, sealedIntake, sealedTask } from './sealed.ts';
import { support } from './support.ts';
import { task } from './task.ts';
import { visit } from './visit.ts';
import { adult, watchTask } from './watch.ts';

/** Every kind, in the order of a child's file. */
export const KINDS: readonly KindDefinition[] = [
  identity,
  education,
  health,
  support,
  proposal,
  hiv,
  offence,
  consent,
  hivConsent,
  household,
  visit,
  caseKind,
  intake,
  contactNote,
  task,
  informant,
  sealedCase,
  sealedIntake,
  sealedContactNote,
  sealedTask,
  carer,
  gift,
  adult,
  watchTask,
  ...ACCESS_KINDS,
  held,
  ...HELD_TWINS,
  ...READ_LOGS,
  member,
  desk,
];

interface KindTables {
  readonly kind: KindDefinition;
  readonly fields: ReadonlyMap<string, FieldDefinition>;
  readonly table: FieldTable;
  readonly strictest: Strictest;
}

const BY_ID: ReadonlyMap<string, KindTables> = new Map(KINDS.map((kind) => [kind.id, tablesOf(kind)]));

/** Returns the kind, or null when there is none of this id. */
export function kindOf(id: string): KindDefinition | null {
  return BY_ID.get(id)?.kind ?? null;
}

/** Returns one field of a kind, or null when it has none of this name. Safe for names as `constructor`. */
export function fieldOf(kind: string, name: string): FieldDefinition | null {
  return BY_ID.get(kind)?.fields.get(name) ?? null;
}

/** Returns the fields of a kind as the gate asks for them, or null when there is no such kind. Rule KIND-1. */
export function fieldTableOf(kind: string): FieldTable | null {
  return BY_ID.get(kind)?.table ?? null;
}

/** Returns which of two concurrent values a reader of this kind shows first. Unknown kinds: the latest. Rule KIND-2. */
export function strictestOf(kind: string): Strictest {
  return BY_ID.get(kind)?.strictest ?? (() => null);
}

/** What a document id alone says for its label; scope and owner are the Hub's to add. */
export interface DocumentLabelParts {
  readonly document: DocumentId;
  readonly kind: string;
  readonly compartment: Compartment;
  readonly folder: FolderId;
}

/** Returns the label parts, or null when the kind is unknown or its id has a part too many or too few. Rule KIND-3. */
export function documentLabelParts(document: DocumentId): DocumentLabelParts | null {
  const path = parseDocumentId(document);
  const kind = path && kindOf(path.kind);
  if (!path || !kind || kind.singleton !== (path.own === null)) return null;
  return { document, kind: kind.id, compartment: kind.compartment, folder: path.folder };
}

function tablesOf(kind: KindDefinition): KindTables {
  const fields = new Map(Object.entries(kind.fields));
  const table: FieldTable = {
    typeOf: (name) => fields.get(name)?.type ?? null,
    check: (name, value) => fields.get(name)?.schema.safeParse(value).success ?? false,
  };
  return { kind, fields, table, strictest: (name) => orderOf(fields.get(name)?.strictest) };
}

/** Values outside the list count as laxer than all in it. */
function orderOf(strictest: readonly Json[] | undefined): ((a: Json, b: Json) => number) | null {
  if (!strictest) return null;
  const rankOf = (value: Json): number => {
    const at = strictest.indexOf(value);
    return at < 0 ? -strictest.length : -at;
  };
  return (a, b) => rankOf(a) - rankOf(b);
}

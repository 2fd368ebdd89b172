import type * as z from 'zod/mini';
import type { Json } from '../base/any.ts';
import type { CatalogueId } from '../model/catalogue.ts';
import type { Compartment } from '../model/compartment.ts';
import type { Role } from '../model/role.ts';

/** How a field lives in the document: one value, rows by code, or an append-only list (DOC-3). */
export type FieldType = 'register' | 'map' | 'log';

/** The input a form draws for a field; `choice` and `choices` name their options. */
export type FieldInput =
  | {
      readonly as:
        | 'text'
        | 'longText'
        | 'name'
        | 'phone'
        | 'personalId'
        | 'partialDate'
        | 'date'
        | 'dateTime'
        | 'yesNo'
        | 'village'
        | 'school'
        | 'member'
        | 'link'
        | 'hidden';
    }
  | {
      readonly as: 'number';
      readonly unit?: string;
      readonly min?: number;
      readonly max?: number;
      readonly step?: number;
    }
  | { readonly as: 'choice' | 'choices'; readonly options: readonly string[] }
  /** Codes of a list that the commune may edit in the directory: the schema takes any code, the options come from there. */
  | { readonly as: 'catalogue' | 'catalogues'; readonly catalogue: CatalogueId };

/** One typed value of a form: a register alone, or one column of a map's row or a log's record. */
export interface Column {
  readonly schema: z.ZodMiniType;
  readonly input: FieldInput;
}

/** What a change of a field does to the labels of its folder. */
export type ScopeOf = 'village' | 'school' | 'team' | 'assignee';

/** One typed place in a document. Its label is the dictionary key `kinds.<kind>.<field>`, its help `kinds.<kind>.<field>.help`. */
export interface FieldDefinition {
  readonly type: FieldType;
  /** The value (register), the row (map) or the record (log). `null` (cleared, row removed) is always allowed for register and map. */
  readonly schema: z.ZodMiniType;
  readonly input: FieldInput;
  /** What a map's row or a log's record consists of; the label of each is `kinds.<kind>.<field>.<column>`. */
  readonly columns?: Readonly<Record<string, Column>>;
  /** Roles that may write it; left out: every role with `write` on the kind. */
  readonly writers?: readonly Role[];
  /** The Hub labels the folder from this field; writing it needs the right on the old *and* the new scope. */
  readonly scope?: ScopeOf;
  /** Which of two concurrent values is shown meanwhile, when that is not the latest: the strictest first (risk levels). */
  readonly strictest?: readonly Json[];
  /** A log of the same document, and its column, in which every value set here is kept too: what was once found must not be lost by a change of mind. */
  readonly keptIn?: readonly [log: string, column: string];
  /** A conflict here stands out and reaches the work list (R10). */
  readonly isDecision?: boolean;
}

/** What a folder is about. */
export type FolderType = 'child' | 'household' | 'case' | 'care' | 'office' | 'person';

/** One document kind: its schema, its audience, its life. */
export interface KindDefinition<
  Fields extends Readonly<Record<string, FieldDefinition>> = Readonly<Record<string, FieldDefinition>>,
> {
  readonly id: string;
  readonly folder: FolderType;
  readonly compartment: Compartment;
  /** True: one per folder, its id has no third part, so two agencies offline make one, not two. */
  readonly singleton: boolean;
  /** The number of the official form, where the law has one. */
  readonly form?: string;
  /** The Hub gives documents of this kind a human number with this prefix at admission. */
  readonly numbered?: string;
  /** True: only the Hub writes it (members, held edits). */
  readonly hubOnly?: boolean;
  /** True: fields without named `writers` belong to the document's maker; anyone else who corrects it makes a new one. */
  readonly authored?: boolean;
  /** True: who looked at the others of its compartment; each reader writes his own, and nobody anything else. */
  readonly isReadLog?: boolean;
  /** True: paperwork of its compartment that no grant opens: requests, consents, what was held. */
  readonly closedToGrants?: boolean;
  /** The kind whose dictionary keys it shares: a sealed twin reads like its open sister. */
  readonly labels?: string;
  readonly fields: Fields;
}

/** Returns the definition as it is, with its field names kept in the type. */
export function defineKind<const Fields extends Readonly<Record<string, FieldDefinition>>>(
  kind: KindDefinition<Fields>,
): KindDefinition<Fields> {
  return kind;
}

/** The value of one register field of a kind. */
export type FieldValue<K extends KindDefinition, Name extends keyof K['fields']> = z.infer<
  K['fields'][Name]['schema']
> | null;

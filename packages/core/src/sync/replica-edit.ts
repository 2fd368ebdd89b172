/** What a person may ask a replica to write, and what he gets back. */
import type { Json } from '../base/any.ts';
import type { FieldSet, LogAppend } from '../doc/edit.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Decision } from '../policy/decision.ts';

/** What a person does to one document in one stroke. */
export interface DocumentEdit {
  readonly document: DocumentId;
  readonly sets?: readonly FieldSet[];
  readonly appends?: readonly LogAppend[];
  /** Ops of the values the person had before him; left out, everything live now. */
  readonly seen?: ReadonlySet<string>;
}

/** Why an edit was not even saved: nothing of it is left, the caller keeps the input. */
export interface EditRefusal {
  readonly reason:
    | Extract<Decision, { readonly allowed: false }>['reason']
    /** a value, field or document that no Hub would admit */
    | 'invalid'
    /** more than one envelope or group may carry: split it */
    | 'too-large'
    /** every client id the Hub leased is used: meet the Hub first */
    | 'no-lease'
    /** the Hub has not yet said who this is */
    | 'not-enrolled'
    /** someone wrote the field since: nothing is undone over his head */
    | 'changed-since';
  /** Null when it is not about one document. */
  readonly document: DocumentId | null;
  /** Paths of the fields in question; empty when it is the document as a whole. */
  readonly fields: readonly string[];
}

/** One field that an edit set. */
export interface SavedSet {
  readonly name: string;
  readonly code: string | null;
  readonly path: string;
  readonly op: string;
  /** What was shown before; null when nothing was. */
  readonly before: Json;
}

/** A saved edit: "on this tablet". Kept by the screen for as long as it offers undo. */
export interface Saved {
  /** Tablet's clock. */
  readonly atMs: number;
  readonly documents: readonly {
    readonly document: DocumentId;
    readonly n: number;
    readonly sets: readonly SavedSet[];
  }[];
}

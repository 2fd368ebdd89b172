import type { DocumentLabel, Principal } from '../model/principal.ts';
import type { Basis } from './cells.ts';
import type { ExtractId } from './extract-ids.ts';

/** How much of a document a person may hold on the device. */
export type ReadAccess =
  | { readonly access: 'none' }
  /** A small read-only document derived by the Hub; the source never leaves it. */
  | { readonly access: 'extract'; readonly extract: ExtractId }
  | { readonly access: 'whole' };

/** What someone wants to do with a document. `file` = create and hand in without reading back. */
export type Action =
  | { readonly act: 'read' }
  | { readonly act: 'create' }
  | { readonly act: 'write'; readonly field: string }
  | { readonly act: 'decide' };

/** A yes, or a no with the reason the screen explains. */
export type Decision =
  | { readonly allowed: true; readonly basis: Basis }
  | { readonly allowed: false; readonly reason: 'no-right' | 'not-here' | 'ended' | 'not-this-field' | 'hub-only' };

/** Signature of the decision half of the policy (`access.ts`). */
export type DecidePolicy = (principal: Principal, action: Action, label: DocumentLabel, nowMs: number) => Decision;

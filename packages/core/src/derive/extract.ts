/** The parentheses of the access matrix as small read-only views. Only what a table names here can leave. Rules DRV-3 … DRV-5. */
import type { Json } from '../base/any.ts';
import type { DocState } from '../doc/state.ts';
import type { ExtractId } from '../policy/extract-ids.ts';

/** Returns what the extract tells of the document; null when the kind has no such extract. `today` is the local day, `YYYY-MM-DD`. */
export type ExtractOf = (
  extract: ExtractId,
  kind: string,
  state: DocState,
  today: string,
) => Record<string, Json> | null;

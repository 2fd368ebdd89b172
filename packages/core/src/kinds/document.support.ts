/** Documents for tests, written through the product's own edit. */
import type { Json } from '../base/any.ts';
import { editDocument } from '../doc/edit.ts';
import { type DocState, emptyState } from '../doc/state.ts';

/** What a person writes at once. */
export interface Writes {
  readonly set?: Readonly<Record<string, Json>>;
  /** Map → code → row. */
  readonly rows?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  /** Log → records. */
  readonly log?: Readonly<Record<string, readonly Json[]>>;
}

/** Who writes, and when. */
export interface Writer {
  readonly client: number;
  readonly member: number;
  readonly minutes: number;
  /** True: has seen nothing of what is there, so that its sets stand beside it. */
  readonly isBlind?: boolean;
}

const SOMEONE: Writer = { client: 11, member: 5, minutes: 600_000 };

/** Returns the document with these writes added. */
export function written(state: DocState, writes: Writes, writer: Partial<Writer> = {}): DocState {
  const { client, member, minutes, isBlind } = { ...SOMEONE, ...writer };
  const sets = [
    ...Object.entries(writes.set ?? {}).map(([name, value]) => ({ name, value })),
    ...Object.entries(writes.rows ?? {}).flatMap(([name, rows]) =>
      Object.entries(rows).map(([code, value]) => ({ name, code, value })),
    ),
  ];
  const appends = Object.entries(writes.log ?? {}).flatMap(([name, values]) =>
    values.map((value) => ({ name, value })),
  );
  const seen = isBlind ? { seen: new Set<string>() } : {};
  const result = editDocument(state, { client, member, minutes, sets, appends, ...seen });
  if (!result.ok) throw new Error(result.error);
  return result.value.state;
}

/** Returns a fresh document with these writes. */
export function documentOf(writes: Writes, writer: Partial<Writer> = {}): DocState {
  return written(emptyState(), writes, writer);
}

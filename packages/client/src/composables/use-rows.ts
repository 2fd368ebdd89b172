import type { Row } from '@chungtay/core/derive/rows';
import { kindOf } from '@chungtay/core/kinds/registry';
import { type Ref, shallowRef } from 'vue';
import { oneAtATime } from './one-at-a-time.ts';
import { useEngine, useEngineEvent } from './use-engine.ts';

/** The rows of one type. */
export type RowOf<Type extends Row['type']> = Extract<Row, { readonly type: Type }>;

/** A small list as the engine has it now. */
export interface Rows<R> {
  /** Null until the first answer. */
  readonly rows: Readonly<Ref<readonly R[] | null>>;
  /** Asks again; resolves when `rows` is new. */
  reload(): Promise<void>;
}

/** Returns every row of a type, sealed twins included, and follows changes. For small sets: the children have `stores/register`. */
export function useRows<const Type extends Row['type']>(type: Type): Rows<RowOf<Type>> {
  const engine = useEngine();
  const rows = shallowRef<readonly RowOf<Type>[] | null>(null);
  const reload = oneAtATime(async () => {
    const found = await engine.rowsOf(type).catch(() => null);
    if (found) rows.value = found.filter((row): row is RowOf<Type> => row.type === type);
  });

  useEngineEvent('changed', ({ kinds }) => {
    if (kinds.some((kind) => (kindOf(kind)?.labels ?? kind) === type)) void reload();
  });
  void reload();
  return { rows, reload };
}

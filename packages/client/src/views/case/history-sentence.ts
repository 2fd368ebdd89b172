import type { Json } from '@chungtay/core/base/any';
import { fieldOf } from '@chungtay/core/kinds/registry';
import type { FieldName } from '../../forms/value-words.ts';
import type { HistoryItem } from '../../stores/engine.ts';

/** How one change is said: which sentence, and what goes into it. */
export interface HistorySentence {
  readonly key: 'case.history.set' | 'case.history.changed' | 'case.history.cleared' | 'case.history.added';
  readonly before: string;
  readonly after: string;
}

/** Returns the sentence of a change; `words` turns a value of the field into words. */
export function historySentence(item: HistoryItem, words: (field: FieldName, value: Json) => string): HistorySentence {
  const field = { kind: item.kind, name: item.field };
  const [before, after] = [words(field, item.before), words(field, item.after)];
  if (fieldOf(item.kind, item.field)?.type === 'log') return { key: 'case.history.added', before: '', after };
  if (item.after === null) return { key: 'case.history.cleared', before, after: '' };
  if (before === '') return { key: 'case.history.set', before: '', after };
  return { key: 'case.history.changed', before, after };
}

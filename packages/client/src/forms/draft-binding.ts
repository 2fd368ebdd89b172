import type { Json } from '@chungtay/core/base/any';
import type { FieldBinding } from '../composables/use-field.ts';

/** Returns the binding of one value of a draft: nobody else writes there, so nothing can be in conflict. `read` gives undefined for "not asked". */
export function draftBinding(read: () => Json | undefined, write: (value: Json) => void): FieldBinding {
  return {
    get value() {
      return read() ?? null;
    },
    get version() {
      return read() === undefined ? '' : 'draft';
    },
    author: null,
    conflict: null,
    isReadonly: false,
    commit: write,
  };
}

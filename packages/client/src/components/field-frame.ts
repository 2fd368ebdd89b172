import { computed, type ComputedRef, useId } from 'vue';

/** What every field takes. Texts are already in the person's language. */
export interface FieldProps {
  readonly label: string;
  /** One sentence of help under the label. */
  readonly hint?: string;
  /** What is wrong and what to do, after leaving the field (UX-18). */
  readonly error?: string;
  /** Who else is in this field now, in words. */
  readonly editedBy?: string;
  readonly isReadonly?: boolean;
  /** The element's id, when an error summary points here. */
  readonly id?: string;
}

/** The ids that tie a field's parts together. */
export interface FieldIds {
  readonly input: string;
  readonly label: string;
  readonly hint: string;
  readonly error: string;
  /** For `aria-describedby`: only the parts that are there. */
  readonly describedBy: string | undefined;
}

/** Returns the ids of one field's parts. */
export function useFieldIds(props: FieldProps): ComputedRef<FieldIds> {
  const generated = useId();
  return computed(() => {
    const input = props.id ?? generated;
    const hint = `${input}-hint`;
    const error = `${input}-error`;
    const parts = [props.hint ? hint : '', props.error ? error : ''].filter((part) => part !== '');
    return { input, label: `${input}-label`, hint, error, describedBy: parts.join(' ') || undefined };
  });
}

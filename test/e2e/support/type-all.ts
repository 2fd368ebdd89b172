import type { Page } from '@playwright/test';

/**
 * Types every string into every text field in sight, as fast as the browser takes it, and leaves one of the last in each; `commit` also
 * leaves some of them for good, as somebody who goes from field to field. Returns how many fields there were.
 */
export function typeAll(page: Page, strings: readonly string[], commit: number): Promise<number> {
  return page.evaluate(
    ({ texts, committed }) => {
      const types =
        'input[type=text], input[type=search], input[type=tel], input:not([type]), textarea, [type=password]';
      const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(types)].filter(
        (field) => field.offsetParent !== null && !field.disabled,
      );
      const put = (field: HTMLInputElement | HTMLTextAreaElement, text: string): void => {
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      };
      for (const [at, field] of fields.entries()) {
        field.focus();
        for (const text of texts) put(field, text);
        for (let one = 0; one < committed; one += 1) {
          put(field, texts[(at * committed + one) % texts.length] ?? '');
          field.dispatchEvent(new Event('change', { bubbles: true }));
        }
        field.blur();
      }
      return fields.length;
    },
    { texts: strings, committed: commit },
  );
}

import type { Page } from '@playwright/test';

/** Free texts of a child's first page, by their labels. */
export const LABELS = ['Địa chỉ', 'Địa chỉ cũ', 'Tên gọi khác', 'Nơi cấp giấy khai sinh'] as const;

/** One text typed into one field. */
export interface Typed {
  readonly label: string;
  /** Counts up over all that was ever typed. */
  readonly nth: number;
}

/** Returns what stands in the field: nobody else writes such words. */
export function wordsOf({ nth }: Typed): string {
  return `Bản Huổi Lực số ${nth}/${nth % 97}`;
}

/** Returns the number in a field's words; 0 when nobody has typed there. */
export function numberIn(words: string): number {
  return Number(/ số (\d+)\//u.exec(words)?.[1] ?? 0);
}

/**
 * Somebody who types into the fields of a child's page until the browser dies, one to three at a time, going on as soon as the page
 * shows them as saved; tells what it showed so. Ends when the page is gone.
 */
export async function typeOn(page: Page, from: number, onSaved: (typed: readonly Typed[]) => void): Promise<void> {
  const wishes: (readonly Typed[])[] = [];
  for (let nth = from; nth < from + 4_000; nth += 1 + (nth % 3))
    wishes.push(
      Array.from({ length: 1 + (nth % 3) }, (_, k) => ({ label: LABELS[(nth + k) % 4] ?? '', nth: nth + k })),
    );
  const told = new Map(wishes.map((wish) => [wish[0]?.nth, wish]));
  await page.exposeFunction('showedSaved', (nth: number) => onSaved(told.get(nth) ?? []));
  const script = wishes.map((wish) => wish.map((typed) => ({ ...typed, words: wordsOf(typed) })));
  void page.evaluate(typeInPage, script).catch(() => undefined);
}

/** Runs in the page: types as a person does, and looks at the same line as a person. */
async function typeInPage(script: readonly (readonly (Typed & { readonly words: string })[])[]): Promise<void> {
  const stateNow = (): string => document.querySelector('.save-state')?.className ?? '';
  const isSaved = (): Promise<void> =>
    new Promise((resolve) => {
      let wasTyping = stateNow().includes('typing');
      const watcher = new MutationObserver(() => {
        const state = stateNow();
        wasTyping ||= state.includes('typing');
        if (!wasTyping || !/ (?:saved|sent)$/u.test(state)) return;
        watcher.disconnect();
        resolve();
      });
      watcher.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
  for (const more of document.querySelectorAll('details')) more.open = true;
  const fields = new Map<string, HTMLInputElement>();
  for (const field of document.querySelectorAll<HTMLInputElement>('input.input, textarea.input'))
    fields.set(field.labels?.[0]?.textContent?.trim() ?? '', field);
  for (const wish of script) {
    const saved = isSaved();
    for (const { label, words } of wish) {
      const field = fields.get(label);
      if (!field) throw new Error(`no field ${label}`);
      field.focus();
      field.value = words;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.blur();
    }
    await saved;
    void (window as unknown as { showedSaved(nth: number): Promise<void> }).showedSaved(wish[0]?.nth ?? 0);
  }
}

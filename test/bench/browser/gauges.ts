/** Times taken inside the page: from what a person does to the frame that shows it. */
import type { Page } from '@playwright/test';

/** Milliseconds, of the middle and of the slowest in twenty. */
export interface Spread {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Returns the middle and the slow end of some times. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** Types each text into the search at once; returns how long until the last frame that the answer changed. */
export async function searchTimes(page: Page, texts: readonly string[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (const text of texts) {
    times.push(
      await page.evaluate(async (words) => {
        const input = document.querySelector<HTMLInputElement>('.register input[type=search]');
        const list = document.querySelector('.register');
        if (!input || !list) throw new Error('the register is not open');
        const startedMs = performance.now();
        let changedMs = 0;
        const look = new MutationObserver(() =>
          requestAnimationFrame(() => setTimeout(() => (changedMs = performance.now()))),
        );
        look.observe(list, { childList: true, subtree: true, characterData: true });
        input.value = words;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve, 600));
        look.disconnect();
        return changedMs - startedMs;
      }, text),
    );
  }
  return times.filter((ms) => ms > 0);
}

/** Opens children of the list one after another; returns how long each took until its file was painted. */
export async function openTimes(page: Page, files: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < files; i += 1) {
    times.push(
      await page.evaluate(async (nth) => {
        const rows = document.querySelectorAll<HTMLElement>('.register-list a');
        const startedMs = performance.now();
        rows[nth % rows.length]?.click();
        for (;;) {
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
          if (document.querySelector('.child-head h1, .child-head h2, .child-head b'))
            return performance.now() - startedMs;
        }
      }, i),
    );
    await page.getByRole('button', { name: 'Quay lại' }).first().click();
    await page.locator('.register-list a').first().waitFor();
  }
  return times;
}

/** Changes a field again and again; returns how long until it was shown as saved on this tablet, which is after the durable commit. */
export async function saveTimes(page: Page, label: string, saves: number): Promise<readonly number[]> {
  const times: number[] = [];
  const field = page.getByLabel(label, { exact: true }).first();
  const id = await field.getAttribute('id');
  for (let i = 0; i < saves; i += 1) {
    times.push(
      await page.evaluate(
        async ({ field: fieldId, text }) => {
          const input = document.querySelector<HTMLInputElement>(`#${CSS.escape(fieldId)}`);
          if (!input) throw new Error('the field is gone');
          input.focus();
          input.value = text;
          input.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise((resolve) => setTimeout(resolve, 100));
          const startedMs = performance.now();
          input.dispatchEvent(new Event('change', { bubbles: true }));
          input.blur();
          for (;;) {
            await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
            const states = [...document.querySelectorAll('.save-state')];
            if (states.some((one) => /saved|sent|received/u.test(one.className))) return performance.now() - startedMs;
            if (performance.now() - startedMs > 10_000) throw new Error('it was not saved');
          }
        },
        { field: id ?? '', text: `Nhà số ${i + 1}, cuối bản` },
      ),
    );
  }
  return times;
}

/** Scrolls the list for so many frames; returns how long each took. */
export async function frameTimes(page: Page, frames: number): Promise<readonly number[]> {
  return page.evaluate(async (count) => {
    const list = document.querySelector('.register-list');
    const box = list?.matches('.list') ? list : list?.querySelector('.list');
    if (!box) throw new Error('there is no list');
    const times: number[] = [];
    let lastMs = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    for (let i = 0; i < count; i += 1) {
      box.scrollTop += 240;
      const nowMs = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      times.push(nowMs - lastMs);
      lastMs = nowMs;
    }
    return times;
  }, frames);
}

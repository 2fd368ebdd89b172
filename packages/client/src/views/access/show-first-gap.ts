import { nextTick } from 'vue';

/** Brings the first thing that is missing in the open dialog before the eyes, and the cursor into it (UX-18). */
export async function showFirstGap(): Promise<void> {
  await nextTick();
  const gap = document.querySelector('.dialog .field-error');
  gap?.closest('.field')?.querySelector<HTMLElement>('input, textarea, select')?.focus({ preventScroll: true });
  gap?.scrollIntoView({ block: 'center' });
}

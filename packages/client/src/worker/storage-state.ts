import type { StorageState } from './engine-views.ts';

/** Returns how the browser's storage stands, beside what the last write met. */
export async function storageStateOf(state: StorageState['state']): Promise<StorageState> {
  const { usage, quota } = await navigator.storage.estimate();
  return { persisted: await navigator.storage.persisted(), usedBytes: usage ?? null, quotaBytes: quota ?? null, state };
}

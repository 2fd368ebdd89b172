import type { Json } from '@chungtay/core/base/any';
import { computed, type ComputedRef, type Ref, shallowRef } from 'vue';
import { useSync } from '../stores/sync.ts';
import { useUnsaved } from '../stores/unsaved.ts';
import { usePageLeaving } from './page-leaving.ts';
import { COMMIT_AFTER_MS } from './text-draft.ts';
import { useEngine } from './use-engine.ts';

/** Where a form's words are. */
type DraftState = 'loading' | 'empty' | 'typing' | 'saved' | 'failed';

/** A form before it is handed in. */
export interface Draft<Value extends Json> {
  /** What the form holds now. */
  readonly value: Readonly<Ref<Value>>;
  /** `loading` until what a former visit left is read; `saved` only after it is on this tablet. */
  readonly state: Readonly<Ref<DraftState>>;
  /** When it was last saved, in ms; null when never. */
  readonly savedAtMs: Readonly<Ref<number | null>>;
  /** Resolves when a former visit's draft is here. */
  readonly loaded: Promise<void>;
  /** Changes the form; saved 400 ms after the last change, or at once with `flush`. */
  set(value: Value): void;
  /** Saves now what is not saved yet. */
  flush(): Promise<void>;
  /** Takes the draft away: it was handed in, or given up. */
  remove(): Promise<void>;
}

/** Keeps a form under `key` in the engine, so that a kill loses nothing of it. */
export function useDraft<Value extends Json>(key: string, empty: Value): Draft<Value> {
  const disk = useDraftDisk<Value>(key);
  const value = shallowRef<Value>(empty) as Ref<Value>;
  const state = shallowRef<DraftState>('loading');
  const savedAtMs = shallowRef<number | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRemoved = false;

  async function load(): Promise<void> {
    if (disk.waiting !== null) return set(disk.waiting);
    const kept = await disk.read();
    // what is typed while it loads is newer
    if (state.value !== 'loading') return;
    if (kept !== null) value.value = kept as Value;
    state.value = kept === null ? 'empty' : 'saved';
  }

  function set(next: Value): void {
    value.value = next;
    state.value = 'typing';
    clearTimeout(timer);
    if (isLeaving()) void flush();
    else timer = setTimeout(() => void flush(), COMMIT_AFTER_MS);
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (isRemoved || (state.value !== 'typing' && state.value !== 'failed')) return;
    const saving = value.value;
    if (!(await disk.isSaved(saving))) return void (state.value = 'failed');
    if (value.value === saving) state.value = 'saved';
    savedAtMs.value = Date.now();
  }

  async function remove(): Promise<void> {
    clearTimeout(timer);
    isRemoved = true;
    await disk.remove();
  }

  const isLeaving = usePageLeaving(() => void flush());
  return { value, state: useShownState(state), savedAtMs, loaded: load(), set, flush, remove };
}

/** Returns `state`, with what waits for a disk that takes nothing as failed so far (P3). */
function useShownState(state: Readonly<Ref<DraftState>>): ComputedRef<DraftState> {
  const sync = useSync();
  return computed(() => (state.value === 'typing' && sync.summary.storage !== 'ok' ? 'failed' : state.value));
}

/** Returns how a form's words get to the disk; until they are there, they are among what can be exported. */
function useDraftDisk<Value extends Json>(key: string) {
  const engine = useEngine();
  const unsaved = useUnsaved();
  let forget = (): void => undefined;
  return {
    /** What a former visit left that is still on its way; null when nothing is. */
    waiting: unsaved.wordsOf(key) as Value | null,
    read: () => engine.readDraft(key).catch(() => null),
    /** Saves, and says whether it is on this tablet. */
    async isSaved(value: Value): Promise<boolean> {
      const forgetThis = unsaved.keep(key, value);
      forget = forgetThis;
      const saved = await engine.saveDraft(key, value).then(
        () => true,
        () => false,
      );
      if (saved) forgetThis();
      return saved;
    },
    async remove(): Promise<void> {
      forget();
      await engine.saveDraft(key, null);
    },
  };
}

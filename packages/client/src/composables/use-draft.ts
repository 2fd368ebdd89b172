import type { Json } from '@chungtay/core/base/any';
import { type Ref, shallowRef } from 'vue';
import { usePageLeaving } from './page-leaving.ts';
import { COMMIT_AFTER_MS } from './text-draft.ts';
import { useEngine } from './use-engine.ts';

/** A form before it is handed in. */
export interface Draft<Value extends Json> {
  /** What the form holds now. */
  readonly value: Readonly<Ref<Value>>;
  /** `loading` until what a former visit left is read; `saved` only after it is on this tablet. */
  readonly state: Readonly<Ref<'loading' | 'empty' | 'typing' | 'saved' | 'failed'>>;
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
  const engine = useEngine();
  const value = shallowRef<Value>(empty) as Ref<Value>;
  const state = shallowRef<'loading' | 'empty' | 'typing' | 'saved' | 'failed'>('loading');
  const savedAtMs = shallowRef<number | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRemoved = false;

  async function load(): Promise<void> {
    const kept = await engine.readDraft(key).catch(() => null);
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
    try {
      await engine.saveDraft(key, saving);
      if (value.value === saving) state.value = 'saved';
      savedAtMs.value = Date.now();
    } catch {
      state.value = 'failed';
    }
  }

  async function remove(): Promise<void> {
    clearTimeout(timer);
    isRemoved = true;
    await engine.saveDraft(key, null);
  }

  const isLeaving = usePageLeaving(() => void flush());
  return { value, state, savedAtMs, loaded: load(), set, flush, remove };
}

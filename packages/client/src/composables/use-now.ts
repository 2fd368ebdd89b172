import { onScopeDispose, type Ref, shallowRef } from 'vue';

/** Returns the wall clock in ms, moving every half minute and when the page comes back: for what is shown, never for order. */
export function useNow(): Readonly<Ref<number>> {
  const nowMs = shallowRef(Date.now());
  const look = () => (nowMs.value = Date.now());
  const timer = setInterval(look, 30_000);
  document.addEventListener('visibilitychange', look);
  onScopeDispose(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  });
  return nowMs;
}

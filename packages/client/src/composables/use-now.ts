import { onScopeDispose, type Ref, shallowRef } from 'vue';

const EVERY_MS = 30_000;
// how old it may be for who begins to look
const FRESH_MS = 5_000;

// one clock for all who look: a form has forty of them
const nowMs = shallowRef(0);
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Returns the wall clock in ms, moving every half minute and when the page comes back: for what is shown, never for order. */
export function useNow(): Readonly<Ref<number>> {
  if (watchers === 0) start();
  else if (Date.now() - nowMs.value > FRESH_MS) look();
  watchers += 1;
  onScopeDispose(() => {
    watchers -= 1;
    if (watchers === 0) stop();
  });
  return nowMs;
}

function start(): void {
  look();
  timer = setInterval(look, EVERY_MS);
  document.addEventListener('visibilitychange', look);
}

function stop(): void {
  clearInterval(timer);
  document.removeEventListener('visibilitychange', look);
}

function look(): void {
  nowMs.value = Date.now();
}

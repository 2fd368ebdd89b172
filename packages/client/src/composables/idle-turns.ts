const queue = new Set<() => void>();
const PATIENCE_MS = 200;
let isWaiting = false;

/**
 * Runs `act` when the page has a moment: what was asked first comes first, and each has a moment of its own, so that none makes a key wait.
 * Returns how to call it off.
 */
export function inIdleTurn(act: () => void): () => void {
  queue.add(act);
  wait();
  return () => void queue.delete(act);
}

function wait(): void {
  if (isWaiting || queue.size === 0) return;
  isWaiting = true;
  // Safari knows no idle moments
  if (typeof requestIdleCallback === 'function') requestIdleCallback(takeTurn, { timeout: PATIENCE_MS });
  else setTimeout(takeTurn);
}

function takeTurn(): void {
  isWaiting = false;
  const [act] = queue;
  if (!act) return;
  queue.delete(act);
  wait();
  act();
}

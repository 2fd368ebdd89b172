/**
 * Returns a verb that runs `ask`, never twice at once: whoever calls while it runs makes it run once more afterwards, however often he
 * calls. Resolves when nothing is left to ask; at once for who came while it ran.
 */
export function oneAtATime(ask: () => Promise<void>): () => Promise<void> {
  let isAsking = false;
  let isStale = false;
  return async () => {
    isStale = true;
    if (isAsking) return;
    isAsking = true;
    try {
      while (isStale) {
        isStale = false;
        await ask();
      }
    } finally {
      isAsking = false;
    }
  };
}

/** A row in sight, and the place in the page that it has. */
export interface Placed {
  readonly key: string;
  /** Names the place: one element shows one row after another. */
  readonly place: number;
}

/**
 * Returns a place for each of `keys`, in their order. Who was in sight before keeps his; who comes takes one that is left, since to change the
 * words of a row costs a third of making one. The place named by `kept` is left to nobody: the keyboard is in it, and must not find itself
 * at another row.
 */
export function placesFor(keys: readonly string[], former: readonly Placed[], kept: number | null): readonly Placed[] {
  const staying = new Map(former.map(({ key, place }) => [key, place]));
  const wanted = new Set(keys);
  const free = former.filter(({ key, place }) => !wanted.has(key) && place !== kept).map(({ place }) => place);
  let unused = Math.max(-1, ...former.map(({ place }) => place));
  return keys.map((key) => ({ key, place: staying.get(key) ?? free.shift() ?? (unused += 1) }));
}

/** Says whether `a` from `i` and `b` from `j` on are equal to the end of both. */
function equalTails(a: string, i: number, b: string, j: number): boolean {
  if (a.length - i !== b.length - j) return false;
  for (let at = 0; i + at < a.length; at += 1) if (a.charCodeAt(i + at) !== b.charCodeAt(j + at)) return false;
  return true;
}

/** Says whether one letter added, dropped, replaced or swapped with its neighbour turns `a` into `b`; equal texts count. */
export function withinOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) i += 1;
  if (i === a.length && i === b.length) return true;
  if (equalTails(a, i + 1, b, i + 1) || equalTails(a, i + 1, b, i) || equalTails(a, i, b, i + 1)) return true;
  const swapped = i + 1 < a.length && i + 1 < b.length && a[i] === b[i + 1] && a[i + 1] === b[i];
  return swapped && equalTails(a, i + 2, b, i + 2);
}

/** Says whether `typed`, one edit away or less, is the beginning of `word`. */
export function beginsWithinOneEdit(typed: string, word: string): boolean {
  let i = 0;
  while (i < typed.length && i < word.length && typed.charCodeAt(i) === word.charCodeAt(i)) i += 1;
  if (i === typed.length) return true;
  if (startsAt(typed, i + 1, word, i + 1) || startsAt(typed, i + 1, word, i) || startsAt(typed, i, word, i + 1))
    return true;
  return (
    i + 1 < typed.length && typed[i] === word[i + 1] && typed[i + 1] === word[i] && startsAt(typed, i + 2, word, i + 2)
  );
}

function startsAt(typed: string, i: number, word: string, j: number): boolean {
  if (typed.length - i > word.length - j) return false;
  for (let at = 0; i + at < typed.length; at += 1)
    if (typed.charCodeAt(i + at) !== word.charCodeAt(j + at)) return false;
  return true;
}

/** What two versions of a text have in common and where they differ. */
export interface TextParts {
  readonly before: string;
  readonly first: string;
  readonly second: string;
  readonly after: string;
}

/** Returns the common beginning and end of two texts, cut between words, and what each has in between. */
export function partsOfTexts(first: string, second: string): TextParts {
  const [a, b] = [piecesOf(first), piecesOf(second)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return {
    before: a.slice(0, start).join(''),
    first: a.slice(start, a.length - end).join(''),
    second: b.slice(start, b.length - end).join(''),
    after: a.slice(a.length - end).join(''),
  };
}

/**
 * Returns one text that has every word of all: what they share once, then what each adds, in order, on lines of their own. A text that
 * another contains adds nothing.
 */
export function joinTexts(texts: readonly string[]): string {
  return texts.reduce((joined, next) => (joined === '' ? next : joinTwo(joined, next)), '');
}

function joinTwo(first: string, second: string): string {
  if (first.includes(second)) return first;
  if (second.includes(first)) return second;
  const { before, first: ownFirst, second: ownSecond, after } = partsOfTexts(first, second);
  if (ownFirst.trim() === '' || ownSecond.trim() === '') return before + (ownFirst + ownSecond) + after;
  const end = ownSecond.trimEnd();
  return `${before}${ownFirst.trimEnd()}\n${ownSecond.trim()}${ownSecond.slice(end.length)}${after}`;
}

/** Words and the white space between them, each a piece. */
function piecesOf(text: string): readonly string[] {
  return text.split(/(\s+)/u).filter((piece) => piece !== '');
}

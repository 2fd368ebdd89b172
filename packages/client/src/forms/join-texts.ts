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
 * Returns one text that has every sentence of all: those they begin and end with once, then what each adds, in order, on lines of their
 * own. Sentences are kept whole: "không bị đánh" and "bị đánh" are two statements, not one with a word more.
 */
export function joinTexts(texts: readonly string[]): string {
  return texts.reduce((joined, next) => (joined === '' ? next : joinTwo(joined, next)), '');
}

function joinTwo(first: string, second: string): string {
  const [a, b] = [sentencesOf(first), sentencesOf(second)];
  const isSame = (one: string | undefined, other: string | undefined) => wordsOf(one ?? '') === wordsOf(other ?? '');
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && isSame(a[start], b[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isSame(a.at(-1 - end), b.at(-1 - end))) end += 1;
  const ownFirst = a.slice(start, a.length - end).join('');
  const ownSecond = b.slice(start, b.length - end).join('');
  if (ownSecond === '') return first;
  if (ownFirst === '') return second;
  const before = a.slice(0, start).join('');
  const after = b.slice(b.length - end).join('');
  const gap = ownSecond.slice(ownSecond.trimEnd().length);
  return `${before}${ownFirst.trimEnd()}\n${ownSecond.trim()}${after === '' ? gap : gap || '\n'}${after}`;
}

/** Sentences with the white space after them; a dot inside a number or a day ends none. */
function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?…]["”»)]*\s+|\n)(?=\S)/u).filter((sentence) => sentence !== '');
}

/** What a sentence says, whatever ends it. */
function wordsOf(sentence: string): string {
  return sentence.trim().replace(/[.…]+$/u, '');
}

/** Words and the white space between them, each a piece. */
function piecesOf(text: string): readonly string[] {
  return text.split(/(\s+)/u).filter((piece) => piece !== '');
}

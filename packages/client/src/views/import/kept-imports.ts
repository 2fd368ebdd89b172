import type { Json } from '@chungtay/core/base/any';
import { PROBLEM_SENTENCES, REASON_SENTENCES, say } from '@chungtay/core/roster/messages';
import * as z from 'zod/mini';
import type { Language } from '../../i18n/translate.ts';

/** Key of the draft that keeps what an import left out: `import/<file name>`. */
const KEPT_PREFIX = 'import/';

const keptShape = z.object({
  fileName: z.string(),
  keptAtMs: z.number(),
  columns: z.array(z.string()),
  rows: z.array(
    z.object({
      row: z.number(),
      verdict: z.string(),
      cells: z.array(z.string()),
      problems: z.array(z.object({ code: z.string(), severity: z.string(), params: z.record(z.string(), z.string()) })),
      duplicates: z.array(z.object({ reasons: z.array(z.string()) })),
    }),
  ),
});

/** The rows of one file that did not go in, with their cells as they were. */
export type KeptImport = z.infer<typeof keptShape> & { readonly key: string };

/** Returns the kept imports among the drafts, newest first. */
export function keptImportsOf(
  drafts: readonly { readonly key: string; readonly value: Json }[],
): readonly KeptImport[] {
  return drafts
    .filter(({ key }) => key.startsWith(KEPT_PREFIX))
    .flatMap(({ key, value }) => {
      const parsed = keptShape.safeParse(value);
      return parsed.success ? [{ ...parsed.data, key }] : [];
    })
    .toSorted((a, b) => b.keptAtMs - a.keptAtMs);
}

/** Returns why a row was kept back, in sentences. Codes of another version of the app stand for themselves. */
export function reasonOfKept(row: KeptImport['rows'][number], language: Language): string {
  const problems = row.problems
    .filter(({ severity }) => severity !== 'info')
    .map(({ code, params }) => worded(PROBLEM_SENTENCES, code, language, params));
  const likeness = row.duplicates.flatMap(({ reasons }) =>
    reasons.map((code) => worded(REASON_SENTENCES, code, language)),
  );
  const alike = [...new Set(likeness)].join(', ');
  return [...problems, alike === '' ? '' : `${alike.charAt(0).toLocaleUpperCase(language)}${alike.slice(1)}.`]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function worded(
  sentences: Readonly<Record<string, Parameters<typeof say>[0]>>,
  code: string,
  language: Language,
  params: Readonly<Record<string, string>> = {},
): string {
  const sentence = Object.hasOwn(sentences, code) ? sentences[code] : undefined;
  return sentence ? say(sentence, language, params) : code;
}

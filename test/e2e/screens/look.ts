import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** The two devices of the field: a 10-inch tablet held flat, a phone held up. */
export const SIZES = { tablet: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

/** One of SIZES. */
export type SizeName = keyof typeof SIZES;

const WORDS = join(import.meta.dirname, '../../../packages/client/src/i18n/vi');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const TALLEST_PX = 12_000;
/** What a text must not hold: a key of the dictionary, a placeholder, a value that was never one. */
const RAW = new RegExp(
  String.raw`(?:^|[\s“"(])(?:${dictionaryRoots().join('|')})\.[a-z][\w.]*|\{[a-z]\w*\}|\b(?:undefined|NaN)\b|\[object `,
  'u',
);

/** Returns what stands in somebody's way on this screen at this size, in words; empty when nothing does. */
export async function barriersOf(page: Page, size: SizeName): Promise<readonly string[]> {
  const { width, height } = SIZES[size];
  const seen = await page.evaluate(look);
  const raw = seen.texts.filter((text) => RAW.test(text)).map((text) => `raw words “${text.slice(0, 80)}”`);
  const wide = seen.sidewaysPx > 0 ? [`scrolls sideways by ${seen.sidewaysPx} px: ${seen.widest}`] : [];
  const small = seen.smallTargets.map((target) => `small target ${target}`);
  // the whole page in sight: what lies half under a bar can be scrolled out from under it
  const isTall = seen.tallPx > height;
  if (isTall) await page.setViewportSize({ width, height: Math.min(seen.tallPx, TALLEST_PX) });
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true).analyze();
  if (isTall) await page.setViewportSize({ width, height });
  const axe = violations.map(({ id, nodes }) => `axe ${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`);
  return [...raw, ...wide, ...small, ...axe];
}

/** What a person sees and touches, read in the page. */
interface Sight {
  readonly texts: readonly string[];
  readonly smallTargets: readonly string[];
  readonly sidewaysPx: number;
  readonly widest: string;
  readonly tallPx: number;
}

/** Runs in the page. Targets a finger cannot hit are below 48 px either way; links within a sentence are none. */
function look(): Sight {
  const LEAST_PX = 47.5;
  const isSeen = (one: Element): boolean => one.getClientRects().length > 0;
  const nameOf = (one: Element): string => `${one.tagName.toLowerCase()}.${one.className} “${one.textContent.trim()}”`;
  const labels = [...document.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap((one) =>
    ['aria-label', 'placeholder', 'title'].map((name) => one.getAttribute(name) ?? ''),
  );
  const targets = 'a, button, select, summary, .option, input:not([type=radio], [type=checkbox], .visually-hidden)';
  const small = [...document.querySelectorAll(targets)]
    .filter((target) => isSeen(target) && !target.matches('.skip, p a'))
    .map((target) => ({ name: nameOf(target), box: target.getBoundingClientRect() }))
    .filter(({ box }) => box.width < LEAST_PX || box.height < LEAST_PX)
    .map(({ name, box }) => `${name.slice(0, 80)} ${Math.round(box.width)}×${Math.round(box.height)}`);
  const root = document.documentElement;
  const beyond = [...document.body.querySelectorAll('*')].find(
    (one) => isSeen(one) && one.getBoundingClientRect().right > innerWidth + 1,
  );
  return {
    texts: [...document.body.innerText.split('\n'), ...labels],
    smallTargets: [...new Set(small)],
    sidewaysPx: root.scrollWidth - innerWidth,
    widest: beyond ? nameOf(beyond).slice(0, 120) : '',
    tallPx: root.scrollHeight,
  };
}

/** The first parts of the dictionary's keys: `shell`, `case`, … */
function dictionaryRoots(): readonly string[] {
  const files = readdirSync(WORDS).map((file) => readFileSync(join(WORDS, file), 'utf8'));
  return [...new Set(files.flatMap((text) => [...text.matchAll(/^ {2}'(\w+)\./gmu)].map(([, root]) => root ?? '')))];
}

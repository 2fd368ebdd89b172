import { describe, expect, it } from 'vitest';
import { applyUpdate as applyToYjs } from 'yjs';
import { equalBytes } from '../base/bytes.ts';
import { Dice } from '../base/random.support.ts';
import { ATTACKS } from './attacks.support.ts';
import type { Entry, GrammarError } from './entry.ts';
import { checkUpdate } from './gate.ts';
import type { GateError } from './gate.ts';
import { HISTORY_FIELDS } from './histories.support.ts';
import { attack, damage, honestAttempts } from './hostile.support.ts';
import type { Attempt } from './hostile.support.ts';
import { applyUpdate, cloneState, encodeState, parseState } from './state.ts';
import type { DocState } from './state.ts';
import { encodeUpdate, parseUpdate } from './update.ts';
import type { DocUpdate } from './update.ts';
import { openYjs, viewState, viewYjs } from './yjs.support.ts';

const DAMAGED = 200_000;
const EACH_ATTACK = 500;
const COMPARED_WITH_YJS = 3000;

/** Every code of the two lists, so that each is seen to be given at least once. */
const GRAMMAR_CODES: { readonly [Code in GrammarError]: true } = {
  truncated: true,
  trailing: true,
  varint: true,
  utf8: true,
  tag: true,
  number: true,
  key: true,
  depth: true,
  nodes: true,
  size: true,
  empty: true,
  sections: true,
  id: true,
  count: true,
  struct: true,
  root: true,
  'field-key': true,
  content: true,
  deletes: true,
};
const GATE_CODES: readonly GateError[] = [
  'foreign-client',
  'clock',
  'stamp',
  'unknown-field',
  'field-type',
  'set-twice',
  'unknown-dependency',
  'foreign-delete',
  'log-delete',
];

const attempts = honestAttempts(60, new Dice(7));

function judge(bytes: Uint8Array, attempt: Attempt): DocUpdate | GrammarError | GateError {
  const parsed = parseUpdate(bytes);
  if (!parsed.ok) return parsed.error;
  const checked = checkUpdate(parsed.value, attempt.state, attempt.author, HISTORY_FIELDS);
  return checked.ok ? parsed.value : checked.error;
}

/** Returns what an admitted update did that it may not do; null when nothing. */
function harmOf(update: DocUpdate, bytes: Uint8Array, attempt: Attempt): string | null {
  const after = cloneState(attempt.state);
  const applied = applyUpdate(after, update);
  if (!applied.ok || applied.value !== 'applied') return 'admitted, but not applied';
  if (!equalBytes(encodeUpdate(update), bytes)) return 'another form of an update';
  const written = new Set(update.items.map(({ field }) => field.path));
  for (const entry of attempt.state.live.values()) {
    const isGone = !after.live.has(entry.op);
    if (isGone && (!written.has(entry.field.path) || entry.field.type === 'log'))
      return `took away a value of ${entry.field.path}`;
  }
  for (const [client, next] of after.clocks) {
    if (client !== attempt.author.client && attempt.state.clocks.get(client) !== next)
      return 'moved the clock of another';
  }
  return null;
}

/** Returns what Yjs makes otherwise of an admitted update than we do; null when nothing. */
function differenceOf(update: DocUpdate, bytes: Uint8Array, attempt: Attempt): string | null {
  const after = cloneState(attempt.state);
  applyUpdate(after, update);
  const doc = openYjs(attempt.snapshot);
  applyToYjs(doc, bytes);
  const view = viewYjs(doc);
  if (view.isPending) return 'Yjs keeps something pending';
  return JSON.stringify(view) === JSON.stringify(viewState(after)) ? null : 'Yjs shows something else';
}

/** Judges many inputs and counts: what came of them, and what went wrong. */
class Trial {
  readonly wrong: string[] = [];
  readonly given = new Map<string, number>();
  compared = 0;

  judge(name: string, bytes: Uint8Array, attempt: Attempt): boolean {
    const verdict = judge(bytes, attempt);
    const isAdmitted = typeof verdict !== 'string';
    this.#count(isAdmitted ? 'admitted' : verdict);
    if (!isAdmitted) return false;
    const harm = harmOf(verdict, bytes, attempt);
    if (harm !== null) this.wrong.push(`${name}: ${harm}`);
    if (this.compared < COMPARED_WITH_YJS && !equalBytes(bytes, attempt.bytes)) {
      this.compared += 1;
      const difference = differenceOf(verdict, bytes, attempt);
      if (difference !== null) this.wrong.push(`${name}: ${difference}`);
    }
    return true;
  }

  #count(what: string): void {
    this.given.set(what, (this.given.get(what) ?? 0) + 1);
  }
}

describe('hostile updates', () => {
  it('honest ones are all admitted, and do in Yjs what they do here', () => {
    expect(attempts.map((attempt) => judge(attempt.bytes, attempt))).toEqual(attempts.map(({ update }) => update));
    expect(
      attempts
        .map((attempt) => differenceOf(attempt.update, attempt.bytes, attempt))
        .filter((difference) => difference),
    ).toEqual([]);
  });

  it.each([...ATTACKS.keys()])(`[DOC-2] [DOC-5] [DOC-13] [DOC-17] ${EACH_ATTACK} times %s: never admitted`, (name) => {
    const dice = new Dice(name.length);
    const verdicts = Array.from({ length: EACH_ATTACK }, () => {
      const attempt = dice.pick(attempts);
      const verdict = judge(attack(name, attempt, dice), attempt);
      return typeof verdict === 'string' ? 'refused' : 'admitted';
    });
    expect(verdicts.filter((verdict) => verdict === 'admitted')).toEqual([]);
  });

  it(`[DOC-6] [DOC-7] ${DAMAGED} damaged ones: none throws, none admitted does harm, Yjs agrees on those`, () => {
    const dice = new Dice(11);
    const trial = new Trial();
    for (let i = 0; i < DAMAGED; i += 1) {
      const attempt = dice.pick(attempts);
      trial.judge('damaged', damage(attempt.bytes, dice), attempt);
    }
    expect(trial.wrong).toEqual([]);
    expect(trial.compared).toBe(COMPARED_WITH_YJS);
    expect(trial.given.get('admitted')).toBeLessThan(DAMAGED / 2);
  }, 60_000);

  it('[DOC-7] attacked and damaged ones earn every code there is', () => {
    const dice = new Dice(13);
    const trial = new Trial();
    for (let i = 0; i < 60_000; i += 1) {
      const attempt = dice.pick(attempts);
      const name = dice.pick([...ATTACKS.keys()]);
      const bytes = attack(name, attempt, dice);
      trial.judge(name, dice.chance(50) ? damage(bytes, dice) : bytes, attempt);
    }
    const manyNodes = Uint8Array.from([
      1,
      1,
      5,
      0,
      0x28,
      1,
      1,
      0x66,
      5,
      0x61,
      0x40,
      0x35,
      0x2e,
      0x30,
      1,
      117,
      3,
      117,
      0xa0,
      0x9c,
      1,
      ...new Uint8Array(20_000).fill(126),
    ]);
    for (const bytes of [manyNodes, new Uint8Array(65_000)]) trial.judge('large', bytes, dice.pick(attempts));
    expect(trial.wrong).toEqual([]);
    expect([...Object.keys(GRAMMAR_CODES), ...GATE_CODES].filter((code) => !trial.given.has(code))).toEqual([]);
  }, 60_000);

  it('[DOC-7] the trial notices what a gate with a hole would admit', () => {
    const dice = new Dice(19);
    const trialOf = (name: string, find: typeof harmOf): Set<string | null> =>
      new Set(
        Array.from({ length: 50 }, () => {
          const attempt = dice.pick(attempts);
          const bytes = attack(name, attempt, dice);
          const parsed = parseUpdate(bytes);
          return parsed.ok ? find(parsed.value, bytes, attempt) : null;
        }),
      );
    expect(trialOf('a future delete', differenceOf)).toContain('Yjs keeps something pending');
    expect(trialOf('a clock gap', differenceOf)).toContain('Yjs keeps something pending');
    expect(trialOf('a clock gap', harmOf)).toContain('admitted, but not applied');
    expect(trialOf('a log delete', harmOf)).toContain('took away a value of stage#');
    expect(trialOf('a foreign client', harmOf)).toContain('moved the clock of another');
  });
});

/** The same document from what its entries say, not from how they came. */
function toldAgain(state: DocState): DocState {
  const fields = [...state.fields].map(([path, entries]): [string, readonly Entry[]] => [
    path,
    entries.map(({ op, client, clock, field, value, member, minutes, sizeBytes }) => {
      return { op, client, clock, field, value, member, minutes, sizeBytes };
    }),
  ]);
  return { clocks: state.clocks, live: state.live, fields: new Map(fields), liveBytes: state.liveBytes, items: null };
}

describe('hostile snapshots', () => {
  it('[DOC-7] [DOC-12] 60,000 damaged ones: none throws, what is read has one form, and Yjs reads the same', () => {
    const dice = new Dice(17);
    const wrong: string[] = [];
    let compared = 0;
    for (let i = 0; i < 60_000; i += 1) {
      const bytes = damage(dice.pick(attempts).snapshot, dice);
      const parsed = parseState(bytes);
      if (!parsed.ok) continue;
      if (!equalBytes(encodeState(parsed.value), bytes) || !equalBytes(encodeState(toldAgain(parsed.value)), bytes))
        wrong.push('another form of a snapshot');
      if (compared >= 1000) continue;
      compared += 1;
      if (JSON.stringify(viewYjs(openYjs(bytes))) !== JSON.stringify(viewState(parsed.value)))
        wrong.push('Yjs reads something else');
    }
    expect(wrong).toEqual([]);
    expect(compared).toBe(1000);
  }, 60_000);
});

/** The gate under attack: the strict parser and the rules of one document, as admission calls them, with an oracle behind. */
import type { Dice } from '@chungtay/core/base/random.support';
import { checkUpdate } from '@chungtay/core/doc/gate';
import { encodeLoose } from '@chungtay/core/doc/loose-update.support';
import { parseUpdate } from '@chungtay/core/doc/update';
import type { DocUpdate } from '@chungtay/core/doc/update';
import { Costliest } from './budget.ts';
import { Corpus, type KindAttempt } from './corpus.ts';
import type { Gap } from './gaps.ts';
import { type GateInput, hostileInput } from './gate-inputs.ts';
import { differenceOf, harmOf, isOtherForm } from './oracle.ts';

/** What came of many inputs. */
export interface GateTrial {
  readonly hostile: number;
  readonly admitted: number;
  /** Admitted ones that were compared with Yjs. */
  readonly compared: number;
  readonly violations: readonly string[];
  readonly costliest: Costliest;
}

const POOL = 250;
/** Inputs made of one pool. */
const INPUTS_A_POOL = 25_000;
/** Of the damaged ones that are admitted, one in so many is given to Yjs; of all others, each. */
const COMPARED_ONE_IN = 16;
const KEPT_VIOLATIONS = 20;

/** Returns the update that the gate, or one with a gap in it, admits; null when it refuses. */
function judge({ bytes, loose, attempt }: GateInput, gap: Gap | null): DocUpdate | null {
  const seen = gap && loose ? encodeLoose(gap.overlook?.(structuredClone(loose), attempt) ?? loose) : bytes;
  const parsed = parseUpdate(seen);
  if (!parsed.ok) return null;
  const { state, author, fields } = gap?.believe?.(parsed.value, attempt) ?? attempt;
  return checkUpdate(parsed.value, state, author, fields).ok ? parsed.value : null;
}

/** Throws `count` hostile inputs at the gate, or at one with a gap, until `stopAt` violations were found. */
export function attackGate(count: number, dice: Dice, gap: Gap | null = null, stopAt = Infinity): GateTrial {
  const costliest = new Costliest();
  const violations: string[] = [];
  let [admitted, compared, hostile] = [0, 0, 0];
  let pool: readonly KindAttempt[] = [];
  for (; hostile < count && violations.length < stopAt; hostile += 1) {
    if (hostile % INPUTS_A_POOL === 0) pool = poolOf(dice);
    const input = hostileInput(dice.pick(pool), dice);
    const startMs = performance.now();
    const verdict = attempted(input, gap);
    costliest.note(input.name, performance.now() - startMs, () => void judge(input, gap));
    if (verdict === null) continue;
    admitted += 1;
    const isCompared = typeof verdict !== 'string' && (input.loose !== null || admitted % COMPARED_ONE_IN === 0);
    if (isCompared) compared += 1;
    const wrong = typeof verdict === 'string' ? verdict : wrongIn(verdict, input, isCompared);
    if (wrong !== null && violations.length < KEPT_VIOLATIONS)
      violations.push(`${input.name}: ${wrong} (${hexOf(input)})`);
  }
  return { hostile, admitted, compared, violations, costliest };
}

/** Makes `count` honest edits; returns those that the gate refused, and what was edited by whom. */
export function honestAtGate(count: number, dice: Dice): Pick<Corpus, 'refused' | 'made'> {
  const corpus = new Corpus(dice);
  for (let i = 0; i < count; i += 1) corpus.next();
  return corpus;
}

function attempted(input: GateInput, gap: Gap | null): DocUpdate | string | null {
  try {
    return judge(input, gap);
  } catch (error) {
    return `throws ${String(error)}`;
  }
}

function wrongIn(update: DocUpdate, { bytes, attempt }: GateInput, isCompared: boolean): string | null {
  const wrong = harmOf(update, attempt) ?? (isCompared ? differenceOf(update, bytes, attempt) : null);
  return wrong ?? (isOtherForm(update, bytes) ? 'another form of an update' : null);
}

function poolOf(dice: Dice): readonly KindAttempt[] {
  const corpus = new Corpus(dice);
  const pool: KindAttempt[] = [];
  while (pool.length < POOL) {
    const attempt = corpus.next();
    if (dice.chance(12)) pool.push(attempt);
  }
  return pool;
}

function hexOf({ bytes }: GateInput): string {
  return Buffer.from(bytes.subarray(0, 200)).toString('hex');
}

import { env } from 'node:process';
import { expect, test } from '@playwright/test';
import { seededRandom } from '../fixtures/world.ts';
import { expectAllSent, PARTS, Round } from './support/cuts-round.ts';
import { type CutCounts, Cutter, drawEnrollingPlan, sumOf, wordsOf } from './support/cutter.ts';
import { Newcomer } from './support/newcomer.ts';
import type { Part } from './support/story-cast.ts';
import { Stage } from './support/story-stage.ts';

const FIRST = Number(env['CT_CUTS_SEED'] ?? 1);
const SEEDS = Array.from({ length: Number(env['CT_CUTS_SEEDS'] ?? 2) }, (_, at) => FIRST + at);
const counts: CutCounts[] = [];
let stage: Stage;
let newcomer: Newcomer;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(60_000);
  stage = await Stage.open();
  newcomer = new Newcomer(stage);
});
test.afterAll(async () => {
  await newcomer.leave();
  await stage.remove();
});

test('five people enrol while the network breaks: every invitation makes one tablet', async () => {
  test.setTimeout(180_000);
  const random = seededRandom(FIRST);
  const cutters = new Map(PARTS.map((part) => [part, new Cutter()]));
  const enrol = async ([part, cutter]: readonly [Part, Cutter]): Promise<void> => {
    stage.link(part).gate = cutter;
    cutter.arm(drawEnrollingPlan(random));
    await expectAllSent(await stage.enrol(part));
    cutter.arm([]);
    stage.mend(part);
  };
  await Promise.all([...cutters].map(enrol));
  const sum = sumOf([...cutters.values()].map((cutter) => cutter.counts));
  tell(`enrolment: ${wordsOf(sum)}`);
  expect(sum.elsewhere).toBeGreaterThan(0);
  counts.push(sum);
});

for (const [at, seed] of SEEDS.entries()) {
  test(`the story with the network cut at random frames, seed ${seed}: nothing lost, nothing twice`, async () => {
    test.setTimeout(240_000);
    const round = new Round(seed, { stage, newcomer, former: SEEDS.slice(0, at) });
    const outcome = await round.play();
    counts.push(outcome.counts);
    const killed = outcome.isHubKilled ? ', the Hub killed' : '';
    tell(`seed ${seed}: ${wordsOf(outcome.counts)}${killed}, converged in ${(outcome.tookMs / 1_000).toFixed(1)} s`);
  });
}

test('cuts came before verdicts, after them and elsewhere; the Hub’s books are right', async () => {
  const sum = sumOf(counts);
  tell(`${SEEDS.length} seeds: ${wordsOf(sum)}`);
  await stage.hub.stop();
  expect(stage.hub.ct('verify')).toMatch(/^\d+ entries, \d+ documents: no damage$/mu);
  expect(sum.before).toBeGreaterThan(0);
  expect(sum.after).toBeGreaterThan(0);
  expect(sum.elsewhere).toBeGreaterThan(0);
});

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

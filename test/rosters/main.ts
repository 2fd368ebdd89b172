/** `node test/rosters/main.ts --seeds N --seed S`: writes and reads the rosters of the seeds from S on; exits 1 when one is read otherwise than written. */
import { parseArgs } from 'node:util';
import { checkRoster } from './check.ts';
import { rosterOf } from './write-roster.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const sums = { rosters: 0, rows: 0, planted: 0, pairs: 0, failed: 0 };
const first = Number(values.seed);
for (let seed = first; seed < first + Number(values.seeds); seed += 1) {
  const roster = rosterOf(seed);
  const { rows, planted, pairs, differences } = checkRoster(roster);
  sums.rosters += 1;
  sums.rows += rows;
  sums.planted += planted;
  sums.pairs += pairs;
  if (differences.length === 0) continue;
  sums.failed += 1;
  const { columns, villagePlace, dress, stringsAs } = roster.layout;
  const titles = columns.map(({ title, parts }) => [title, ...(parts ?? [])].join('/')).join(' | ');
  process.stdout.write(
    `seed ${seed} (${villagePlace}, ${dress}, ${stringsAs}): ${titles}\n  ${differences.slice(0, 12).join('\n  ')}\n`,
  );
  if (differences.length > 12) process.stdout.write(`  and ${differences.length - 12} more\n`);
}
process.stdout.write(
  `${Object.entries(sums)
    .map(([name, sum]) => `${name} ${sum}`)
    .join(', ')}\n`,
);
process.exitCode = sums.failed > 0 ? 1 : 0;

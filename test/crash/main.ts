/**
 * `node test/crash/main.ts --kills N --seed S --only hub|browser|failpoints --json`: ends Hubs and browsers so often each, and walks the
 * failpoints; one line a group, exits 1 when anything was lost, torn or told wrong.
 */
import { parseArgs } from 'node:util';
import { endBrowsers } from './browser/rounds.ts';
import { FATES, type FateName, walkCommit } from './failpoints/walk.ts';
import { endHubs } from './hub/rounds.ts';
import { noneOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed);

/** One kind of end; a control must lose. */
interface Group {
  readonly part: 'hub' | 'browser' | 'failpoints';
  readonly name: string;
  readonly run: () => Promise<Outcome>;
  readonly isControl?: boolean;
}

const groups: readonly Group[] = [
  { part: 'hub', name: 'hub killed', run: () => endHubs('kill', kills, seed) },
  { part: 'hub', name: 'hub power cut', run: () => endHubs('power', kills, seed) },
  { part: 'hub', name: 'hub power cut, not synced', run: () => endHubs('weak-power', 3, seed), isControl: true },
  ...(['leveldb', 'sqlite'] as const).flatMap((backEnd): Group[] => {
    const half = Math.ceil(kills / 2);
    return [
      {
        part: 'browser',
        name: `browser killed (${backEnd})`,
        run: () => endBrowsers('kill', { kills: half, seed, backEnd }),
      },
      {
        part: 'browser',
        name: `browser power cut (${backEnd})`,
        run: () => endBrowsers('power', { kills: half, seed, backEnd }),
      },
      {
        part: 'browser',
        name: `browser power cut, relaxed (${backEnd})`,
        run: () => endBrowsers('weak-power', { kills: 2, seed, backEnd }),
        isControl: true,
      },
    ];
  }),
];

const walks = (Object.keys(FATES) as FateName[]).map((fate): Group => {
  return { part: 'failpoints', name: `commit: ${fate}`, run: () => walkCommit(() => fate, seed) };
});
let isBad = false;
for (const { part, name, run, isControl } of [...groups, ...walks]) {
  if (values.only !== undefined && values.only !== part) continue;
  const startedMs = performance.now();
  const outcome = await run();
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  const isGood = isControl ? outcome.lost > 0 : noneOf(outcome);
  isBad ||= !isGood;
  const line = { group: name, seed, seconds, ...outcome };
  process.stdout.write(
    values.json ? `${JSON.stringify(line)}\n` : `${isGood ? 'ok  ' : 'FAIL'} ${JSON.stringify(line)}\n`,
  );
}
process.exitCode = isBad ? 1 : 0;

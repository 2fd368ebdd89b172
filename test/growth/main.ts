/**
 * `node test/growth/main.ts [--children N --cases N --devices N --days N --seed S] --json`: lets a commune work for a year through both halves
 * of the engine and tells what grew. One object a line, ends with a summary; exits 1 when something grew that must not, or evidence is lost.
 */
import { inventRegister } from '@chungtay/server/demo/register';
import { verifyFeed } from '@chungtay/server/jobs/verify';
import { seededRandom } from '../fixtures/world.ts';
import { Agenda, Words } from './agenda.ts';
import { planCases } from './case-work.ts';
import { dateOf, planChildren } from './child-work.ts';
import { Commune } from './commune.ts';
import { writeFirstRound } from './first-round.ts';
import { type Mark, flawsOf } from './judge.ts';
import { parseOptions } from './options.ts';
import { chooseFiles, firstDownloads, oneDayAway } from './probe.ts';
import { weighHub } from './weigh-hub.ts';
import { weighTablet } from './weigh-tablet.ts';
import { Year } from './year.ts';

const options = parseOptions(process.argv.slice(2));
const startedMs = performance.now();
const commune = new Commune(options.seed);
await commune.begin();
await commune.appoint(options.devices);
const children = inventRegister(commune.world, dateOf(0), options.children);
const agenda = new Agenda();
const words = new Words(seededRandom(options.seed));
const year = new Year(commune, agenda, words);
await writeFirstRound(commune, children);
await year.gather();
const files = await chooseFiles(commune, children);
const stay = new Set([...files.children, ...files.pupils, ...files.small]);
const plan = { agenda, words, random: commune.world, days: options.days, stay };
planChildren(commune, plan, children);
planCases(commune, plan, children, options.cases);

const marks: Mark[] = [];
const markDays = new Set([30, Math.round(options.days / 2), options.days]);
for (let day = 1; day <= options.days; day += 1) {
  if (markDays.has(day)) marks.push(await markOf(day));
  else await year.work(day);
}
const verified = await verifyFeed(commune.open.feed, commune.world.crypto);
const saved = commune.tablets.reduce((sum, tablet) => sum + tablet.saved, 0);
const flaws = flawsOf(marks, verified, saved);
for (const flaw of flaws) print({ flaw });
print(summary());
await commune.end();
if (options.isKept) print({ kept: commune.home.folder });
else commune.home.remove();
process.exitCode = flaws.length > 0 || commune.faults.length > 0 ? 1 : 0;

/** A day on which only the measured work is done. */
async function markOf(day: number): Promise<Mark> {
  await year.moveTo(day, 0);
  year.postpone(day);
  await year.gather();
  const absences = await oneDayAway(commune, files, day);
  await year.gather();
  const month = Math.round(day / 30.4);
  for (const { who, ...cost } of absences) print({ month, away: who, ...cost });
  for (const { who, ...cost } of await firstDownloads(commune)) print({ month, empty: who, ...cost });
  const hub = weighHub(commune.home.place.dataDirectory);
  print({ month, hub });
  const tablets = Object.fromEntries(
    await Promise.all(
      (['lead', 'collaborator', 'nurse', 'teacher'] as const).map(async (role) => {
        const [tablet] = commune.of(role);
        return [role, tablet && (await weighTablet(tablet))] as const;
      }),
    ),
  ) as Mark['tablets'];
  for (const [tablet, weight] of Object.entries(tablets)) print({ month, tablet, ...weight });
  return { day, absences, tablets, hub };
}

function summary(): object {
  const refused = Object.fromEntries(commune.tablets.flatMap((tablet) => [...tablet.refused]));
  const quarantined = commune.tablets.reduce((sum, { replica }) => sum + replica.quarantine().length, 0);
  return {
    ...options,
    envelopes: saved,
    starts: commune.tablets.reduce((sum, { starts }) => sum + starts, 0),
    ...year.sums,
    refused,
    quarantined,
    entries: verified.entries,
    documents: verified.documents,
    damages: verified.damages.length,
    faults: commune.faults.length,
    flaws: flaws.length,
    seconds: Math.round((performance.now() - startedMs) / 1000),
  };
}

function print(line: object): void {
  process.stdout.write(options.isJson ? `${JSON.stringify(line)}\n` : `${plain(line)}\n`);
}

function plain(line: object): string {
  return Object.entries(line)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join('  ');
}

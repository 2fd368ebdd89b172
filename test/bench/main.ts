/** npm run -s bench -- s1|s2|s3|s4|s5|storm|all: ourselves and the peers, one after another on a machine that does nothing else. */
import { parseOptions, USAGE, type Options } from './options.ts';
import { ensurePeersInstalled } from './peers-installed.ts';
import { PEERS, isInstalledApart, type Peer } from './peers.ts';
import { rowOf, tableOf, type Row } from './report.ts';
import type { Scenario } from './scenario.ts';
import type { Sample } from './scenarios/sample.ts';
import { measure, runsOf, sizesOf, trialsOf, type Trial } from './trial.ts';

const options = parseOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}
if ((options.peers ?? PEERS).some(isInstalledApart)) ensurePeersInstalled('all');
for (const scenario of options.scenarios) {
  const peers = peersIn(scenario, options);
  for (const documents of sizesOf(scenario, options.documents)) {
    await compare(options, scenario, trialsOf(scenario, documents, peers, options));
  }
}

/** Says of those that a scenario is not for, why; returns the others. */
function peersIn(scenario: Scenario, { peers, isJson }: Options): readonly Peer[] {
  const chosen = peers ?? PEERS.filter(({ runsIn }) => !runsIn || runsIn.includes(scenario));
  for (const { name, isNotIn } of chosen) {
    const why = isNotIn?.[scenario];
    if (why === undefined) continue;
    console.log(isJson ? JSON.stringify({ scenario, peer: name, notMeasured: why }) : `${scenario}, ${name}: ${why}`);
  }
  return chosen.filter(({ isNotIn }) => isNotIn?.[scenario] === undefined);
}

/** Runs every peer in turn, again and again, so that a noisy minute does not fall on one of them alone. */
async function compare({ runs, isJson }: Options, scenario: Scenario, trials: readonly Trial[]): Promise<void> {
  const samples = new Map<Trial, Sample[]>(trials.map((trial) => [trial, []]));
  for (let run = 0; run < runsOf(scenario, runs); run += 1) {
    for (const trial of trials) {
      const sample = await tryOnce(trial);
      if (sample) samples.get(trial)?.push(sample);
    }
  }
  const rows = trials.flatMap((trial): Row[] => {
    const found = samples.get(trial) ?? [];
    return found.length > 0 ? [rowOf(trial, found)] : [];
  });
  if (isJson) for (const row of rows) console.log(JSON.stringify(row));
  else console.log(tableOf(rows));
}

async function tryOnce(trial: Trial): Promise<Sample | null> {
  try {
    return await measure(trial);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.error(`${trial.scenario} ${trial.peer.name} ${trial.documents ?? ''}: ${why}`);
    process.exitCode = 1;
    return null;
  }
}

/** npm run -s bench -- s1|s2|all: ourselves and the peers, one after another on a machine that does nothing else. */
import { measure, type Sample, type Trial } from './measure.ts';
import { parseOptions, USAGE, type Options, type Scenario } from './options.ts';
import { ensurePeersInstalled } from './peers-installed.ts';
import { isInstalledApart } from './peers.ts';
import { rowOf, tableOf, type Row } from './report.ts';

const DOCUMENTS: Readonly<Record<Scenario, number>> = { s1: 1_000, s2: 5_000 };

const options = parseOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}
if (options.peers.some(isInstalledApart)) ensurePeersInstalled();
for (const scenario of options.scenarios) {
  const sizes = options.documents.length > 0 ? options.documents : [DOCUMENTS[scenario]];
  for (const documents of sizes) await compare(options, scenario, documents);
}

/** Runs every peer in turn, `runs` times over, so that a noisy minute does not fall on one of them alone. */
async function compare(
  { peers, runs, link, profileFolder, isJson }: Options,
  scenario: Scenario,
  documents: number,
): Promise<void> {
  const trials = peers.map((peer): Trial => {
    const held = Math.min(documents, peer.mostDocuments ?? documents);
    return { scenario, peer, documents: held, link, profileFolder };
  });
  const samples = new Map<Trial, Sample[]>(trials.map((trial) => [trial, []]));
  for (let run = 0; run < runs; run += 1) {
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
    console.error(
      `${trial.scenario} ${trial.peer.name} ${trial.documents}: ${error instanceof Error ? error.message : String(error)}`,
    );
    process.exitCode = 1;
    return null;
  }
}

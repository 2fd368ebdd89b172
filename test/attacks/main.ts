/**
 * `node test/attacks/main.ts --count N --times K --seed S --bug NAME --stage NAME --json`: throws N·K hostile updates at the gate, a tenth of that at
 * full admission, a hundredth at a tablet, and as many honest edits as a tenth; exits 1 on a violation, a false refusal or a cost over
 * budget. Ends with one line.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MEASURING } from './budget.ts';
import { GAPS } from './gaps.ts';
import { STAGES, type Share, type StageResult } from './share.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    times: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    bug: { type: 'string' },
    stage: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const bug = values.bug ?? null;
if (bug !== null && !Object.hasOwn(GAPS, bug)) throw new Error(`planted are: ${Object.keys(GAPS).join(', ')}`);

const only = values.stage ?? null;
if (only !== null && !Object.hasOwn(STAGES, only)) throw new Error(`stages are: ${Object.keys(STAGES).join(', ')}`);

const PROCESSES = Math.min(2, availableParallelism());
const count = Number(values.count) * Number(values.times);
const shares = Array.from({ length: PROCESSES }, (_, at): Share => {
  return { seed: Number(values.seed) * 1000 + at, count: Math.ceil(count / PROCESSES), bug, stage: only };
});

function runInChild(share: Share): Promise<readonly StageResult[]> {
  const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), { execArgv: [...MEASURING] });
  const results: StageResult[] = [];
  child.on('message', (result) => {
    results.push(result as StageResult);
    if (!values.json) print(result as StageResult);
  });
  child.send(share);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve(results) : reject(new Error(`a crash: exit ${String(code)}`))));
  });
}

function print({ stage, hostile, honest, tookMs, happened, violations, falseRefusals, costs }: StageResult): void {
  const worst = costs.reduce((a, b) => (b.ms > a.ms ? b : a), costs[0] ?? { name: 'nothing', ms: 0, bytes: 0 });
  process.stdout.write(`${stage}: ${hostile} hostile, ${honest} honest in ${(tookMs / 1000).toFixed(1)} s\n`);
  process.stdout.write(`  worst ${worst.ms.toFixed(2)} ms, ${Math.round(worst.bytes / 1024)} KiB: ${worst.name}\n`);
  for (const [name, times] of Object.entries(happened)) process.stdout.write(`  ${name} ${times}\n`);
  for (const wrong of [...violations, ...falseRefusals]) process.stdout.write(`  WRONG ${wrong}\n`);
}

const results = (await Promise.all(shares.map(runInChild))).flat();
const sum = (of: (result: StageResult) => number): number => results.reduce((total, result) => total + of(result), 0);
const worstMs = Math.max(0, ...results.flatMap(({ costs }) => costs.map(({ ms }) => ms)));
const line = {
  hostile: sum(({ hostile }) => hostile),
  violations: sum(({ violations }) => violations.length),
  honest: sum(({ honest }) => honest),
  falseRefusals: sum(({ falseRefusals }) => falseRefusals.length),
  worstMs: Math.round(worstMs * 100) / 100,
};
process.stdout.write(`${JSON.stringify(line)}\n`);
process.exitCode = line.violations + line.falseRefusals > 0 ? 1 : 0;

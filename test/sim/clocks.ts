/** P9: the same seed under other clocks of the tablets. Nothing may differ but the minutes that they wrote. */
import type { DocumentId } from '@chungtay/core/model/ids';
import { parseEnvelope } from '@chungtay/core/sync/envelope';
import type { Commune } from './commune.ts';
import type { SimDevice } from './device.ts';
import { type Outcome, type RunOptions, runSeed } from './run.ts';

const YEARS_MS = 365 * 86_400_000;
/** By person: ten years behind to ten years ahead. */
const WRONG_MS = [0, -10 * YEARS_MS, 10 * YEARS_MS, -3_600_000, 5 * YEARS_MS, -YEARS_MS, 86_400_000, -40_000] as const;

/** Runs the seed with right clocks and with wrong ones; returns the first outcome, with what differs among its violations. */
export async function compareClocks(seed: number, options: Pick<RunOptions, 'bug' | 'steps'> = {}): Promise<Outcome> {
  let right = '';
  let wrong = '';
  const outcome = await runSeed(seed, {
    ...options,
    clockOffMs: () => 0,
    look: async (it) => void (right = await decidedBy(it)),
  });
  await runSeed(seed, {
    ...options,
    clockOffMs: (person) => WRONG_MS[person % WRONG_MS.length] ?? 0,
    look: async (it) => void (wrong = await decidedBy(it)),
  });
  if (right === wrong) return outcome;
  return { ...outcome, violations: [...outcome.violations, `P9 ${firstDifference(right, wrong)}`] };
}

/** Everything that was decided: the order of the Feed, what stands in every document, what was refused or held. */
async function decidedBy(commune: Commune): Promise<string> {
  const { store } = commune;
  const { headSeq } = await store.load();
  const entries = await store.readEntries(0, headSeq, headSeq);
  const feed = entries.map(({ type, member, device, n, body, document }) => {
    const signed = type === 'envelope' ? parseEnvelope(body) : null;
    const client = signed?.ok ? signed.value.envelope.client : '';
    return [type, ordinalOf(commune, device), member, n, client, document?.split('/')[1]].join(' ');
  });
  const shown = commune.tablets.flatMap((device) => [
    ...[...device.replica.documents()].toSorted().map((document) => `${device.name} ${standingOf(device, document)}`),
    ...device.replica
      .quarantine()
      .map(({ id, verdict, code }) => `${device.name} ${id.split('-')[0]} ${verdict} ${code}`),
  ]);
  return [...feed, ...shown.toSorted()].join('\n');
}

function standingOf({ replica }: SimDevice, document: DocumentId): string {
  const held = replica.read(document);
  // the place of a held edit is named after its envelope, which says the time of its tablet
  const name = document.replace(/(\/held[a-z-]*)\/\w+$/u, '$1');
  if (held?.access !== 'whole') return `${name} ${held?.access}`;
  // what a tablet said about its time is kept where an edit is held, for a person to see
  const timeless = [...held.state.live.values()].filter(({ field }) => field.name !== 'atMs');
  const live = timeless.map(({ op, member, value }) => `${op} ${member} ${JSON.stringify(value)}`);
  return `${name} ${live.toSorted().join(', ')}`;
}

function ordinalOf(commune: Commune, device: string | null): number {
  return commune.devices.findIndex(({ id }) => id === device);
}

function firstDifference(right: string, wrong: string): string {
  const [a, b] = [right.split('\n'), wrong.split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  return `with right clocks: ${a[at]}; with wrong ones: ${b[at]}`;
}

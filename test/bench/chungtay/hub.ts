/** Our server under measurement: the Hub's own program on a data directory of its own, with everything on. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import { askControl, findControl } from '@chungtay/server/http/control';
import { HUB_ALLOCATOR, HUB_MEMORY } from '../../../packages/server/bin/hub-memory.mjs';
import { instantMs } from '../answer.ts';
import { Child } from '../child.ts';
import { recordIndexOf, type Seat } from '../crowd/seats.ts';
import type { ServerUnderTest } from '../start-peer.ts';
import type { Admitted } from './admitted.ts';
import { documentOf, hasMark } from './documents.ts';
import { changeThere, seedDocuments } from './seeding.ts';
import { strokeIn } from './strokes.ts';
import { enrolTablet, type Tablet } from './tablet.ts';

const HUB = fileURLToPath(new URL('../../../packages/server/src/main.ts', import.meta.url));
const CT = fileURLToPath(new URL('../../../packages/server/src/cli/main.ts', import.meta.url));
const TELL_USAGE = new URL('../answer-usage.ts', import.meta.url).href;
const PEOPLE = ['--name', 'Xã Đo', '--administrator', 'Trần Thị Yến', '--lead', 'Nguyễn Văn Sơn'];

/** Starts the Hub of `folder`, founding a commune there unless it has one. */
export async function startHub(folder: string, profileFolder: string | null): Promise<ServerUnderTest> {
  const directory = join(folder, 'hub');
  // a whole crowd enrols from one address within seconds
  const env = { CT_DATA_DIR: directory, CT_PORT: '0', CT_ENROLMENTS_PER_MINUTE: '100000' };
  if (!existsSync(directory))
    execFileSync(process.execPath, [CT, 'init', ...PEOPLE], { env: { ...process.env, ...env }, stdio: 'pipe' });
  const child = new Child(HUB, {
    env: { ...HUB_ALLOCATOR, ...env },
    nodeOptions: ['--import', TELL_USAGE, ...HUB_MEMORY],
    profileFolder,
  });
  const [, digits] = await child.said(/http:\/\/\S+:(\d+)/u);
  const port = Number(digits);
  return {
    ...corpusOf(directory, port),
    port,
    admit: (seats, from) => admitCrowd(directory, seats, from),
    // whatever was acknowledged is on the disk
    whenHeld: async () => instantMs(),
    strokes: (numbers) => readStrokes(directory, port, numbers),
    usage: () => child.usage(),
    collected: () => child.collected(),
    pinToOneCore: () => child.pinToOneCore(),
    kill: () => child.kill(),
    stop: () => child.stop('SIGTERM'),
  };
}

function corpusOf(directory: string, port: number): Pick<ServerUnderTest, 'seed' | 'edit' | 'arrived'> {
  const invite = (name: string) => inviteLead(directory, name);
  let writer: Tablet | null = null;
  const theWriter = () => {
    if (!writer) throw new Error('nothing was written yet');
    return writer;
  };
  return {
    async seed(documents) {
      writer = await seedDocuments(port, documents, invite);
      return { codes: [await invite('Lò Thị Mai'), await invite('Đinh Văn Tú')] };
    },
    edit: (changed) => changeThere(theWriter(), port, changed),
    async arrived(changed) {
      const { replica, meet, leave } = theWriter();
      await meet(port);
      leave();
      if (!changed.every((index) => hasMark(replica, index, 'here'))) throw new Error('the Hub misses a change');
      return instantMs();
    },
  };
}

/** Appoints a collaborator for every seat, in the village of its group. */
async function admitCrowd(directory: string, seats: readonly Seat[], from: number): Promise<Admitted> {
  const groups = Math.max(...seats.map(({ group }) => group)) + 1;
  const villages = await ensureVillages(directory, groups);
  const codes: Record<number, string> = {};
  for (const [at, { group }] of seats.entries()) {
    const appointment = { name: 'Nguyễn Thị Hạnh', role: 'collaborator', villages: [villages[group]], schools: [] };
    codes[from + at] = codeIn(await ask(directory, 'invite', appointment));
  }
  return { villages, codes };
}

async function ensureVillages(directory: string, count: number): Promise<readonly string[]> {
  const { villages } = (await ask(directory, 'places', {})) as { villages: readonly { readonly id: string }[] };
  const missing = Array.from({ length: count - villages.length }, (_, k) => `Thôn Số ${villages.length + k + 1}`);
  if (missing.length > 0) await ask(directory, 'addPlaces', { villages: missing, schools: [] });
  const all = (await ask(directory, 'places', {})) as { villages: readonly { readonly id: string }[] };
  return all.villages.map(({ id }) => id);
}

/** What a new device is given of these documents. */
async function readStrokes(directory: string, port: number, numbers: readonly number[]): Promise<readonly number[]> {
  const { replica, meet, leave } = await enrolTablet(
    port,
    await inviteLead(directory, 'Phạm Thu Hà'),
    new MemoryReplicaStore(),
  );
  await meet(port);
  leave();
  return numbers.map((number) => {
    const held = replica.read(documentOf(recordIndexOf(number)));
    return held?.access === 'whole' ? strokeIn(held.state) : -1;
  });
}

async function inviteLead(directory: string, name: string): Promise<string> {
  return codeIn(await ask(directory, 'invite', { name, role: 'lead', villages: ['*'], schools: ['*'] }));
}

function codeIn({ code, problem }: Record<string, unknown>): string {
  if (typeof code !== 'string') throw new Error(`no invitation: ${JSON.stringify(problem)}`);
  return code;
}

function ask(directory: string, verb: string, words: unknown): Promise<Record<string, unknown>> {
  const control = findControl(directory);
  if (!control) throw new Error('the Hub left no word for the command line');
  return askControl(control, verb, words);
}

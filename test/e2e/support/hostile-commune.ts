/**
 * Run by Node on a Hub at rest: founds a commune in which every text says something hostile, each string somewhere that a screen shows it.
 * Prints what was made, as JSON (`HostileCommune`).
 */
import { argv, stdout } from 'node:process';
import { kindOf } from '@chungtay/core/kinds/registry';
import { type FolderId, documentIdOf, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import { parseConfig } from '@chungtay/server/config';
import { DEMO_PLACES, DEMO_VILLAGES } from '@chungtay/server/demo/commune';
import { openDemoDevice } from '@chungtay/server/demo/devices';
import { openHub } from '@chungtay/server/jobs/open-hub';
import { createLog } from '@chungtay/server/ops/log';
import { createNodeWorld } from '@chungtay/server/ops/world';
import { HOSTILE_STRINGS } from '../../fixtures/hostile-strings.ts';

/** What the spec is told. */
export interface HostileCommune {
  readonly code: string;
  /** A child all of whose parts are filled. */
  readonly child: string;
  readonly case: string;
  /** Texts that were taken. */
  readonly stored: number;
}

const TEXTS = ['text', 'longText', 'name'];
const [village = ''] = DEMO_VILLAGES;
const config = parseConfig({ CT_DATA_DIR: argv[2] ?? '', CT_PORT: '0' });
if (!config.ok) throw new Error(config.error.join('\n'));
const world = createNodeWorld();
const open = await openHub(
  config.value,
  createLog(() => undefined, Date.now),
);
await open.directory.write(DEMO_PLACES);
await open.directory.write({ villages: hostileVillages() });

const appointment = { role: 'lead', villages: ['*'], schools: ['*'], namedFor: ['sealed'], untilMs: null } as const;
const seeder = await open.hub.invite({ ...appointment, name: '<img src=x onerror=alert(1)>' });
const device = await openDemoDevice(open.hub, world, seeder.code);
let next = 0;
let stored = 0;

/** Writes a document all of whose texts are hostile; `fixed` are values that it needs to be where it is. */
async function fill(
  folder: FolderId,
  kind: string,
  fixed: Readonly<Record<string, string | number>> = {},
  stage = false,
): Promise<string> {
  const { fields, singleton } = kindOf(kind) ?? { fields: {}, singleton: true };
  const document = documentIdOf(folder, kind, singleton ? null : makeUlid(world));
  const texts = Object.entries(fields).flatMap(([name, field]) => {
    const mayWrite = field.writers === undefined || field.writers.includes('lead');
    if (field.type !== 'register' || !TEXTS.includes(field.input.as) || !mayWrite || name in fixed) return [];
    const value = fitting((text) => field.schema.safeParse(text).success);
    return [{ name, value }];
  });
  const sets = [...Object.entries(fixed).map(([name, value]) => ({ name, value })), ...texts];
  const appends = stage ? [{ name: 'stage', value: { n: 1, from: null, to: 'received', reason: '=1+1' } }] : [];
  if (sets.length + appends.length === 0) return document;
  await device.write([{ document, sets, appends }]);
  stored += texts.length;
  return document;
}

/** The next string that the field takes, cut where it is too long. */
function fitting(takes: (text: string) => boolean): string {
  for (let tries = 0; tries < HOSTILE_STRINGS.length; tries += 1) {
    const whole = HOSTILE_STRINGS[next % HOSTILE_STRINGS.length] ?? '';
    next += 1;
    for (const text of [whole, whole.slice(0, 2_000), whole.slice(0, 200), whole.slice(0, 120)])
      if (takes(text)) return text;
  }
  throw new Error('a field that takes no text');
}

function hostileVillages() {
  return Object.fromEntries(
    HOSTILE_STRINGS.slice(0, 12).map((text, order) => [
      `thu-${order}`,
      { name: text.slice(0, 120), kind: 'thon' as const, oldNames: [], order: 100 + order },
    ]),
  );
}

const child = makeFolderId(world);
await fill(child, 'identity', { village, birth: '2017-05-09', sex: 'female', name: '"><img src=x onerror=alert(1)>' });
await fill(child, 'education');
await fill(child, 'support');
for (const text of HOSTILE_STRINGS) {
  const name = text.slice(0, 120).toWellFormed();
  if (name === '') continue;
  await fill(makeFolderId(world), 'identity', { village, birth: '2016', sex: 'male', name });
  stored += 1;
}
for (let at = 0; at < 10; at += 1) {
  const folder = makeFolderId(world);
  await fill(folder, 'household', { village });
  await fill(folder, 'visit');
}
let file = '';
for (let at = 0; at < 10; at += 1) {
  const folder = makeFolderId(world);
  await fill(folder, 'case', { child, lead: device.member, incidentVillage: village }, true);
  for (const kind of ['contact-note', 'contact-note', 'intake']) await fill(folder, kind);
  await fill(folder, 'task', { assignee: device.member });
  file = folder;
  await fill(makeFolderId(world), 'intake', { village });
}
await device.settled();
const { replica } = device;
if (replica.quarantine().length > 0) throw new Error(`the Hub refused ${replica.quarantine().length} of them`);
device.leave();
const invited = await open.hub.inviteAgain(device.member);
if (!invited.ok) throw new Error('the lead has no second tablet');
await open.close();
stdout.write(JSON.stringify({ code: invited.value.code, child, case: file, stored } satisfies HostileCommune));

/**
 * Run by Node on a Hub at rest: gives a real commune its villages and schools, five people of five agencies, one child who goes to
 * school, and an open case. Prints what was made, as JSON (`StagedCommune`).
 */
import { argv, stdout } from 'node:process';
import { documentIdOf, makeFolderId } from '@chungtay/core/model/ids';
import { parseConfig } from '@chungtay/server/config';
import { DEMO_PEOPLE, DEMO_PLACES, DEMO_SCHOOLS, DEMO_VILLAGES } from '@chungtay/server/demo/commune';
import { openDemoDevice } from '@chungtay/server/demo/devices';
import { openHub } from '@chungtay/server/jobs/open-hub';
import { createLog } from '@chungtay/server/ops/log';
import { createNodeWorld } from '@chungtay/server/ops/world';
import { CAST, CHILD, type StagedCommune } from './story-cast.ts';

const config = parseConfig({ CT_DATA_DIR: argv[2] ?? '', CT_PORT: '0' });
if (!config.ok) throw new Error(config.error.join('\n'));
const world = createNodeWorld();
const open = await openHub(
  config.value,
  createLog(() => undefined, Date.now),
);
await open.directory.write(DEMO_PLACES);

const codes: Record<string, string> = {};
const numbers: Record<string, number> = {};
for (const name of Object.values(CAST)) {
  const person = DEMO_PEOPLE.find((one) => one.name === name);
  if (!person) throw new Error(`nobody is called ${name}`);
  const { code, member } = await open.hub.invite({ ...person, untilMs: null });
  codes[name] = code;
  numbers[name] = member;
}
const lead = open.hub.members().find(({ name }) => name === CAST.lead);
const invited = lead ? await open.hub.inviteAgain(lead.member) : null;
if (!invited?.ok) throw new Error('the lead has no second tablet');
const office = await openDemoDevice(open.hub, world, invited.value.code);
const child = makeFolderId(world);
const opened = makeFolderId(world);
const [village = ''] = DEMO_VILLAGES;
await office.write([
  {
    document: documentIdOf(child, 'identity'),
    sets: [
      { name: 'village', value: village },
      { name: 'name', value: CHILD },
      { name: 'birth', value: '2017-05-09' },
      { name: 'sex', value: 'female' },
      { name: 'motherName', value: 'Vàng Thị Sua' },
    ],
  },
]);
await office.write([
  {
    document: documentIdOf(child, 'education'),
    sets: [
      { name: 'school', value: DEMO_SCHOOLS.primary },
      { name: 'status', value: 'attending' },
    ],
  },
]);
await office.write([
  {
    document: documentIdOf(opened, 'case'),
    sets: [
      { name: 'child', value: child },
      { name: 'childName', value: CHILD },
      { name: 'lead', value: office.member },
      { name: 'incidentVillage', value: village },
      { name: 'riskLevel', value: 'medium' },
    ],
    appends: [{ name: 'stage', value: { n: 1, from: null, to: 'received' } }],
  },
]);
await office.settled();
office.leave();
await open.close();
stdout.write(JSON.stringify({ codes, numbers, child, case: opened } satisfies StagedCommune));

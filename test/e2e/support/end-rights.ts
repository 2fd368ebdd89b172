/** Run by Node on a Hub at rest: a person of the commune loses the villages they wrote for. */
import { argv } from 'node:process';
import { parseConfig } from '@chungtay/server/config';
import { DEMO_PEOPLE } from '@chungtay/server/demo/commune';
import { openHub } from '@chungtay/server/jobs/open-hub';
import { createLog } from '@chungtay/server/ops/log';

const [dataDirectory = '', name] = argv.slice(2);
const config = parseConfig({ CT_DATA_DIR: dataDirectory, CT_PORT: '0' });
if (!config.ok) throw new Error(config.error.join('\n'));
const open = await openHub(
  config.value,
  createLog(() => undefined, Date.now),
);
const member = [...open.hub.members()].find((one) => one.name === name)?.member;
const person = DEMO_PEOPLE.find((one) => one.name === name);
if (member === undefined || !person) throw new Error(`nobody is called ${name}`);
await open.hub.changeMember(member, { ...person, villages: [], untilMs: null });
await open.close();

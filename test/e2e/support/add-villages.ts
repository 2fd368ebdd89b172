/** Run by Node on a Hub at rest: gives the directory its first villages, as the administrator would. */
import { argv } from 'node:process';
import { parseConfig } from '@chungtay/server/config';
import { openHub } from '@chungtay/server/jobs/open-hub';
import { createLog } from '@chungtay/server/ops/log';

const [dataDirectory = '', ...names] = argv.slice(2);
const config = parseConfig({ CT_DATA_DIR: dataDirectory, CT_PORT: '0' });
if (!config.ok) throw new Error(config.error.join('\n'));
const open = await openHub(
  config.value,
  createLog(() => undefined, Date.now),
);
const villages = names.map((name, at) => [`thon-${at + 1}`, { name, kind: 'ban', oldNames: [], order: at }] as const);
await open.directory.write({ villages: Object.fromEntries(villages) });
await open.close();

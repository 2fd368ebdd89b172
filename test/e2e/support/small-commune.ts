/** Run by Node: makes a demo commune as `npm start` does, with a hundred and fifty children and ten cases, or as many as it is told. */
import { argv } from 'node:process';
import { parseConfig } from '@chungtay/server/config';
import { communeName, seedDemo } from '@chungtay/server/demo/seed';
import { createCommuneFolder } from '@chungtay/server/ops/commune-folder';
import { createLog } from '@chungtay/server/ops/log';
import { makeKeyFile, readKeyFile } from '@chungtay/server/ops/secret';

const config = parseConfig({ CT_DATA_DIR: argv[2] ?? '', CT_PORT: '0' });
if (!config.ok) throw new Error(config.error.join('\n'));
const { dataDirectory, keyFile } = config.value;
makeKeyFile(keyFile);
createCommuneFolder(dataDirectory, { name: communeName, isDemo: true }, readKeyFile(keyFile));
await seedDemo(
  config.value,
  createLog(() => undefined, Date.now),
  { children: Number(argv[3] ?? 150), cases: Number(argv[4] ?? 10) },
);

/** Our server under measurement: the Hub's own program on a data directory of its own, with everything on. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askControl, findControl } from '@chungtay/server/http/control';
import { HUB_MEMORY } from '../../../packages/server/bin/hub-memory.mjs';
import { instantMs } from '../answer.ts';
import { Child } from '../child.ts';
import type { ServerUnderTest } from '../start-peer.ts';
import { hasMark } from './documents.ts';
import { changeThere, seedDocuments } from './seeding.ts';
import type { Tablet } from './tablet.ts';

const HUB = fileURLToPath(new URL('../../../packages/server/src/main.ts', import.meta.url));
const CT = fileURLToPath(new URL('../../../packages/server/src/cli/main.ts', import.meta.url));
const TELL_USAGE = new URL('../answer-usage.ts', import.meta.url).href;
const PEOPLE = ['--name', 'Xã Đo', '--administrator', 'Trần Thị Yến', '--lead', 'Nguyễn Văn Sơn'];

/** Founds a commune in `folder` and starts its Hub. */
export async function startHub(folder: string, profileFolder: string | null): Promise<ServerUnderTest> {
  const directory = join(folder, 'hub');
  const env = { CT_DATA_DIR: directory, CT_PORT: '0' };
  execFileSync(process.execPath, [CT, 'init', ...PEOPLE], { env: { ...process.env, ...env }, stdio: 'pipe' });
  const child = new Child(HUB, { env, nodeOptions: ['--import', TELL_USAGE, ...HUB_MEMORY], profileFolder });
  const [, digits] = await child.said(/http:\/\/\S+:(\d+)/u);
  const port = Number(digits);
  const invite = (name: string) => inviteLead(directory, name);
  let writer: Tablet | null = null;
  const theWriter = () => {
    if (!writer) throw new Error('nothing was written yet');
    return writer;
  };
  return {
    port,
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
    usage: () => child.usage(),
    stop: () => child.stop('SIGTERM'),
  };
}

async function inviteLead(directory: string, name: string): Promise<string> {
  const control = findControl(directory);
  if (!control) throw new Error('the Hub left no word for the command line');
  const { code } = await askControl(control, 'invite', { name, role: 'lead', villages: ['*'], schools: ['*'] });
  if (typeof code !== 'string') throw new Error('no invitation');
  return code;
}

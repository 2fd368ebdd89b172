/** The Hub of a play: its own process as operators run it, or in this process, where a mistake can be planted in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hub } from '@chungtay/core/sync/hub';
import { initCommune } from '@chungtay/server/cli/init';
import { parseConfig } from '@chungtay/server/config';
import type { Config } from '@chungtay/server/config';
import { askControl, findControl } from '@chungtay/server/http/control';
import { openDoors } from '@chungtay/server/http/doors';
import { openHub } from '@chungtay/server/jobs/open-hub';
import { createLog } from '@chungtay/server/ops/log';
import { makeHub } from '../e2e/support/hub-process.ts';

/** See the file's head. */
export interface StagedHub {
  port(): number;
  /** Has something done that the command line has no verb for yet; a Hub in a process of its own rests meanwhile. */
  office<T>(use: (hub: Hub) => Promise<T>): Promise<T>;
  /** Appoints a person nobody needs: his name reaches every device after everything that was before. */
  appoint(name: string): Promise<void>;
  /** Believes a device no more. */
  revoke(device: string): Promise<void>;
  remove(): Promise<void>;
}

const SETTINGS = { CT_ENROLMENTS_PER_MINUTE: '100000', CT_MAX_CONNECTIONS_PER_IP: '4096' };
const PEOPLE = { name: 'Xã Tân Thành', administrator: 'Lò Văn Sươi', lead: 'Trần Thị Mận' };
const log = createLog(() => undefined, Date.now);

/** Makes a commune with `ct init` and returns its Hub, at rest until the first `office`. */
export async function hubInProcessOfItsOwn(): Promise<StagedHub> {
  const hub = makeHub(SETTINGS);
  const { name, administrator, lead } = PEOPLE;
  hub.ct('init', '--name', name, '--administrator', administrator, '--lead', lead);
  const config = configOf(hub.dataDirectory);
  const ask = async (verb: string, what: unknown): Promise<void> => {
    const control = findControl(hub.dataDirectory);
    if (!control) throw new Error('the Hub left no word for the command line');
    const { problem } = await askControl(control, verb, what);
    if (problem !== undefined) throw new Error(JSON.stringify(problem));
  };
  return {
    port: () => hub.port(),
    async office(use) {
      await hub.stop();
      const open = await openHub(config, log);
      const done = await use(open.hub);
      await open.close();
      await hub.start();
      return done;
    },
    appoint: (person) => ask('invite', { name: person, role: 'union', villages: [], schools: [] }),
    revoke: (device) => ask('revoke', { device }),
    remove: () => hub.remove(),
  };
}

/** Returns a Hub in this process, on a data directory and sockets of its own. */
export async function hubInThisProcess(): Promise<StagedHub> {
  const home = mkdtempSync(join(tmpdir(), 'ct-leaks-'));
  const config = configOf(join(home, 'hub'));
  await initCommune(config, log, { ...PEOPLE, province: null });
  const open = await openHub(config, log);
  const doors = await openDoors(open, config, log, { version: '0.0.0', soundness: () => 'unverified' });
  const port = Number(new URL(doors.urls[0] ?? '').port);
  return {
    port: () => port,
    office: (use) => use(open.hub),
    async appoint(name) {
      await open.hub.invite({ name, role: 'union', villages: [], schools: [], namedFor: [], untilMs: null });
    },
    async revoke(device) {
      const known = open.hub.devices().find((row) => row.device === device);
      if (known) await open.hub.revokeDevice(known.device);
    },
    async remove() {
      await open.hub.drain();
      await doors.close(1_000);
      await open.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function configOf(dataDirectory: string): Config {
  const config = parseConfig({ ...SETTINGS, CT_DATA_DIR: dataDirectory, CT_PORT: '0' });
  if (!config.ok) throw new Error(config.error.join('\n'));
  return config.value;
}

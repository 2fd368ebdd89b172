import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '@chungtay/core/base/assert';
import { newDirectory } from '@chungtay/core/model/directory';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import type { ImportAccountJson } from '@chungtay/core/roster/to-json';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dialLocally } from '../ops/local-link.ts';
import { DirectoryInUse } from '../ops/lock.ts';
import { createLog } from '../ops/log.ts';
import { makeKeyFile } from '../ops/secret.ts';
import { type CommuneHome, makeCommuneHome } from './commune-home.support.ts';
import { openLocalDevice } from './local-device.ts';
import type { LocalDevice } from './local-device.ts';
import { openHub } from './open-hub.ts';
import type { HubPlace, OpenHub } from './open-hub.ts';
import { leadOf } from './people.ts';
import { createOffice } from './run-office.ts';

const ROSTER = new URL('../../../../test/fixtures/rosters/roster-a.xlsx', import.meta.url);
const faults: string[] = [];
const log = createLog((line) => faults.push(line), Date.now);
let home: CommuneHome;
let place: HubPlace;
let open: OpenHub;

beforeEach(async () => {
  home = makeCommuneHome();
  ({ place } = home);
  open = await openHub(place, log);
});

afterEach(async () => {
  await open.close();
  home.remove();
  if (faults.length > 0) throw new Error(faults.splice(0).join(''));
});

const TWO_VILLAGES = {
  v1: { name: 'Thôn Đông Hạ', kind: 'thon', oldNames: [], order: 0 },
  v2: { name: 'Bản Pa Ủ', kind: 'ban', oldNames: [], order: 1 },
} as const;

function everywhere(name: string, role: 'lead' | 'nurse') {
  return { name, role, villages: [EVERYWHERE], schools: [EVERYWHERE], namedFor: [], untilMs: null };
}

async function device(name: string, role: 'lead' | 'nurse', onHint?: () => void): Promise<LocalDevice> {
  const { code } = await open.hub.invite(everywhere(name, role));
  const enrol = async (keys: { readonly signKey: Uint8Array; readonly sealKey: Uint8Array }) => {
    const enrolled = await open.hub.enrol({ code, ...keys });
    const { hub, ...identity } = must(enrolled.ok ? enrolled.value : null, 'a device');
    return { ...identity, hubKey: hub.signKey };
  };
  return openLocalDevice(
    open.world,
    dialLocally((socket) => open.hub.accept(socket)),
    enrol,
    onHint,
  );
}

describe('an open Hub', () => {
  it(
    '[CLI-4] imports a roster through admission, accounts for every row, and adds nothing the second time',
    { timeout: 60_000 },
    async () => {
      await open.hub.invite(everywhere('Nguyễn Thị Hạnh', 'lead'));
      const office = createOffice(open);
      const file = readFileSync(ROSTER).toString('base64');
      const ask = { fileName: 'roster-a.xlsx', file, isDryRun: false, member: null };
      const planned = await office.import({ ...ask, isDryRun: true });
      expect((await open.feed.load()).documents).toHaveLength(1);
      const first = await office.import(ask);
      expect(first['ready']).toBe(planned['ready']);
      expect(first['written']).toHaveLength(Number(planned['ready']));
      expect(first['refused']).toEqual([]);
      const { headSeq } = await open.feed.load();
      const second = await office.import(ask);
      expect(second).toMatchObject({ ready: 0, written: [], refused: [] });
      const { already, duplicate, error } = second['account'] as ImportAccountJson;
      expect(already + duplicate + error).toBe(first['rows']);
      expect((await open.feed.load()).headSeq).toBe(headSeq);
      expect(await office.verify()).toMatchObject({ damages: [] });
      expect(open.hub.devices().filter(({ member, revoked }) => member > 0 && !revoked)).toEqual([]);
    },
  );

  it('[CLI-4] imports for nobody but a lead', async () => {
    await open.hub.invite(everywhere('Hoàng Thị Sao', 'nurse'));
    const file = readFileSync(ROSTER).toString('base64');
    const answer = await createOffice(open).import({ fileName: 'a.xlsx', file, isDryRun: false, member: null });
    expect(answer['problem']).toEqual({ code: 'no-lead' });
    const broken = await createOffice(open).import({ fileName: 'a.xlsx', file: 'AAAA', isDryRun: true, member: null });
    expect(broken['problem']).toBeTruthy();
  });

  it('[CLI-4] imports for a lead at work: whose appointment has ended is passed over, and invited to nothing', async () => {
    const { member: ended } = await open.hub.invite({ ...everywhere('Lò Văn Ín', 'lead'), untilMs: 1 });
    const office = createOffice(open);
    expect(leadOf(open, null)).toBeNull();
    expect(leadOf(open, ended)).toBeNull();
    const { member } = await open.hub.invite(everywhere('Nguyễn Thị Hạnh', 'lead'));
    expect(leadOf(open, null)).toBe(member);
    expect(await office.inviteAgain({ member: ended })).toMatchObject({ problem: { code: 'ended' } });
    expect(await office.inviteAgain({ member })).toMatchObject({ member });
  });

  it('[CLI-5] changes an appointment: what is not named stays, another role is named for nothing', async () => {
    const office = createOffice(open);
    await open.directory.write({ ...newDirectory({ name: 'Xã Tân Thành' }), villages: TWO_VILLAGES });
    const { member } = await open.hub.invite({ ...everywhere('Đàm Thị Hương', 'lead'), namedFor: ['sealed'] });
    const ask = { member };
    const now = () => open.hub.members()[0]?.principal;
    const answer = await office.change({ ...ask, villages: ['thôn đông hạ', 'v2'] });
    expect(answer['members']).toMatchObject([{ member, role: 'lead', villages: ['v1', 'v2'], schools: ['*'] }]);
    expect(now()).toMatchObject({ villages: ['v1', 'v2'], schools: ['*'], namedFor: ['sealed'] });
    await open.hub.invite(everywhere('Lù Thị Sín', 'lead'));
    await office.change({ ...ask, villages: [], role: 'nurse' });
    expect(now()).toMatchObject({ role: 'nurse', villages: [], schools: ['*'], namedFor: [] });
    expect(await office.change({ ...ask, villages: ['Thôn Lạ'] })).toMatchObject({
      problem: { code: 'unknown-places', texts: ['Thôn Lạ'] },
    });
    expect(await office.change({ ...ask, member: 99 })).toMatchObject({ problem: { code: 'nobody', member: 99 } });
    expect(now()).toMatchObject({ role: 'nurse', villages: [] });
  });

  it('[CLI-5] a name without marks that two places share appoints to neither of them', async () => {
    const villages = {
      v1: { ...TWO_VILLAGES.v1, name: 'Bản Nà' },
      v2: { ...TWO_VILLAGES.v2, name: 'Bản Ná' },
      v3: { ...TWO_VILLAGES.v2, name: 'Bản Pa Ủ' },
    };
    await open.directory.write({ ...newDirectory({ name: 'Xã Tân Thành' }), villages });
    const office = createOffice(open);
    const ask = { name: 'Lường Thị Ín', role: 'collaborator' as const, schools: [] };
    expect(await office.invite({ ...ask, villages: ['ban na'] })).toMatchObject({
      problem: { code: 'unknown-places', texts: ['ban na'] },
    });
    expect(open.hub.members()).toEqual([]);
    await office.invite({ ...ask, villages: ['bản ná', 'ban pa u'] });
    expect(open.hub.members()).toMatchObject([{ principal: { villages: ['v2', 'v3'] } }]);
  });

  it('[ROOM-6] open sessions are told when the directory changed, and only then', async () => {
    let hints = 0;
    const tablet = await device('Hoàng Thị Sao', 'nurse', () => (hints += 1));
    await open.directory.write(newDirectory({ name: 'Xã Tân Thành' }));
    await vi.waitUntil(() => hints === 1);
    await open.directory.write(newDirectory({ name: 'Xã Tân Thành' }));
    await open.directory.write({ commune: { name: 'Xã Tân Thành', province: 'Tuyên Quang' } });
    await vi.waitUntil(() => hints === 2);
    tablet.close();
    expect(open.directory.content().commune).toEqual({ name: 'Xã Tân Thành', province: 'Tuyên Quang' });
  });

  it('[STO-5] holds its folder until it is closed, and finds everything again', async () => {
    await expect(openHub(place, log)).rejects.toBeInstanceOf(DirectoryInUse);
    await open.directory.write(newDirectory({ name: 'Xã Tân Thành' }));
    await open.hub.invite(everywhere('Nguyễn Thị Hạnh', 'lead'));
    await open.close();
    open = await openHub(place, log);
    expect(open.hub.members().map(({ name }) => name)).toEqual(['Nguyễn Thị Hạnh']);
    expect(open.directory.content().commune.name).toBe('Xã Tân Thành');
  });

  it('[HUB-10] a missing or foreign key file is refused in words, and nothing is changed', async () => {
    await open.close();
    await expect(openHub({ ...place, keyFile: join(home.folder, 'none') }, log)).rejects.toThrow('is not there');
    makeKeyFile(join(home.folder, 'other.key'));
    await expect(openHub({ ...place, keyFile: join(home.folder, 'other.key') }, log)).rejects.toThrow('is not the one');
    await expect(openHub({ ...place, dataDirectory: home.folder }, log)).rejects.toThrow('is not a data directory');
    open = await openHub(place, log);
  });
});

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODE, ROOT } from '../../packages/server/bin/ensure.mjs';
import { makeHub } from '../e2e/support/hub-process.ts';
import { enrolDevice, invitationsIn } from './device.support.ts';

const PEOPLE = ['--name', 'Xã Mường Sai', '--administrator', 'Cầm Văn Hặc', '--lead', 'Lường Thị Diên'];
const hub = makeHub();
const url = (): string => `http://127.0.0.1:${hub.port()}`;

/** Runs `ct`, or another program of the server, to its end whatever that is. */
function run(words: readonly string[], env: Readonly<Record<string, string>> = {}, program = 'cli/main.ts') {
  const settings = { ...process.env, CT_DATA_DIR: hub.dataDirectory, ...env };
  const { status, stdout, stderr } = spawnSync(NODE, [join(ROOT, 'packages/server/src', program), ...words], {
    env: settings,
    encoding: 'utf8',
    timeout: 50_000,
  });
  return { status, stdout, stderr };
}

interface Person {
  readonly member: number;
  readonly name: string;
  readonly villages: readonly string[];
  readonly isSuspended: boolean;
}

function people(): ReadonlyMap<string, Person> {
  const { members } = JSON.parse(hub.ct('member', 'list', '--json')) as { members: readonly Person[] };
  return new Map(members.map((person) => [person.name, person]));
}

beforeAll(() => void hub.ct('init', ...PEOPLE));
afterAll(() => hub.remove());

describe('an office’s first day', () => {
  it('[CLI-6] names its villages and schools before the Hub runs, and after', async () => {
    const added = hub.ct(
      'place',
      'add',
      '--village',
      'Bản Pa Ủ, Thôn Đông Hạ',
      '--school',
      'Trường Tiểu học Mường Sai',
    );
    expect(added).toMatch(/village\s+ban-pa-u\s+Bản Pa Ủ\s+ban\n/u);
    expect(added).toMatch(/village\s+thon-dong-ha\s+Thôn Đông Hạ\s+thon\n/u);
    expect(added).toMatch(/school\s+truong-tieu-hoc-muong-sai\s+Trường Tiểu học Mường Sai\s+primary\n/u);
    await hub.start();
    hub.ct('place', 'add', '--village', 'Khu phố 3');
    expect(hub.ct('place', 'rename', 'bản pa ủ', 'Bản Pa Ủ Mới')).toMatch(
      /ban-pa-u\s+Bản Pa Ủ Mới\s+ban\s+was Bản Pa Ủ\n/u,
    );
    expect(hub.ct('place', 'list')).toContain('toDanPho');
  });

  it.each([
    [['place', 'add'], 'Which place?'],
    [['place', 'add', '--village', 'thôn đông hạ'], 'already: thon-dong-ha'],
    [['place', 'add', '--school', 'Mầm non A,Thôn Đông Hạ'], 'already: thon-dong-ha'],
    [['place', 'add', '--village', 'x'.repeat(121)], '1 to 120 characters'],
    [['place', 'rename', 'Bản Lạ', 'Bản Mới'], 'The directory has no “Bản Lạ”'],
    [['place', 'rename', 'khu-pho-3', 'Thôn Đông Hạ'], 'already: thon-dong-ha'],
    [['invite', '--name', ' ', '--role', 'police'], '--name needs a name'],
    [['invite', '--name', 'A', '--role', 'collaborator'], '--village A,B or'],
    [['invite', '--name', 'A', '--role', 'teacher', '--village', '*'], '--school A,B or'],
    [['invite', '--name', 'A', '--role', 'police', '--until', '31/12/2027'], 'YYYY-MM-DD'],
    [['invite', '--name', 'A', '--role', 'police', '--named-for', 'secret'], 'There is no compartment “secret”'],
    [['member', 'change', '99', '--name', 'A'], '99 is nobody’s number'],
    [['member', 'suspend', '99'], '99 is nobody’s number'],
    [['member', 'invite', '99'], '99 is nobody’s number'],
    [['import', '--member', '1', 'test/fixtures/rosters/roster-a.xlsx'], '1 is no lead at work'],
    [['revoke', '../../etc'], 'is not an enrolled device'],
  ])('[CLI-1] %j is refused in words, with 1', (words, problem) => {
    const { status, stdout, stderr } = run(words);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(problem);
  });

  it.each([
    [['member', 'frob'], '“member frob” is not a verb'],
    [['place'], '“place” is not a verb'],
    [['member', 'suspend', 'Lường'], 'NUMBER should be a person’s number'],
    [['import', '--member', 'x', 'package.json'], '--member should be a person’s number'],
    [['invite', '--name', 'A', '--role', 'king'], '--role should be one of collaborator'],
  ])('[CLI-1] %j is not understood, with 2', (words, problem) => {
    const { status, stdout, stderr } = run(words);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(problem);
  });

  it(
    '[CLI-6] appoints people, changes where they work, suspends one and takes him back',
    { timeout: 180_000 },
    async () => {
      const [code = ''] = invitationsIn(
        hub.ct(
          'invite',
          '--name',
          'Tòng Văn Ún',
          '--role',
          'collaborator',
          '--village',
          'Bản Pa Ủ Mới',
          '--until',
          '2030-12-31',
        ),
      );
      const { member = 0, villages } = people().get('Tòng Văn Ún') ?? {};
      expect(villages).toEqual(['ban-pa-u']);
      const device = await enrolDevice(url(), code, 31);
      hub.ct('member', 'change', String(member), '--village', 'Thôn Đông Hạ,Khu phố 3');
      expect(hub.ct('member', 'list')).toMatch(
        /Tòng Văn Ún\s+collaborator\s+thon-dong-ha,khu-pho-3\s+-\s+2030-12-31\n/u,
      );
      hub.ct('member', 'suspend', String(member));
      expect(people().get('Tòng Văn Ún')?.isSuspended).toBe(true);
      expect(run(['member', 'invite', String(member)]).stderr).toContain('is suspended');
      expect(hub.ct('member', 'restore', String(member))).not.toContain('suspended');
      // a lost tablet: its device ends, the person is invited to another and stays who he is
      hub.ct('revoke', device.device);
      const [again = ''] = invitationsIn(hub.ct('member', 'invite', String(member)));
      expect((await enrolDevice(url(), again, 32)).answer).toMatchObject({ member, name: 'Tòng Văn Ún' });
      expect(people().size).toBe(3);
    },
  );

  it('[CLI-7] keeps the last lead at work, in words, until there is another', { timeout: 180_000 }, () => {
    const lead = String(people().get('Lường Thị Diên')?.member);
    for (const words of [
      ['member', 'suspend', lead],
      ['member', 'change', lead, '--role', 'union'],
      ['member', 'change', lead, '--until', '2020-01-31'],
      ['member', 'change', lead, '--until', '2030-12-31'],
    ]) {
      const { status, stderr } = run(words);
      expect([words, status]).toEqual([words, 1]);
      expect(stderr).toContain('Lường Thị Diên');
      expect(stderr).toContain('is the last lead at work');
    }
    expect(people().get('Lường Thị Diên')).toMatchObject({ role: 'lead', isSuspended: false });
    hub.ct('invite', '--name', 'Hoàng Văn Thụ', '--role', 'lead');
    hub.ct('member', 'change', lead, '--until', '2030-12-31');
    hub.ct('member', 'change', lead, '--until', 'never');
    expect(hub.ct('member', 'suspend', lead)).toContain('suspended');
    const second = String(people().get('Hoàng Văn Thụ')?.member);
    expect(run(['member', 'suspend', second]).stderr).toContain('is the last lead at work');
    hub.ct('member', 'restore', lead);
    hub.ct('member', 'suspend', second);
  });

  it('[CLI-6] names a lead for the sealed files', () => {
    const lead = String(people().get('Lường Thị Diên')?.member);
    expect(hub.ct('member', 'change', lead, '--named-for', 'sealed')).toMatch(
      /Lường Thị Diên\s+lead\s+\*,\*\s+sealed/u,
    );
  });
});

describe('a Hub that cannot start', () => {
  const away = join(hub.dataDirectory, '..');
  it.each([
    [
      'a port that is taken',
      () => ({ CT_DATA_DIR: join(away, 'other'), CT_PORT: String(hub.port()) }),
      'is taken by another program',
    ],
    ['a folder that is not there', () => ({ CT_DATA_DIR: join(away, 'none') }), 'is not a data directory of Chung Tay'],
    [
      'a file for a folder',
      () => ({ CT_DATA_DIR: `${hub.dataDirectory}.key` }),
      'is not a data directory of Chung Tay',
    ],
    [
      'a folder for a key',
      () => ({ CT_DATA_DIR: join(away, 'other'), CT_KEY_FILE: away }),
      'A folder stands where a file should be',
    ],
    ['no key', () => ({ CT_DATA_DIR: join(away, 'other'), CT_KEY_FILE: join(away, 'nokey') }), 'The key file'],
  ])('[HUB-1] says so in words: %s', (_what, env, words) => {
    if (!existsSync(join(away, 'other'))) run(['init', ...PEOPLE], { CT_DATA_DIR: join(away, 'other') });
    const { status, stdout, stderr } = run([], { CT_PORT: '0', ...env() }, 'main.ts');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\bE[A-Z]{5,}|\n\s+at /u);
  });

  it.each([
    ['where no folder can be', { CT_DATA_DIR: '/dev/null/chung-tay' }],
    ['in a file', { CT_DATA_DIR: `${hub.dataDirectory}.key` }],
    ['with a name that is none', { CT_DATA_DIR: join(away, 'nameless') }, 'x'.repeat(200)],
  ])('[CLI-1] init %s makes nothing, and says why', (_what, env, name = 'Xã Mường Sai') => {
    const { status, stderr } = run(['init', '--name', name, '--administrator', 'A', '--lead', 'B'], env);
    expect(status).toBe(1);
    expect(stderr).not.toMatch(/\bE[A-Z]{5,}|\n\s+at /u);
    expect(existsSync(`${env.CT_DATA_DIR}.key`)).toBe(false);
  });
});

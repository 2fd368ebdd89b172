import { HUB_MEMBER } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import type { OfficeAsker } from '@chungtay/core/sync/hub-office';
import { RECOVERY_LIMITS, type RecoverAnswer } from '@chungtay/core/wire/recovery';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecoveryPass, sealRecoveryPass } from '../auth/recovery-pass.ts';
import { createLog } from '../ops/log.ts';
import { createNodeWorld } from '../ops/world.ts';
import { type CommuneHome, makeCommuneHome } from './commune-home.support.ts';
import { openHub } from './open-hub.ts';
import type { OpenHub } from './open-hub.ts';
import { RecoveryBook, type RecoveryPorts } from './recovery-book.ts';

let home: CommuneHome;
let open: OpenHub;
let lateMs = 0;
let keys = 0;

beforeEach(async () => {
  home = makeCommuneHome();
  [lateMs, keys] = [0, 0];
  const world = createNodeWorld();
  const log = createLog(() => undefined, Date.now);
  open = await openHub(home.place, log, { ...world, nowMs: () => world.nowMs() + lateMs });
});
afterEach(async () => {
  await open.close();
  home.remove();
});

const KEY = '11'.repeat(32);
const BOX = '22'.repeat(81);
const PLACES = { villages: ['*'], schools: ['*'], namedFor: [], untilMs: null };

async function deviceOf(member: OfficeAsker['member']): Promise<OfficeAsker> {
  const invited = await open.hub.inviteAgain(member);
  if (!invited.ok) throw new Error(invited.error);
  keys += 1;
  const own = { signKey: new Uint8Array(32).fill(keys), sealKey: new Uint8Array(32).fill(keys) };
  const enrolled = await open.hub.enrol({ code: invited.value.code, ...own });
  const row = open.hub.members().find((one) => one.member === member);
  if (!enrolled.ok || !row) throw new Error('nobody');
  return { member, device: enrolled.value.device, row };
}

async function person(role: Role, name: string): Promise<OfficeAsker> {
  const { member } = await open.hub.invite({ name, role, ...PLACES });
  return deviceOf(member);
}

/** A collaborator, and the lead, the administrator and the chair who keep his shares. */
async function people() {
  const forgetful = await person('collaborator', 'Sùng Thị Dợ');
  const lead = await person('lead', 'Nguyễn Thị Hạnh');
  const admin = await person('administrator', 'Lò Văn Pản');
  const chair = await person('chair', 'Quàng Văn Ín');
  return { forgetful, lead, admin, chair };
}

async function asked(of: OfficeAsker, keepers: readonly OfficeAsker[], key = KEY) {
  const shares = keepers.map(({ device }) => ({ device, box: BOX }));
  return open.recoveries.ask(of, { verb: 'ask', pass: '', key, shares });
}

async function requestOf(of: OfficeAsker, keepers: readonly OfficeAsker[], key = KEY): Promise<string> {
  const answer = await asked(of, keepers, key);
  if (!answer.ok || answer.value.is !== 'open') throw new Error('not asked');
  return answer.value.request;
}

function boxesIn(answer: RecoverAnswer): number {
  return answer.is === 'open' ? answer.boxes.length : -1;
}

async function stepsInLog(): Promise<readonly unknown[]> {
  const entries = await open.feed.readEntries(0, 10_000, 10_000);
  return entries.filter(({ type }) => type === 'recovery').map(({ body }) => JSON.parse(Buffer.from(body).toString()));
}

describe('keepers of shares', () => {
  it('[VLT-13] are leads, chair and administrator at work, with the keys of their devices, never the person himself', async () => {
    const { forgetful, lead, admin, chair } = await people();
    const keepersOf = ({ member }: OfficeAsker) => open.recoveries.keepersOf(member).map(({ device }) => device);
    expect(keepersOf(forgetful).toSorted()).toEqual([lead, admin, chair].map(({ device }) => device).toSorted());
    expect(keepersOf(lead)).not.toContain(lead.device);
    expect(open.recoveries.keepersOf(forgetful.member)[0]?.sealKey).toBe('02'.repeat(32));
    await open.hub.suspendMember(chair.member);
    await open.hub.revokeDevice(admin.device);
    // one is left: as good as none
    expect(keepersOf(forgetful)).toEqual([]);
  });
});

describe('a request', () => {
  it('[VLT-13] takes two different officers; both boxes reach the tablet, and the log tells every step', async () => {
    const { forgetful, lead, admin, chair } = await people();
    const request = await requestOf(forgetful, [lead, admin, chair]);
    const [line] = open.recoveries.linesFor(lead);
    expect(line).toMatchObject({ request, name: 'Sùng Thị Dợ', key: KEY, share: BOX, state: 'open', approvedBy: [] });
    expect(await open.recoveries.approve(lead, request, BOX)).toBeNull();
    expect(boxesIn(open.recoveries.look(forgetful, request))).toBe(1);
    expect(await open.recoveries.approve(chair, request, BOX)).toBeNull();
    const answer = open.recoveries.look(forgetful, request);
    expect(boxesIn(answer)).toBe(2);
    expect(answer.is === 'open' && answer.officers.filter(({ hasApproved }) => hasApproved)).toHaveLength(2);
    await open.recoveries.finish(forgetful);
    await open.recoveries.finish(forgetful);
    const of = { member: forgetful.member, device: forgetful.device };
    const by = ({ member, device }: OfficeAsker) => ({ member, device });
    expect(await stepsInLog()).toEqual([
      { ...of, step: 'asked' },
      { ...of, step: 'approved', by: by(lead) },
      { ...of, step: 'approved', by: by(chair) },
      { ...of, step: 'recovered', by: of },
    ]);
    expect(open.recoveries.linesFor(lead)[0]?.state).toBe('recovered');
    expect(open.recoveries.look(forgetful, request)).toEqual({ is: 'gone' });
    expect((await open.verify()).damages).toEqual([]);
  });

  it('[VLT-13] is told in the book of deeds to the person, to the officers who did it and to the chair', async () => {
    const { forgetful, lead, admin, chair } = await people();
    const stranger = await person('teacher', 'Cầm Thị Ỏm');
    const request = await requestOf(forgetful, [lead, admin]);
    await open.recoveries.approve(lead, request, BOX);
    const told = async (who: OfficeAsker) => {
      const { role } = who.row.principal;
      const { lines } = await open.hub.deeds({ member: who.member, device: who.device, role }, { act: 'recovery' });
      return lines.map(({ detail, member, about }) => [detail, member, about]);
    };
    const steps = [
      ['approved', lead.member, forgetful.member],
      ['asked', null, forgetful.member],
    ];
    expect(await told(forgetful)).toEqual(steps);
    expect(await told(chair)).toEqual(steps);
    expect(await told(lead)).toEqual(steps.slice(0, 1));
    expect(await told(stranger)).toEqual([]);
  });

  it('[VLT-13] one officer counts once, also on two devices and at once', async () => {
    const { forgetful, lead, admin } = await people();
    const second = await deviceOf(lead.member);
    const request = await requestOf(forgetful, [lead, second, admin]);
    const both = await Promise.all([lead, second].map((officer) => open.recoveries.approve(officer, request, BOX)));
    expect(both).toEqual([null, 'approved-already']);
    expect(boxesIn(open.recoveries.look(forgetful, request))).toBe(1);
    expect(open.recoveries.linesFor(second)[0]).toMatchObject({ share: null, hasApproved: true });
  });

  it('[VLT-13] a share reaches the tablet when the log tells of it, not before, and never after a refusal', async () => {
    const { forgetful, lead, admin, chair } = await people();
    let write: () => void = () => undefined;
    const hub: RecoveryPorts['hub'] = {
      ...open.hub,
      async noteRecovery(deed) {
        if (deed.step === 'approved') await new Promise<void>((go) => (write = go));
        return open.hub.noteRecovery(deed);
      },
    };
    const book = new RecoveryBook({ hub, world: open.world });
    const shares = [lead, admin, chair].map(({ device }) => ({ device, box: BOX }));
    const answer = await book.ask(forgetful, { verb: 'ask', pass: '', key: KEY, shares });
    const request = answer.ok && answer.value.is === 'open' ? answer.value.request : '';
    const first = book.approve(lead, request, BOX);
    expect(boxesIn(book.look(forgetful, request))).toBe(0);
    expect(await book.approve(lead, request, BOX)).toBe('approved-already');
    write();
    expect(await first).toBeNull();
    expect(boxesIn(book.look(forgetful, request))).toBe(1);
    const second = book.approve(admin, request, BOX);
    expect(await book.refuse(chair, request)).toBeNull();
    write();
    expect(await second).toBe('no-recovery');
    expect(book.look(forgetful, request)).toMatchObject({ is: 'refused' });
  });

  it('[VLT-13] is answered neither by the person himself, nor by who keeps no share, nor by who is no officer any more', async () => {
    const { lead, admin, chair, forgetful } = await people();
    const other = await person('lead', 'Vi Thị Nết');
    const request = await requestOf(lead, [admin, chair]);
    expect(open.recoveries.linesFor(await deviceOf(lead.member))).toEqual([]);
    expect(await open.recoveries.approve(lead, request, BOX)).toBe('yourself');
    expect(await open.recoveries.refuse(lead, request)).toBe('yourself');
    // appointed after the tablet made its shares
    expect(await open.recoveries.approve(other, request, BOX)).toBe('no-share');
    expect(await open.recoveries.approve(forgetful, request, BOX)).toBe('no-share');
    expect(await open.recoveries.refuse(forgetful, request)).toBe('no-share');
    expect(await open.recoveries.approve(admin, '0'.repeat(26), BOX)).toBe('no-recovery');
    await open.hub.suspendMember(chair.member);
    expect(await open.recoveries.approve(chair, request, BOX)).toBe('no-share');
  });

  it('[VLT-13] what an officer handed over who was suspended since does not reach the tablet', async () => {
    const { forgetful, lead, admin, chair } = await people();
    const request = await requestOf(forgetful, [lead, admin, chair]);
    for (const officer of [lead, admin]) await open.recoveries.approve(officer, request, BOX);
    await open.hub.suspendMember(admin.member);
    expect(boxesIn(open.recoveries.look(forgetful, request))).toBe(1);
  });

  it('[VLT-13] ends with a refusal, which is said to the tablet with its name', async () => {
    const { forgetful, lead, admin } = await people();
    const request = await requestOf(forgetful, [lead, admin]);
    await open.recoveries.approve(admin, request, BOX);
    expect(await open.recoveries.refuse(lead, request)).toBeNull();
    expect(open.recoveries.look(forgetful, request)).toEqual({ is: 'refused', by: 'Nguyễn Thị Hạnh' });
    expect(await open.recoveries.approve(lead, request, BOX)).toBe('no-recovery');
  });

  it('[VLT-14] one for each tablet: a new asking forgets the former and what was sealed for its key', async () => {
    const { forgetful, lead, admin } = await people();
    const former = await requestOf(forgetful, [lead, admin]);
    for (const officer of [lead, admin]) await open.recoveries.approve(officer, former, BOX);
    const request = await requestOf(forgetful, [lead, admin], '33'.repeat(32));
    expect(open.recoveries.look(forgetful, former)).toEqual({ is: 'gone' });
    expect(boxesIn(open.recoveries.look(forgetful, request))).toBe(0);
    expect(await open.recoveries.approve(lead, former, BOX)).toBe('no-recovery');
    expect(open.recoveries.linesFor(lead)).toHaveLength(1);
  });

  it('[VLT-14] ages out in a day; taken back, it is gone; and another tablet has no part in it', async () => {
    const { forgetful, lead, admin } = await people();
    const request = await requestOf(forgetful, [lead, admin]);
    const second = await deviceOf(forgetful.member);
    expect(open.recoveries.look(second, request)).toEqual({ is: 'gone' });
    await open.recoveries.withdraw(second, request);
    lateMs = RECOVERY_LIMITS.waitsMs - 60_000;
    expect(open.recoveries.look(forgetful, request).is).toBe('open');
    lateMs = RECOVERY_LIMITS.waitsMs + 60_000;
    expect(open.recoveries.look(forgetful, request)).toEqual({ is: 'gone' });
    expect(open.recoveries.linesFor(lead)).toEqual([]);
    const again = await requestOf(forgetful, [lead, admin]);
    await open.recoveries.withdraw(forgetful, again);
    expect(open.recoveries.look(forgetful, again)).toEqual({ is: 'gone' });
    expect(await open.recoveries.approve(lead, again, BOX)).toBe('no-recovery');
  });

  it('[VLT-14] a tablet may ask four times, then every half hour; each asking is a line of the log', async () => {
    const { forgetful, lead, admin } = await people();
    for (let at = 0; at < 4; at += 1) expect((await asked(forgetful, [lead, admin])).ok).toBe(true);
    expect(await asked(forgetful, [lead, admin])).toEqual({ ok: false, error: 'too-many' });
    lateMs = 31 * 60_000;
    expect((await asked(forgetful, [lead, admin])).ok).toBe(true);
    expect(await stepsInLog()).toHaveLength(5);
  });

  it.each(['one officer', 'one on two devices', 'nobody who keeps any'] as const)(
    '[VLT-14] shares of %s are too few to ask with',
    async (who) => {
      const { forgetful, lead } = await people();
      const second = await deviceOf(lead.member);
      const keepers = {
        'one officer': [lead],
        'one on two devices': [lead, second],
        'nobody who keeps any': [forgetful],
      };
      expect(await asked(forgetful, keepers[who])).toEqual({ ok: false, error: 'too-few' });
    },
  );

  it('[VLT-14] whose rights or device have ended, asks and gets nothing', async () => {
    const { forgetful, lead, admin } = await people();
    const request = await requestOf(forgetful, [lead, admin]);
    for (const officer of [lead, admin]) await open.recoveries.approve(officer, request, BOX);
    await open.hub.suspendMember(forgetful.member);
    expect(open.recoveries.look(forgetful, request)).toEqual({ is: 'gone' });
    expect(await asked(forgetful, [lead, admin])).toEqual({ ok: false, error: 'bad-pass' });
    await open.hub.suspendMember(forgetful.member, false);
    expect(boxesIn(open.recoveries.look(forgetful, request))).toBe(2);
    await open.hub.revokeDevice(forgetful.device);
    expect(open.recoveries.look(forgetful, request)).toEqual({ is: 'gone' });
    expect(open.recoveries.linesFor(lead)).toEqual([]);
  });
});

describe('the pass at the door', () => {
  it('[VLT-14] is known again for its tablet alone; a ticket, a bent one and other bytes are none', () => {
    const { tickets } = open.keys;
    const of = { member: HUB_MEMBER, device: '01J9ZZZZZZZZZZZZZZZZZZZZZD' as OfficeAsker['device'] };
    const pass = sealRecoveryPass(of, tickets);
    expect(openRecoveryPass(pass, tickets)).toEqual(of);
    const ticket = Buffer.from(tickets.seal(Buffer.from(JSON.stringify({ use: 'ticket', ...of })))).toString(
      'base64url',
    );
    const bent = `${pass.startsWith('A') ? 'B' : 'A'}${pass.slice(1)}`;
    for (const other of [ticket, bent, '', 'x', pass.slice(4)]) expect(openRecoveryPass(other, tickets)).toBeNull();
  });
});

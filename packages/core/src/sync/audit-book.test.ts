import { describe, expect, it } from 'vitest';
import { TestHub } from '../../../../test/fixtures/hub.ts';
import { enrolTablet, type Tablet } from '../../../../test/fixtures/tablet.ts';
import { documentIdOf, makeFolderId, makeUlid } from '../model/ids.ts';
import type { Role } from '../model/role.ts';
import type { AuditAsk, AuditLine } from '../wire/audit.ts';

interface Commune {
  readonly test: TestHub;
  readonly people: Readonly<Record<'lead' | 'chair' | 'named' | 'collaborator' | 'province', Tablet>>;
  readonly report: string;
  readonly child: string;
}

async function commune(): Promise<Commune> {
  const test = await new TestHub().start();
  const all = { villages: ['*'], schools: ['*'] };
  const people = {
    lead: await enrolTablet(test, { name: 'Bùi Thị Xuân', role: 'lead', ...all }),
    chair: await enrolTablet(test, { name: 'Hoàng Văn Thụ', role: 'chair' }),
    named: await enrolTablet(test, { name: 'Phạm Văn Ơn', role: 'lead', namedFor: ['sealed'], ...all }),
    collaborator: await enrolTablet(test, { name: 'Lò Văn Pản', role: 'collaborator', villages: ['na-pan'] }),
    province: await enrolTablet(test, { name: 'Võ Thị Sáu', role: 'province' }),
  };
  const folder = makeFolderId(test.world);
  const child = documentIdOf(makeFolderId(test.world), 'identity');
  const report = documentIdOf(folder, 'sealed-intake', makeUlid(test.world));
  await people.lead.replica.edit([
    {
      document: child,
      sets: [
        { name: 'village', value: 'na-pan' },
        { name: 'name', value: 'Lò Thị Mai' },
      ],
    },
  ]);
  await people.lead.wake();
  await people.named.replica.edit([{ document: report, sets: [{ name: 'currentCondition', value: 'Cháu kể.' }] }]);
  const log = documentIdOf(folder, 'reads-sealed', makeUlid(test.world));
  await people.named.replica.edit([
    { document: log, appends: [{ name: 'reads', value: { document: report, act: 'open' } }] },
  ]);
  await people.named.wake();
  await test.hub.suspendMember(people.collaborator.identity.member);
  return { test, people, report, child };
}

function ask({ test, people }: Commune, who: keyof Commune['people'], question: AuditAsk = {}) {
  const { member, device } = people[who].identity;
  const role: Role = who === 'named' ? 'lead' : who;
  return test.hub.deeds({ member, device, role }, question);
}

const said = (lines: readonly AuditLine[]) => lines.map(({ act, detail, kind }) => [act, detail, kind].join(' '));

describe('the book of deeds', () => {
  it('[AUD-16] tells the chair and the province all of it, newest first, and names no document that they may not hold', async () => {
    const here = await commune();
    const { lines, isAll, next } = await ask(here, 'chair');
    expect([isAll, next]).toEqual([true, null]);
    expect(said(lines).slice(0, 5)).toEqual([
      'person suspended ',
      'read open ',
      'write  ',
      'write  identity',
      'device enrolled ',
    ]);
    expect(JSON.stringify(lines)).not.toContain(here.report);
    expect(JSON.stringify(lines)).not.toContain('sealed');
    const province = await ask(here, 'province');
    expect(province.isAll).toBe(true);
    expect(JSON.stringify(province.lines)).not.toContain(here.child);
    expect(lines.length).toBe(province.lines.length);
  });

  it('[AUD-16] names it to who may hold it: the reader himself', async () => {
    const here = await commune();
    const { lines } = await ask(here, 'named', { act: 'read' });
    expect(lines).toEqual([expect.objectContaining({ detail: 'open', kind: 'sealed-intake', document: here.report })]);
  });

  it('[AUD-17] tells everybody else his own deeds alone, and what was done with his appointment', async () => {
    const here = await commune();
    for (const who of ['lead', 'named', 'collaborator'] as const) {
      const { member } = here.people[who].identity;
      const { lines, isAll } = await ask(here, who);
      expect(isAll).toBe(false);
      expect(lines.length).toBeGreaterThan(1);
      expect(lines.filter((line) => line.member !== member && line.about !== member)).toEqual([]);
    }
    expect(said((await ask(here, 'collaborator')).lines)[0]).toBe('person suspended ');
    // asking for somebody else's gives nothing
    const { member } = here.people.named.identity;
    expect((await ask(here, 'lead', { member })).lines).toEqual([]);
  });

  it('[AUD-16] by person, by sort, between two instants', async () => {
    const here = await commune();
    const { member } = here.people.lead.identity;
    const all = (await ask(here, 'chair')).lines;
    const ofLead = (await ask(here, 'chair', { member })).lines;
    expect(ofLead).toEqual(all.filter((line) => line.member === member || line.about === member));
    expect((await ask(here, 'chair', { act: 'device' })).lines).toEqual(all.filter(({ act }) => act === 'device'));
    const [newest, , third] = all;
    const untilMs = newest?.atMs ?? 0;
    expect((await ask(here, 'chair', { untilMs })).lines).toEqual(all.filter(({ atMs }) => atMs < untilMs));
    const fromMs = third?.atMs ?? 0;
    expect((await ask(here, 'chair', { fromMs })).lines).toEqual(all.filter(({ atMs }) => atMs >= fromMs));
  });

  it('[AUD-17] goes on where it ended, for that device alone', async () => {
    const here = await commune();
    const { lead } = here.people;
    const document = here.child as Parameters<typeof lead.replica.read>[0];
    for (let at = 0; at < 100; at += 1) {
      await lead.replica.edit([{ document, sets: [{ name: 'name', value: `Lò Thị Mai ${at}` }] }]);
      await lead.wake();
    }
    const whole = [];
    let next: string | null | undefined;
    do {
      const page = await ask(here, 'chair', typeof next === 'string' ? { next } : {});
      expect(page.lines.length).toBeLessThanOrEqual(60);
      whole.push(...page.lines);
      ({ next } = page);
    } while (next !== null);
    expect(whole.filter(({ act }) => act === 'write').length).toBe(102);
    expect(new Set(whole.map((line) => JSON.stringify(line))).size).toBeGreaterThan(90);
    const first = await ask(here, 'chair');
    // however much there is before it: a longer one would tell
    const early = await ask(here, 'chair', { untilMs: whole.at(-62)?.atMs ?? 0 });
    expect(early.next).toHaveLength(first.next?.length ?? 0);
    const borrowed = await ask(here, 'province', { next: first.next ?? '' });
    expect(said(borrowed.lines)).toEqual(said(first.lines).map((line) => line.replace('identity', '')));
  });

  it('[AUD-17] [FEED-1] who hears of his own alone cannot count by where an answer ends what others do meanwhile', async () => {
    const answers = [];
    for (const count of [2, 1_200]) {
      const test = await new TestHub().start();
      const lead = await (await test.enrol({ role: 'lead', villages: ['*'] })).connect();
      const nurse = await (await test.enrol({ role: 'nurse', namedFor: ['hiv'], villages: ['*'] })).connect();
      const closed = documentIdOf(test.folder(), 'hiv');
      const note = { appends: [{ name: 'notes', value: { text: 'Tái khám' } }] };
      const write = async () => nurse.push(await nurse.edit(closed, {}, note));
      await lead.push(await lead.edit(documentIdOf(test.folder(), 'identity'), { name: 'Lò Thị Mai' }));
      for (let at = 0; at < count; at += 1) await write();
      const reader = { member: lead.member, device: lead.device, role: 'lead' } as const;
      const first = await test.hub.deeds(reader, {});
      await test.pass(20 * 24 * 3_600_000);
      await write();
      const later = await test.hub.deeds(reader, {});
      const more = await test.hub.deeds(reader, { next: later.next ?? '' });
      const [day, nowMs] = [24 * 3_600_000, test.world.nowMs()];
      const window = await test.hub.deeds(reader, { fromMs: nowMs - 25 * day, untilMs: nowMs - 5 * day });
      const short = await test.hub.deeds(reader, { fromMs: nowMs - 5 * day, untilMs: nowMs - day });
      expect([typeof window.next, short.next]).toEqual(['string', null]);
      const quiet = await test.hub.deeds(reader, { fromMs: nowMs - 19 * day });
      expect([said(quiet.lines), typeof quiet.next]).toEqual([[], 'string']);
      answers.push([said(first.lines), first.next, said(later.lines), later.next?.length, said(more.lines), more.next]);
      expect(said(first.lines)[0]).toBe('write  identity');
      expect(said(more.lines)).toEqual(said(first.lines));
    }
    expect(answers[0]).toEqual(answers[1]);
  }, 30_000);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceId } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import type { OfficeAsker } from '@chungtay/core/sync/hub-office';
import { auditAnswer } from '@chungtay/core/wire/audit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHeads } from '../ops/heads-file.ts';
import { createLog } from '../ops/log.ts';
import { answerAudit } from './audit-desk.ts';
import { type CommuneHome, makeCommuneHome } from './commune-home.support.ts';
import { openHub } from './open-hub.ts';
import type { OpenHub } from './open-hub.ts';

const log = createLog(() => undefined, Date.now);
let home: CommuneHome;
let open: OpenHub;

beforeEach(async () => {
  home = makeCommuneHome();
  open = await openHub(home.place, log);
});
afterEach(async () => {
  await open.close();
  home.remove();
});

async function asker(role: Role): Promise<OfficeAsker> {
  const places = role === 'province' ? [] : ['*'];
  await open.hub.invite({ name: 'Võ Thị Sáu', role, villages: places, schools: places, namedFor: [], untilMs: null });
  const row = open.hub.members().find(({ principal }) => principal.role === role);
  if (!row) throw new Error('nobody was invited');
  return { member: row.member, device: '01JTAB000000000000000000A1' as DeviceId, row };
}

describe('the log over a session', () => {
  it('[AUD-18] gives whoever reads all of it the head, sealed and signed: the file of heads takes it, and it counts nothing', async () => {
    const body = await answerAudit(await asker('province'), '{}', open);
    const { head, isAll } = auditAnswer.parse(JSON.parse(body));
    expect(isAll).toBe(true);
    const folder = mkdtempSync(join(tmpdir(), 'chungtay-'));
    const file = join(folder, 'printed');
    writeFileSync(file, `${head?.line}\n`);
    const { noted, strange } = await readHeads(file, open.keys.signer.publicKey, open.world.crypto, open.keys.cursors);
    rmSync(folder, { recursive: true });
    const { seq, hash } = open.hub.head();
    expect([[...noted], strange]).toEqual([[[seq, hash]], 0]);
    expect(Object.keys(head ?? {}).toSorted()).toEqual(['atMs', 'code', 'line']);
    expect(body).not.toContain(Buffer.from(hash).toString('hex'));
  });

  it('[AUD-17] takes the mark of where an answer ended, as long as the Hub makes it', async () => {
    const chair = await asker('chair');
    for (let at = 0; at < 70; at += 1) await asker('union');
    const first = auditAnswer.parse(JSON.parse(await answerAudit(chair, '{}', open)));
    const body = JSON.stringify({ next: first.next });
    const second = auditAnswer.parse(JSON.parse(await answerAudit(chair, body, open)));
    expect([first.lines.length, second.lines.length > 0]).toEqual([60, true]);
  });

  it('[AUD-17] gives nobody else one, and understands no other question', async () => {
    const lead = await asker('lead');
    const answer = auditAnswer.parse(JSON.parse(await answerAudit(lead, '{}', open)));
    expect([answer.head, answer.isAll]).toEqual([null, false]);
    for (const body of ['', '[]', '{"member":"x"}', '{"act":"drop"}'])
      expect(JSON.parse(await answerAudit(lead, body, open))).toEqual({ problem: { code: 'malformed' } });
  });
});

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
  it('[AUD-18] gives whoever reads all of it the head, signed as the file of heads has it', async () => {
    const body = await answerAudit(await asker('province'), '{}', open);
    const { head, isAll } = auditAnswer.parse(JSON.parse(body));
    expect(isAll).toBe(true);
    expect(head).toMatchObject({ seq: open.hub.head().seq, hash: Buffer.from(open.hub.head().hash).toString('hex') });
    const folder = mkdtempSync(join(tmpdir(), 'chungtay-'));
    const file = join(folder, 'printed');
    writeFileSync(file, `${head?.line}\n`);
    const { noted, strange } = await readHeads(file, open.keys.signer.publicKey, open.world.crypto);
    rmSync(folder, { recursive: true });
    expect([[...noted.keys()], strange]).toEqual([[head?.seq], 0]);
  });

  it('[AUD-17] gives nobody else one, and understands no other question', async () => {
    const lead = await asker('lead');
    const answer = auditAnswer.parse(JSON.parse(await answerAudit(lead, '{}', open)));
    expect([answer.head, answer.isAll]).toEqual([null, false]);
    for (const body of ['', '[]', '{"member":"x"}', '{"act":"drop"}'])
      expect(JSON.parse(await answerAudit(lead, body, open))).toEqual({ problem: { code: 'malformed' } });
  });
});

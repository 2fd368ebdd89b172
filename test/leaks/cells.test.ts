import { KINDS } from '@chungtay/core/kinds/registry';
import { ROLES } from '@chungtay/core/model/role';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { absenceAct, changeAct, enrolAll, writeAct } from './acts.ts';
import { Play } from './play.ts';
import { Scan } from './scan.ts';
import { hubInProcessOfItsOwn } from './staged-hub.ts';

const scan = new Scan();
let play: Play;

beforeAll(async () => {
  play = new Play(await hubInProcessOfItsOwn());
  await play.appoint();
  await enrolAll(play, ['live', 'absent']);
  const files = await writeAct(play, scan);
  await absenceAct(play, files, scan);
  await changeAct(play, files, scan);
}, 120_000);
afterAll(() => play.close());

describe('what reaches a device, over the socket and in its store', () => {
  for (const { id } of KINDS) {
    it.each(ROLES)(`[LEAK-1] [P10] ${id}: a %s gets what the matrix gives, and not a byte more`, (role) => {
      const { allowed, forbidden } = scan.looked(id, role);
      expect(allowed + forbidden).toBeGreaterThan(10);
      expect(scan.of(id, role)).toEqual([]);
    });
  }

  it.each(ROLES)('[LEAK-2] a %s learns of no file by its id', (role) => {
    expect(scan.looked('(folder)', role).forbidden).toBeGreaterThan(0);
    expect(scan.of('(folder)', role)).toEqual([]);
  });

  it('[LEAK-3] really looked: devices, frames, packs, extracts, both faces of the matrix', () => {
    const looked = [...scan.cells.values()];
    const sum = (of: 'allowed' | 'forbidden'): number => looked.reduce((total, cell) => total + cell[of], 0);
    expect(scan.counts.devices).toBeGreaterThan(150);
    expect(scan.counts.packs).toBeGreaterThan(40);
    expect(scan.counts.extracts).toBeGreaterThan(50);
    expect(scan.counts.pasts).toBeGreaterThan(500);
    expect(scan.counts.noPasts).toBeGreaterThan(1_000);
    expect(sum('allowed')).toBeGreaterThan(20_000);
    expect(sum('forbidden')).toBeGreaterThan(100_000);
  });
});

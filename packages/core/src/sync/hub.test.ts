import { describe, expect, it } from 'vitest';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { documentIdOf } from '../model/ids.ts';

describe('a Hub', () => {
  it('lets a fact travel', async () => {
    const test = await new TestHub().start();
    const lead = await (await test.enrol()).connect();
    const collaborator = await (
      await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong], name: 'Y Bhăm Niê' })
    ).connect();
    const document = documentIdOf(test.folder(), 'identity');
    const [verdict] = await collaborator.push(
      await collaborator.edit(document, { village: VILLAGES.dong, name: "H'Bia Niê" }),
    );
    expect(verdict).toMatchObject({ n: 1, verdict: 'stored', number: 'TE 2026/0001' });
    await test.pass();
    expect((await lead.items()).filter((item) => item[1] === document).map((item) => item[0])).toEqual(['s']);
    expect(test.reports).toEqual([]);
  });
});

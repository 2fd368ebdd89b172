import { beforeEach, describe, expect, it } from 'vitest';
import type { TestDevice } from '../../../../test/fixtures/device.ts';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { must } from '../base/assert.ts';
import { documentIdOf, folderOf } from '../model/ids.ts';

let test: TestHub;
let lead: TestDevice;

beforeEach(async () => {
  test = await new TestHub().start();
  lead = await (await test.enrol()).connect();
});

/** Fetches everything anew; returns what comes of a folder, in order. */
async function toldAnew(device: TestDevice, folder: string): Promise<readonly string[]> {
  device.hangUp();
  device.cursor = new Uint8Array(0);
  await device.connect();
  await test.pass();
  return (await device.items()).filter((item) => String(item[1]).startsWith(folder)).map(([type]) => type);
}

async function child() {
  const document = documentIdOf(test.folder(), 'identity');
  await lead.push(await lead.edit(document, { village: VILLAGES.dong, name: 'Lò Thị Ún' }));
  await test.pass();
  return document;
}

describe('what a device once wrote to', () => {
  it('[FEED-13] and may not see any more is closed in its full download; others hear nothing of it', async () => {
    const role = { role: 'collaborator', villages: [VILLAGES.dong] } as const;
    const [writer, reader] = [await test.enrol(role), await test.enrol({ ...role, name: 'Rơ Châm Hyai' })];
    const document = await child();
    for (const device of [writer, reader]) await device.connect();
    await writer.push(await writer.edit(document, { carerName: 'Lò Văn Inh' }));
    for (const device of [writer, reader]) device.hangUp();
    await lead.push(await lead.edit(document, { village: VILLAGES.tay }));
    await test.pass();
    expect(await toldAnew(writer, folderOf(document))).toEqual(['c']);
    expect(await toldAnew(reader, folderOf(document))).toEqual([]);
  });

  it('[FEED-13] and may read an extract of is closed before the extract comes', async () => {
    const other = await (await test.enrol({ name: 'Hà Văn Sơn' })).connect();
    const identity = await child();
    const education = documentIdOf(folderOf(identity), 'education');
    const [verdict] = await other.push(await other.edit(education, { school: 'tieu-hoc-1' }));
    expect(verdict?.verdict).toBe('stored');
    const row = must(
      test.hub.members().find(({ member }) => member === other.member),
      'a member',
    );
    const appointment = { ...row.principal, name: row.name, role: 'collaborator', villages: [VILLAGES.dong] } as const;
    await test.hub.changeMember(other.member, appointment);
    await test.pass();
    expect(await toldAnew(other, folderOf(identity))).toEqual(['c', 's', 'x']);
  });
});

import type { Clock, Random } from '@chungtay/core/base/world';
import { documentIdOf, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import { DAY_MS, dayOf } from '@chungtay/core/policy/calendar';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { DemoDevice } from './devices.ts';
import type { DemoChild } from './register.ts';

/** Who writes what only some may read. */
export interface ClosedCrew {
  /** Named for the closed part of health. */
  readonly nurse: DemoDevice;
  readonly police: DemoDevice;
  readonly lead: DemoDevice;
  readonly union: DemoDevice;
  /** A collaborator, and a child of his village. */
  readonly collaborator: DemoDevice;
}

type When = Random & Clock;

/**
 * Writes a few documents of each closed compartment, so that whoever tries the roles sees which of them open to whom: invented, as
 * everything here.
 */
export async function writeClosedParts(
  { nurse, police, lead, union, collaborator }: ClosedCrew,
  world: When,
  children: readonly DemoChild[],
  own: DemoChild,
): Promise<void> {
  const teens = children.filter(({ ageYears }) => ageYears >= 13);
  await nurse.write([children[11], children[407]].flatMap((child) => (child ? [statusOf(world, child)] : [])));
  await police.write([teens[3], teens[40]].flatMap((child) => (child ? [offenceOf(world, child)] : [])));
  const carers = [
    carerOf(world, 'Lường Thị Pâng', 'v01', 'relative'),
    carerOf(world, 'H’Nga Ksơr', 'v03', 'nonRelative'),
  ];
  await lead.write(carers);
  const adult = makeFolderId(world);
  const proposal = documentIdOf(own.folder, 'proposal', makeUlid(world));
  await collaborator.write([
    {
      document: documentIdOf(adult, 'adult'),
      sets: [
        { name: 'village', value: own.village },
        { name: 'name', value: 'Vừ Thị Sua' },
        { name: 'situation', value: 'singleMother' },
        { name: 'agrees', value: true },
        { name: 'agreedOn', value: dayOf(world.nowMs()) },
        { name: 'need', value: 'Cần người trông con nhỏ khi đi làm thuê.' },
      ],
    },
    { document: proposal, sets: [{ name: 'reason', value: 'Nhà có ba con nhỏ, mẹ mới sinh.' }] },
  ]);
  await union.write([giftOf(world)]);
  for (const device of [nurse, police, lead, collaborator, union]) await device.settled();
}

function statusOf(world: When, child: DemoChild): DocumentEdit {
  const resultAt = world.nowMs() - DAY_MS;
  return {
    document: documentIdOf(child.folder, 'hiv'),
    sets: [
      { name: 'membership', code: makeUlid(world), value: { since: dayOf(resultAt), evidence: 'Kết quả khẳng định' } },
      {
        name: 'tests',
        code: makeUlid(world),
        value: { on: dayOf(resultAt - 2 * DAY_MS), result: 'positive', resultAt },
      },
      { name: 'treatmentPlace', value: 'Phòng khám ngoại trú tuyến tỉnh' },
      { name: 'caregiverInformed', value: true },
    ],
  };
}

function offenceOf(world: When, child: DemoChild): DocumentEdit {
  const from = dayOf(world.nowMs() - 20 * DAY_MS);
  return {
    document: documentIdOf(child.folder, 'offence'),
    sets: [
      { name: 'membership', code: makeUlid(world), value: { clause: 'communeEducation', since: from } },
      { name: 'events', code: makeUlid(world), value: { on: from, what: 'Lấy xe máy của hàng xóm đi chơi.' } },
      { name: 'measures', code: makeUlid(world), value: { measure: 'diversion', state: 'running', from } },
      { name: 'contactPerson', value: 'Lò Văn Dũng' },
    ],
  };
}

function carerOf(world: When, name: string, village: string, type: string): DocumentEdit {
  return {
    document: documentIdOf(makeFolderId(world), 'carer'),
    sets: [
      { name: 'name', value: name },
      { name: 'village', value: village },
      { name: 'type', value: type },
      { name: 'state', value: 'registered' },
      { name: 'villageOpinion', value: 'Bà con trong bản tin tưởng, nhà có chỗ ở riêng cho trẻ.' },
      { name: 'healthCertificateUntil', value: dayOf(world.nowMs() + 90 * DAY_MS) },
    ],
  };
}

function giftOf(world: When): DocumentEdit {
  return {
    document: documentIdOf(makeFolderId(world), 'gift', makeUlid(world)),
    sets: [
      { name: 'title', value: 'Áo ấm cho em' },
      { name: 'occasion', value: 'schoolYear' },
      { name: 'on', value: dayOf(world.nowMs()) },
      { name: 'donor', value: 'Hội Phụ nữ xã' },
      { name: 'children', code: makeUlid(world), value: { name: 'Sùng A Páo', item: 'Áo ấm', valueDong: 180_000 } },
    ],
  };
}

import type { Json } from '@chungtay/core/base/any';
import type { Clock, Random } from '@chungtay/core/base/world';
import { type DocumentId, documentIdOf, makeUlid } from '@chungtay/core/model/ids';
import { addDays, dayOf } from '@chungtay/core/policy/calendar';
import type { ClosedCrew } from './closed-parts.ts';
import type { DemoChild } from './register.ts';

type When = Random & Clock;
type Crew = Pick<ClosedCrew, 'nurse' | 'police' | 'lead' | 'union' | 'collaborator'>;

/**
 * Writes what was asked and answered about the closed compartments of some children: a request that waits, one that is open, one refused,
 * an emergency that is to be reviewed, and two consents.
 */
export async function writeRequests(
  { nurse, police, lead, union, collaborator }: Crew,
  world: When,
  children: readonly DemoChild[],
  own: DemoChild,
): Promise<void> {
  const [first, second, third, fourth] = children.filter(({ ageYears }) => ageYears >= 8).slice(20);
  if (!first || !second || !third || !fourth) return;
  await ask(police, world, first, 'health', {
    ...termsOf(world, police.member, 'written-request', 14),
    reason: 'Xác minh vết thương để lập hồ sơ vụ việc.',
    paperNumber: '27/CAX',
    paperOn: dayOf(world.nowMs()),
  });
  const refused = await ask(police, world, second, 'health', {
    ...termsOf(world, police.member, 'written-request', 60),
    reason: 'Xem chung.',
  });
  await ask(police, world, third, 'health', {
    member: police.member,
    basis: 'life-or-health',
    reason: 'Cháu ngất ở bến xe, cần biết đang uống thuốc gì.',
    isEmergency: true,
  });
  const terms = termsOf(world, union.member, 'named-support', 20);
  const open = await ask(lead, world, fourth, 'identity', { ...terms, reason: 'Trao học bổng “Mẹ đỡ đầu” tại nhà.' });
  await lead.write([
    { document: open, appends: [{ name: 'approvals', value: { ...terms, note: 'Đúng danh sách.' } }] },
  ]);
  await police.settled();
  await nurse.sees(refused);
  const reason = 'Chưa nói rõ cần biết điều gì. Gửi lại kèm văn bản yêu cầu.';
  await nurse.write([{ document: refused, appends: [{ name: 'refusals', value: { reason } }] }]);
  await collaborator.write([
    consentOf(world, own, 'representative', 'Lò Thị Sương'),
    consentOf(world, own, 'child', 'Lò Văn Tới'),
  ]);
  for (const device of [police, lead, nurse, collaborator]) await device.settled();
}

function termsOf(world: When, member: number, basis: string, days: number) {
  const from = dayOf(world.nowMs());
  return { member, basis, from, until: addDays(from, days) };
}

async function ask(
  device: Crew['police'],
  world: When,
  { folder }: DemoChild,
  compartment: string,
  values: Readonly<Record<string, Json>>,
): Promise<DocumentId> {
  const document = documentIdOf(folder, `access-${compartment}`, makeUlid(world));
  await device.write([{ document, sets: setsOf(values) }]);
  return document;
}

function consentOf(world: When, { folder }: DemoChild, by: string, giverName: string) {
  const values = {
    by,
    giverName,
    relation: by === 'child' ? null : 'Mẹ',
    agreed: true,
    scope: ['education', 'health'],
    disclosedTo: ['police'],
    purpose: 'Làm hồ sơ hỗ trợ trẻ đi học lại.',
    on: dayOf(world.nowMs()),
    method: 'signature',
    proof: 'Biên bản 05/BB, lưu tại thôn',
  };
  return { document: documentIdOf(folder, 'consent', makeUlid(world)), sets: setsOf(values) };
}

function setsOf(values: Readonly<Record<string, Json>>): readonly { readonly name: string; readonly value: Json }[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

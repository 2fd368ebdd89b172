import { documentIdOf } from '@chungtay/core/model/ids';
import type { Hub } from '@chungtay/core/sync/hub';
import type { CaseCrew, DemoCase } from './cases.ts';
import { DEMO_PEOPLE } from './commune.ts';
import type { DemoDevice } from './devices.ts';
import type { DemoChild } from './register.ts';

/** Two agencies write into one case without seeing each other: the risk, where the child lives, and the narrative. */
export async function writeConflict({ lead, police }: CaseCrew, { folder }: DemoCase): Promise<void> {
  const document = documentIdOf(folder, 'case');
  lead.leave();
  police.leave();
  await lead.write([
    {
      document,
      sets: [
        { name: 'riskLevel', value: 'medium' },
        { name: 'currentResidence', value: 'Nhà bà ngoại, Bản Pa Ủ' },
        { name: 'narrative', value: 'Đã gặp mẹ cháu ngày 18. Mẹ đồng ý cho cháu ở với bà ngoại trong tháng này.' },
      ],
    },
  ]);
  await police.write([
    {
      document,
      sets: [
        { name: 'riskLevel', value: 'high' },
        { name: 'currentResidence', value: 'Tạm ở nhà trưởng bản' },
        { name: 'narrative', value: 'Người bố vắng mặt khi làm việc. Hàng xóm xác nhận có tiếng cãi nhau ban đêm.' },
      ],
    },
  ]);
  await police.comeBack();
  await lead.comeBack();
}

/** A collaborator writes about a child of a village that he loses before his tablet comes back: the Hub holds it. */
export async function writeHeld(hub: Hub, collaborator: DemoDevice, child: DemoChild): Promise<void> {
  const person = DEMO_PEOPLE.find(({ role, villages }) => role === 'collaborator' && villages.includes(child.village));
  if (!person) return;
  await collaborator.comeBack();
  collaborator.leave();
  await collaborator.write([
    {
      document: documentIdOf(child.folder, 'identity'),
      sets: [{ name: 'address', value: 'Chuyển sang ở nhờ nhà chú' }],
    },
  ]);
  await hub.changeMember(collaborator.member, { ...person, villages: [], untilMs: null });
  await collaborator.comeBack();
  await hub.changeMember(collaborator.member, { ...person, untilMs: null });
  await collaborator.comeBack();
}

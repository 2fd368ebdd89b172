/** The round with which a commune begins: every household and child by the village's collaborator, schooling by the lead, the small by the nurse. */
import { must } from '@chungtay/core/base/assert';
import { DEMO_VILLAGES } from '@chungtay/server/demo/commune';
import { schoolOf, writeHealth, writeSchooling, writeVillage } from '@chungtay/server/demo/register';
import type { DemoChild } from '@chungtay/server/demo/register';
import { dateOf } from './child-work.ts';
import type { Commune } from './commune.ts';

/** Writes it, through real admission. */
export async function writeFirstRound(commune: Commune, children: readonly DemoChild[]): Promise<void> {
  for (const village of DEMO_VILLAGES) {
    const collaborator = must(commune.collaboratorsOf(village)[0], 'a collaborator of the village');
    await collaborator.meet();
    const own = children.filter((child) => child.village === village);
    await writeVillage(collaborator, commune.world, own, dateOf(0));
    collaborator.leave();
  }
  const lead = must(commune.of('lead')[0], 'a lead');
  await lead.meet();
  const bySchool = Map.groupBy(children, schoolOf);
  for (const school of ['s01', 's02']) await writeSchooling(lead, school, bySchool.get(school) ?? []);
  lead.leave();
  const nurse = must(commune.of('nurse')[0], 'a nurse');
  await nurse.meet();
  await writeHealth(
    nurse,
    children.filter((child) => child.ageYears < 6),
    dateOf(0),
  );
  nurse.leave();
}

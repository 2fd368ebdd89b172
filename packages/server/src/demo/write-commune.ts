import { must } from '@chungtay/core/base/assert';
import { newDirectory } from '@chungtay/core/model/directory';
import type { MemberNumber } from '@chungtay/core/model/ids';
import { makeFolderId } from '@chungtay/core/model/ids';
import { DAY_MS, HOUR_MS, dayOf } from '@chungtay/core/policy/calendar';
import type { Hub } from '@chungtay/core/sync/hub';
import type { OpenHub } from '../jobs/open-hub.ts';
import { CASE_STORIES } from './case-stories.ts';
import type { CaseStory } from './case-stories.ts';
import { handIn, writeCase } from './cases.ts';
import type { CaseCrew } from './cases.ts';
import type { PastWorld } from './clock.ts';
import { writeClosedParts } from './closed-parts.ts';
import { DEMO_COMMUNE, DEMO_PEOPLE, DEMO_PLACES, DEMO_VILLAGES } from './commune.ts';
import type { DemoPerson } from './commune.ts';
import { openDemoDevice } from './devices.ts';
import type { DemoDevice } from './devices.ts';
import { writeConflict, writeHeld } from './disagreements.ts';
import { inventRegister, schoolOf, writeHealth, writeSchooling, writeVillage } from './register.ts';
import type { DemoChild } from './register.ts';
import { writeRequests } from './requests.ts';

/** How long before today the invented commune began. */
export const DEMO_PAST_MS = 45 * DAY_MS;
const SMALL_CHILDREN = 1_200;

/** How many children and open cases a commune has. */
export interface CommuneSize {
  readonly children: number;
  /** At least three; no more than an eighth of the children, less two. */
  readonly cases: number;
}

/** The commune a newcomer sees. */
export const WHOLE_COMMUNE: CommuneSize = { children: 6_000, cases: 40 };

/**
 * Writes the invented commune into an open, empty Hub, through real admission by seeded devices: its people, its children, open cases with
 * their timelines, a conflict, a late clock, a report that waits, an edit that was held. `world` is the Hub's own; its clock ends at `nowMs`.
 */
export async function writeCommune(
  { hub, directory }: OpenHub,
  world: PastWorld,
  nowMs: number,
  size: CommuneSize,
): Promise<void> {
  await directory.write({ ...newDirectory(DEMO_COMMUNE), ...DEMO_PLACES });
  const open = await appoint(hub, world);
  const children = inventRegister(world, dayOf(nowMs), size.children);
  await writeRegister(open, world, children, nowMs);
  const crew = await crewOf(open);
  await writeCases(crew, world, children, nowMs, size.cases);
  const collaborator = await open('collaborator', 0);
  const own = children.find((child) => child.village === DEMO_VILLAGES[0]);
  await writeClosed(open, crew, world, children, must(own, 'a child of the first village'), nowMs);
  await writeHeld(hub, collaborator, must(own, 'a child of the first village'));
  world.moveTo(nowMs);
  for (const device of [crew.lead, crew.chair, crew.police, crew.nurse, ...crew.filers, collaborator]) device.leave();
}

/** Opens the tablet of the `index`-th person of a role; the same one each time. */
type OpenDevice = (role: DemoPerson['role'], index: number) => Promise<DemoDevice>;

async function appoint(hub: Hub, world: PastWorld): Promise<OpenDevice> {
  const members = new Map<DemoPerson, MemberNumber>();
  for (const person of DEMO_PEOPLE) members.set(person, (await hub.invite({ ...person, untilMs: null })).member);
  const devices = new Map<DemoPerson, Promise<DemoDevice>>();
  const enrol = async (person: DemoPerson): Promise<DemoDevice> => {
    // asked for when it is needed: the clock moves by weeks, and an invitation ends after three days
    const invited = await hub.inviteAgain(must(members.get(person), 'a member'));
    return openDemoDevice(hub, world, must(invited.ok ? invited.value : null, 'an invitation').code);
  };
  return (role, index) => {
    const person = must(DEMO_PEOPLE.filter((one) => one.role === role)[index], `a ${role} of the demo`);
    const device = devices.get(person) ?? enrol(person);
    devices.set(person, device);
    return device;
  };
}

async function writeRegister(
  open: OpenDevice,
  world: PastWorld,
  children: readonly DemoChild[],
  nowMs: number,
): Promise<void> {
  const byVillage = Map.groupBy(children, (child) => child.village);
  for (const [i, village] of DEMO_VILLAGES.entries()) {
    const device = await open('collaborator', i);
    world.moveTo(nowMs - DEMO_PAST_MS + i * DAY_MS);
    await writeVillage(device, world, byVillage.get(village) ?? [], dayOf(world.nowMs()));
    device.leave();
  }
  world.moveTo(nowMs - 30 * DAY_MS);
  const bySchool = Map.groupBy(children, schoolOf);
  // a teacher may not take a child into a school himself: the lead says first where it goes
  const lead = await open('lead', 0);
  for (const school of ['s01', 's02']) await writeSchooling(lead, school, bySchool.get(school) ?? []);
  const nurse = await open('nurse', 1);
  const small = children.filter((child) => child.ageYears < 6).slice(0, SMALL_CHILDREN);
  await writeHealth(nurse, small, dayOf(world.nowMs()));
  nurse.leave();
}

async function writeClosed(
  open: OpenDevice,
  { lead, police }: CaseCrew,
  world: PastWorld,
  children: readonly DemoChild[],
  own: DemoChild,
  nowMs: number,
): Promise<void> {
  world.moveTo(nowMs - 2 * HOUR_MS);
  const [nurse, union, collaborator] = [await open('nurse', 1), await open('union', 0), await open('collaborator', 0)];
  await nurse.comeBack();
  await collaborator.comeBack();
  const closed = { nurse, police, lead, union, collaborator };
  await writeClosedParts(closed, world, children, own);
  await writeRequests(closed, world, children, own);
  for (const device of [nurse, union]) device.leave();
}

async function crewOf(open: OpenDevice): Promise<CaseCrew> {
  return {
    lead: await open('lead', 0),
    chair: await open('chair', 0),
    police: await open('police', 0),
    nurse: await open('nurse', 0),
    filers: [await open('collaborator', 1), await open('teacher', 0), await open('collaborator', 4)],
  };
}

async function writeCases(
  crew: CaseCrew,
  world: PastWorld,
  children: readonly DemoChild[],
  nowMs: number,
  count: number,
): Promise<void> {
  const subjects = children.filter((_child, i) => i % Math.floor(children.length / (count + 2)) === 7);
  for (const filer of crew.filers) await filer.comeBack();
  let conflicting = null;
  for (let i = 0; i < count; i += 1) {
    const child = must(subjects[i], 'a child for a case');
    // the last cases are of yesterday and today, the first of four weeks ago: some clocks are late, some run
    world.moveTo(nowMs - Math.max(0, count - i) * 16 * HOUR_MS - 10 * HOUR_MS);
    const written = await writeCase(crew, world, child, i);
    if (i === count - 3) conflicting = written;
  }
  if (conflicting) await writeConflict(crew, conflicting);
  world.moveTo(nowMs - 3 * HOUR_MS);
  const [filer] = crew.filers;
  const waiting = must(subjects[count], 'a child for a report');
  await handIn(must(filer, 'a filer'), world, makeFolderId(world), CASE_STORIES[0] as CaseStory, waiting);
}

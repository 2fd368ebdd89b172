/** The demo commune: how it is made, and who to be in it. Rule DEMO-1, DEMO-2. */
import type { Hub } from '@chungtay/core/sync/hub';
import { openHub } from '../jobs/open-hub.ts';
import type { HubPlace } from '../jobs/open-hub.ts';
import type { Log } from '../ops/log.ts';
import { createNodeWorld } from '../ops/world.ts';
import { pastWorld } from './clock.ts';
import { DEMO_COMMUNE, DEMO_PEOPLE, DEMO_PLACES } from './commune.ts';
import type { DemoPerson } from './commune.ts';
import { DEMO_PAST_MS, WHOLE_COMMUNE, writeCommune } from './write-commune.ts';
import type { CommuneSize } from './write-commune.ts';

/** What the invented commune is called. */
export const communeName = DEMO_COMMUNE.name;

/** Writes the invented commune into an empty data directory, through real admission; opens and closes the Hub itself. */
export async function seedDemo(place: HubPlace, log: Log, size: CommuneSize = WHOLE_COMMUNE): Promise<void> {
  const nowMs = Date.now();
  const world = pastWorld(createNodeWorld(), nowMs - DEMO_PAST_MS);
  const open = await openHub(place, log, world);
  try {
    await writeCommune(open, world, nowMs, size);
  } finally {
    await open.close();
  }
}

/**
 * Returns the table of who to sign in as, each with an invitation made just now that is good again and again on this machine. The codes
 * are kept nowhere.
 */
export async function whoToBe(hub: Hub, url: string): Promise<string> {
  const rows: string[][] = [];
  for (const { member, name } of hub.members()) {
    const person = DEMO_PEOPLE.find((one) => one.name === name);
    const invited = person ? await hub.inviteAgain(member, { isReusable: true }) : null;
    if (person && invited?.ok)
      rows.push([`${ROLE_NAMES[person.role]} · ${name}`, placeOf(person), linkOf(url, invited.value.code)]);
  }
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    ([who = '', place = '', link = '']) => `  ${who.padEnd(widths[0] ?? 0)}  ${place.padEnd(widths[1] ?? 0)}  ${link}`,
  );
  return `\nDữ liệu giả để dùng thử · invented people. Mở một đường dẫn để vào vai · open a link to be that person:\n${lines.join('\n')}\n\n`;
}

const ROLE_NAMES: Readonly<Record<DemoPerson['role'], string>> = {
  collaborator: 'Cộng tác viên thôn bản',
  teacher: 'Giáo viên',
  nurse: 'Trạm y tế',
  police: 'Công an xã',
  lead: 'Cán bộ bảo vệ trẻ em xã',
  councilOffice: 'Văn phòng HĐND-UBND',
  union: 'Hội phụ nữ',
  chair: 'Chủ tịch UBND xã',
  province: 'Tỉnh',
  administrator: 'Quản trị',
};

function placeOf({ villages, schools }: DemoPerson): string {
  const names = [
    ...villages.map((id) => DEMO_PLACES.villages[id]?.name ?? 'cả xã'),
    ...schools.map((id) => DEMO_PLACES.schools[id]?.name ?? ''),
  ];
  return names.filter((name) => name !== '').join(', ');
}

function linkOf(url: string, code: string): string {
  return `${url.replace(/\/$/u, '')}/#i=${code}`;
}

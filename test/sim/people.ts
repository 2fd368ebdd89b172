/** Who works in the simulated commune, and where. */
import { EVERYWHERE } from '@chungtay/core/model/principal';
import type { Role } from '@chungtay/core/model/role';

/** Places of the commune. */
export const VILLAGES = ['thon-dong', 'thon-tay'] as const;
/** Its school. */
export const SCHOOL = 'tieu-hoc-1';

const DAY_MS = 86_400_000;

/** One person: his seat, and how far the clock of his tablet is off from the start. */
export interface Person {
  readonly name: string;
  readonly role: Role;
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  readonly skewMs: number;
}

/** In the order in which they come: a small commune has the first ones. */
export const PEOPLE: readonly Person[] = [
  person('Lò Thị Hương', 'lead', [EVERYWHERE], [], 0),
  person('Y Bhăm Niê', 'collaborator', [VILLAGES[0]], [], -40_000),
  person('Hoàng Văn Páo', 'chair', [EVERYWHERE], [], 600_000),
  person('Nguyễn Văn Đức', 'teacher', [], [SCHOOL], 0),
  person('Mùa A Dơ', 'police', [EVERYWHERE], [], DAY_MS * 3_650),
  person('Tẩn Láo Lở', 'collaborator', [VILLAGES[1]], [], 3_600_000),
  person('Đặng Thị Ngọc Ánh', 'nurse', [EVERYWHERE], [EVERYWHERE], -DAY_MS * 365),
  person('Rơ Châm H’Lan', 'collaborator', [...VILLAGES], [], -DAY_MS * 3_650),
];

/** Who sees what he is shown, and asks for nothing himself: in every commune. */
export const PROVINCE: Person = person('Ksor H’Bia', 'province', [], [], -7_200_000);

/** The member who sends whatever he likes, signed with the key of his own tablet. */
export const HOSTILE: Person = person('Phạm Quốc Tuấn', 'collaborator', [VILLAGES[0]], [], 0);

function person(
  name: string,
  role: Role,
  villages: readonly string[],
  schools: readonly string[],
  skewMs: number,
): Person {
  return { name, role, villages, schools, skewMs };
}

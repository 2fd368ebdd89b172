import { ADMINISTRATOR, CHAIR, NURSE, POLICE, TEACHER } from './of-the-agencies.ts';
import { ENROLMENT, LOCK } from './of-the-door.ts';
import { LEAD } from './of-the-lead.ts';
import { VILLAGE } from './of-the-village.ts';
import type { Screen } from './screen.ts';

/** One person's part of the tour; `door` are the screens before enrolment. */
export interface Stop {
  readonly person: string;
  readonly door?: readonly Screen[];
  readonly screens: readonly Screen[];
}

/** Every screen of the product, by who sees it. The collaborator comes last: there the Hub is stopped. */
export const TOUR: readonly Stop[] = [
  { person: 'Đàm Thị Hương', screens: LEAD },
  { person: 'Hoàng Thu Trang', screens: TEACHER },
  { person: 'Vàng Thị Mỷ', screens: NURSE },
  { person: 'Lò Văn Dũng', screens: POLICE },
  { person: 'Quàng Văn Thịnh', door: ENROLMENT, screens: [...CHAIR, ...LOCK] },
  { person: 'Phạm Quốc Huy', screens: ADMINISTRATOR },
  { person: 'Lò Thị Mai', screens: VILLAGE },
];

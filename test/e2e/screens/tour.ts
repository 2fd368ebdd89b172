import type { Browser } from '@playwright/test';
import type { Commune } from './commune.ts';
import { ADMINISTRATOR, CHAIR, NURSE, POLICE, TEACHER } from './of-the-agencies.ts';
import { ENROLMENT, LOCK, MACHINE_LOCK } from './of-the-door.ts';
import { LEAD_AT_THE_REGISTER, LEAD_ON_CASES } from './of-the-lead.ts';
import { VILLAGE, VILLAGE_OFFLINE } from './of-the-village.ts';
import { type Stop, visit } from './visit.ts';

/** Every screen of the product, by who sees it; each stop on a device of its own. */
const STOPS: readonly Stop[] = [
  { person: 'Đàm Thị Hương', screens: LEAD_AT_THE_REGISTER },
  { person: 'Đàm Thị Hương', screens: LEAD_ON_CASES },
  { person: 'Lò Thị Mai', screens: VILLAGE },
  { person: 'Quàng Văn Thịnh', door: ENROLMENT, screens: [...CHAIR, ...LOCK, ...MACHINE_LOCK] },
  { person: 'Hoàng Thu Trang', screens: TEACHER },
  { person: 'Vàng Thị Mỷ', screens: NURSE },
  { person: 'Lò Văn Dũng', screens: POLICE },
  { person: 'Phạm Quốc Huy', screens: ADMINISTRATOR },
];
/** Alone at the end: here the Hub is stopped. */
const LAST: Stop = { person: 'Lò Thị Mai', screens: VILLAGE_OFFLINE };
/** As many people at once as a small machine has cores. */
const LANES = 2;

/** What a tour of all screens needs. */
export interface Tour {
  readonly commune: Commune;
  /** Where pictures go, or null for none. */
  readonly folder: string | null;
  /** Told of each barrier, and of each screen that never appears. */
  readonly found: (barrier: string) => void;
}

/** Looks at every screen of everybody, or of one person only; resolves to how many screens there were. */
export async function walk(browser: Browser, tour: Tour, only?: string): Promise<number> {
  const isWanted = ({ person }: Stop): boolean => only === undefined || person === only;
  const waiting = STOPS.filter(isWanted);
  const last = [LAST].filter(isWanted);
  const seen = [...waiting, ...last].reduce((sum, { screens, door = [] }) => sum + screens.length + door.length, 0);
  const takeAll = async (from: Stop[]): Promise<void> => {
    for (let stop = from.shift(); stop; stop = from.shift()) {
      await visit(browser, { ...tour, ...stop }).catch((error: unknown) => {
        tour.found(error instanceof Error ? `${error.message}: ${String(error.cause)}` : String(error));
      });
    }
  };
  await Promise.all(Array.from({ length: LANES }, () => takeAll(waiting)));
  await takeAll(last);
  return seen;
}

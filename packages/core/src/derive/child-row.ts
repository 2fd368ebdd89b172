/** A child's documents, whole or extracts, joined into the one line of the register. Pure. Rules DRV-10, DRV-11. */
import { kindOf } from '../kinds/registry.ts';
import { fewestYearsOn } from '../model/dates.ts';
import { CHILD_AGE_END, type OpenGroup } from '../model/groups.ts';
import type { FolderId } from '../model/ids.ts';
import { listedGroups } from './groups.ts';
import { type Paper, knownMissing } from './papers.ts';
import type { CaseRow, EducationRow, HealthRow, HouseholdRow, IdentityRow, Row, SupportRow } from './row-types.ts';
import { vaccinesDue } from './vaccines.ts';

/** Where a child stands in the eyes of the register: the heaviest that is known here. */
export type ChildLevel = 'none' | 'watch' | 'special' | 'intervention' | 'closed';

/** One line of the register. What this person may not know is null or empty. */
export interface ChildRow {
  readonly folder: FolderId;
  readonly access: 'whole' | 'extract';
  readonly number: string | null;
  readonly name: string | null;
  readonly nicknames: string | null;
  readonly birth: string | null;
  readonly isBirthEstimated: boolean;
  readonly sex: 'male' | 'female' | null;
  readonly ethnicity: string | null;
  readonly village: string | null;
  readonly household: FolderId | null;
  readonly personalId: string | null;
  readonly motherName: string | null;
  readonly fatherName: string | null;
  readonly carerName: string | null;
  readonly phone: string | null;
  /** Groups that it is in today, derived or asserted, without those of closed compartments. */
  readonly groups: readonly OpenGroup[];
  /** Papers that are known to be missing. */
  readonly papers: readonly Paper[];
  readonly school: string | null;
  readonly class: string | null;
  readonly schoolStatus: string | null;
  readonly inSchool: boolean | null;
  readonly vaccinesDue: readonly string[];
  readonly hasDisabilityNeed: boolean | null;
  readonly lastWeightKg: number | null;
  readonly lastMeasuredOn: string | null;
  readonly supportReceived: boolean | null;
  readonly level: ChildLevel;
  /** Open cases that this person knows of. */
  readonly openCases: readonly FolderId[];
  /** Fields in conflict over all of the child's documents. */
  readonly conflicts: number;
  /** The newest change, in ms. */
  readonly atMs: number;
}

/**
 * Returns the line of a child's folder, or null when nothing in `rows` says who it is. `rows` = the rows of the folder; `cases` = rows of
 * cases whose `child` is this folder; `today` = local day, `YYYY-MM-DD`; `household` = the row of its household, where it is here.
 */
export function childRow(
  rows: readonly Row[],
  cases: readonly CaseRow[],
  today: string,
  household: HouseholdRow | null = null,
): ChildRow | null {
  const identity = rows.find((row) => row.type === 'identity');
  if (!identity) return null;
  const openCases = cases.filter((row) => row.isOpen).map((row) => row.folder);
  // a register is looked at over shoulders: not a mark, a count or a date of it comes from the closed part
  const shown = rows.filter((row) => kindOf(row.kind)?.compartment !== 'hiv');
  const groups = listedGroups([...shown, ...cases, ...(household ? [household] : [])], today);
  return {
    ...whoOf(identity),
    ...servicesOf(identity, rows, today),
    groups,
    papers: knownMissing(shown, today),
    level: levelOf(identity, groups, openCases.length > 0, today),
    openCases,
    conflicts: shown.reduce((sum, row) => sum + row.conflicts.length, 0),
    atMs: shown.reduce((latest, row) => Math.max(latest, row.atMs), 0),
  };
}

/** An open case first, then closed: left, dead, or 16 on `today`. */
function levelOf(identity: IdentityRow, groups: readonly OpenGroup[], hasOpenCase: boolean, today: string): ChildLevel {
  if (hasOpenCase) return 'intervention';
  // Of a year or month alone, the youngest the child can be counts: nobody loses protection to a missing day.
  const isGrown = identity.birth !== null && fewestYearsOn(identity.birth, today) >= CHILD_AGE_END;
  if (identity.left !== null || identity.vital === 'dead' || isGrown) return 'closed';
  if (groups.some((group) => group.startsWith('G'))) return 'special';
  return groups.length > 0 ? 'watch' : 'none';
}

function whoOf(identity: IdentityRow) {
  const { folder, access, number, name, nicknames, birth, isBirthEstimated, sex, ethnicity } = identity;
  const { village, household, personalId, motherName, fatherName, carerName, phone } = identity;
  return {
    folder,
    access,
    number,
    name,
    nicknames,
    birth,
    isBirthEstimated,
    sex,
    ethnicity,
    village,
    household,
    personalId,
    motherName,
    fatherName,
    carerName,
    phone,
  };
}

function servicesOf(identity: IdentityRow, rows: readonly Row[], today: string) {
  const education = rows.find((row): row is EducationRow => row.type === 'education');
  const health = rows.find((row): row is HealthRow => row.type === 'health');
  const support = rows.find((row): row is SupportRow => row.type === 'support');
  return {
    school: education?.school ?? null,
    class: education?.class ?? null,
    schoolStatus: education?.status ?? null,
    inSchool: education?.inSchool ?? null,
    vaccinesDue: vaccinesDue(identity.birth, health?.vaccinesMissing ?? [], today),
    hasDisabilityNeed: health?.hasDisabilityNeed ?? null,
    lastWeightKg: health?.lastWeightKg ?? null,
    lastMeasuredOn: health?.lastMeasuredOn ?? null,
    supportReceived: support?.received ?? null,
  };
}

import type { Birth } from '../model/dates.ts';
import type { Sex } from '../model/person.ts';
import type { PersonalId } from '../model/personal-id.ts';

/** A child as a roster row gives it, ready to become documents. What fits no field stands in `notes`: nothing is lost. */
export interface RosterChild {
  readonly name: string;
  readonly birth: Birth;
  readonly sex: Sex | null;
  readonly ethnicity: string | null;
  readonly fatherName: string | null;
  readonly motherName: string | null;
  readonly guardianName: string | null;
  readonly householdHead: string | null;
  /** A village of the commune's table; null when it has to be proposed or is not known. */
  readonly villageId: string | null;
  /** The name of a village that the table lacks. */
  readonly proposedVillage: string | null;
  readonly address: string | null;
  readonly personalId: PersonalId | null;
  /** School and class as written. */
  readonly schooling: string | null;
  readonly circumstances: string | null;
  readonly phone: string | null;
  /** Whole, however long, with the texts of unknown columns as `Header: text` lines. */
  readonly notes: string | null;
}

/** What a person does here: the columns of the access matrix (POL-1), and the administrator, who reads no file. */
export const ROLES = [
  'collaborator',
  'teacher',
  'nurse',
  'police',
  'lead',
  'councilOffice',
  'union',
  'chair',
  'province',
  'administrator',
] as const;

/** One of ROLES. `lead` is the commune child-protection worker in the Culture-Society Office. */
export type Role = (typeof ROLES)[number];

/** The organisations that sign for what they do. Receipts are shown per agency, never per person. */
export const AGENCIES = [
  'village',
  'school',
  'healthStation',
  'police',
  'cultureSociety',
  'councilOffice',
  'union',
  'peoplesCommittee',
  'province',
  'administration',
  'hub',
] as const;

/** One of AGENCIES; `hub` signs only what the Hub itself writes. */
export type Agency = (typeof AGENCIES)[number];

/** Returns the agency that a role speaks for. */
export function agencyOf(role: Role): Agency {
  return AGENCY_OF_ROLE[role];
}

const AGENCY_OF_ROLE: Readonly<Record<Role, Agency>> = {
  collaborator: 'village',
  teacher: 'school',
  nurse: 'healthStation',
  police: 'police',
  lead: 'cultureSociety',
  councilOffice: 'councilOffice',
  union: 'union',
  chair: 'peoplesCommittee',
  province: 'province',
  administrator: 'administration',
};

import type { Role } from '@chungtay/core/model/role';
import { NAMED_BY_TWO } from '@chungtay/core/policy/office';
import type { ChangeAsk, InviteAsk, MemberLine } from '@chungtay/core/wire/office';

/** An appointment while somebody writes it. */
export interface AppointmentForm {
  readonly name: string;
  readonly title: string;
  readonly role: Role | null;
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  /** The last day of work, `YYYY-MM-DD`; null while open. */
  readonly until: string | null;
  /** Closed compartments: held, or waiting for a second person. */
  readonly namedFor: readonly string[];
}

/** What is missing. */
export type FormGap = 'name' | 'role' | 'villages' | 'schools' | 'places';

const SCHOOL_ROLES: readonly Role[] = ['teacher', 'nurse'];
const VILLAGE_ROLES: readonly Role[] = ['collaborator', 'nurse'];
/** Who may be named for what two people open. */
const NAMED_ROLES: readonly Role[] = ['nurse', 'police', 'lead', 'chair'];

/** Returns the form of somebody, or an empty one. */
export function formOf(person: MemberLine | null): AppointmentForm {
  if (!person) return { name: '', title: '', role: null, villages: [], schools: [], until: null, namedFor: [] };
  const { name, title, role, villages, schools, until, proposed } = person;
  const waiting = proposed.map(({ compartment }) => compartment as string);
  return { name, title, role, villages, schools, until, namedFor: [...closedOf(person.namedFor), ...waiting] };
}

/** Says which parts of the form a role has. */
export function partsOf(role: Role | null): {
  readonly villages: boolean;
  readonly schools: boolean;
  readonly namedFor: boolean;
} {
  return {
    villages: role !== null && VILLAGE_ROLES.includes(role),
    schools: role !== null && SCHOOL_ROLES.includes(role),
    namedFor: role !== null && NAMED_ROLES.includes(role),
  };
}

/** Returns what is missing. */
export function gapsOf({ name, role, villages, schools }: AppointmentForm): readonly FormGap[] {
  const gaps: FormGap[] = [];
  if (name.trim() === '') gaps.push('name');
  if (role === null) gaps.push('role');
  if (role === 'collaborator' && villages.length === 0) gaps.push('villages');
  if (role === 'teacher' && schools.length === 0) gaps.push('schools');
  if (role === 'nurse' && villages.length + schools.length === 0) gaps.push('places');
  return gaps;
}

/** Returns what is asked to invite whom the form describes. The form must have a role. */
export function inviteOf(form: AppointmentForm & { readonly role: Role }): InviteAsk {
  const { name, title, role, until, namedFor } = form;
  const parts = partsOf(role);
  return {
    name,
    role,
    villages: parts.villages ? [...form.villages] : [],
    schools: parts.schools ? [...form.schools] : [],
    ...(until === null ? {} : { until }),
    ...(title.trim() === '' ? {} : { title }),
    ...(namedFor.length === 0 || !parts.namedFor ? {} : { namedFor: [...namedFor] }),
  };
}

/** Returns what is asked to make somebody whom the form describes: only what differs, so that what others changed meanwhile stays. */
export function changeOf(person: MemberLine, form: AppointmentForm): ChangeAsk {
  const before = formOf(person);
  const open = person.namedFor.filter((one) => !closedOf([one]).length);
  return {
    member: person.member,
    ...(form.name === before.name ? {} : { name: form.name }),
    ...(form.title === before.title ? {} : { title: form.title }),
    ...(form.role === before.role || form.role === null ? {} : { role: form.role }),
    ...(isSame(form.villages, before.villages) ? {} : { villages: [...form.villages] }),
    ...(isSame(form.schools, before.schools) ? {} : { schools: [...form.schools] }),
    ...(form.until === before.until ? {} : { until: form.until ?? 'never' }),
    ...(isSame(form.namedFor, before.namedFor) ? {} : { namedFor: [...open, ...form.namedFor] }),
  };
}

function closedOf(namedFor: readonly string[]): readonly string[] {
  return namedFor.filter((one) => NAMED_BY_TWO.some((closed) => closed === one));
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}

import { ROLES } from '@chungtay/core/model/role';
import type { Role } from '@chungtay/core/model/role';

/** What was typed cannot be meant; carries a sentence. */
export class Misused extends Error {
  override readonly name = 'Misused';
}

/** Returns the parts of a list, parted by commas. */
export function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Returns a person's number; throws Misused in words. */
export function memberNumberOf(text: string, called: string): number {
  const number = /^[1-9]\d{0,8}$/u.test(text) ? Number(text) : null;
  if (number === null) throw new Misused(`${called} should be a person’s number: member list shows them.`);
  return number;
}

/** Returns a role; throws Misused in words. */
export function roleOf(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role === undefined) throw new Misused(`--role should be one of ${ROLES.join(', ')}.`);
  return role;
}

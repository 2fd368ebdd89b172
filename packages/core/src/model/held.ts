/** Edits that the Hub held: in which kind of document each compartment keeps them, and who decides what becomes of them. Rule POL-23. */
import type { Compartment } from './compartment.ts';
import type { Role } from './role.ts';

/**
 * Roles that take a held edit over or decline it, and therefore read it; where their cell asks for a naming, only those who are named. A
 * held edit may be of any document of its compartment, also of a request to see: only who may read all of them is here.
 */
export const HELD_DECIDERS: Readonly<Partial<Record<Compartment, readonly Role[]>>> = {
  identity: ['lead'],
  education: ['teacher', 'lead'],
  health: ['nurse'],
  hiv: ['nurse'],
  protection: ['lead', 'chair'],
  sealed: ['lead', 'police', 'chair'],
  legal: ['police'],
  support: ['lead', 'chair'],
  care: ['lead', 'chair'],
  watch: ['lead'],
};

/** Returns the id of the kind that keeps held edits of a compartment, or null where edits are never held (office, staff, own). */
export function heldKindFor(compartment: Compartment): string | null {
  if (HELD_DECIDERS[compartment] === undefined) return null;
  return compartment === 'protection' ? 'held' : `held-${compartment}`;
}

import { describe, expect, it } from 'vitest';
import { KINDS, kindOf } from '../kinds/registry.ts';
import { COMPARTMENTS } from '../model/compartment.ts';
import { ACCESS_RULES, type Grant, accessKindOf, accessRuleOf } from '../model/grant.ts';
import type { Principal } from '../model/principal.ts';
import { ROLES, type Role } from '../model/role.ts';
import { decide, readAccess } from './access.ts';
import { ME, NOW_MS, OTHER, documentOfKind, labelOf, personOf } from './label.support.ts';
import { MATRIX } from './matrix.ts';

const REQUEST = documentOfKind('access-health');

function granted(more: Partial<Grant> = {}): { readonly grants: readonly Grant[] } {
  const window = { fromMs: NOW_MS, untilMs: NOW_MS + 1 };
  const given = { member: ME, agency: null, askedAtMs: NOW_MS };
  return { grants: [{ document: REQUEST, compartment: 'health', ...given, ...window, ...more }] };
}

function reads(person: Principal, kind: string, grant: Partial<Grant> = {}, nowMs = NOW_MS): string {
  const label = labelOf(kind, { scope: granted(grant) });
  const { access } = readAccess(person, label, nowMs);
  expect(decide(person, { act: 'read' }, label, nowMs).allowed).toBe(access === 'whole');
  return access;
}

describe('a grant', () => {
  it.each<[string, Partial<Grant>, string]>([
    ['in its window', {}, 'whole'],
    ['before it', { fromMs: NOW_MS + 1, untilMs: NOW_MS + 2 }, 'none'],
    ['at its end', { fromMs: NOW_MS - 1, untilMs: NOW_MS }, 'none'],
    ['of somebody else', { member: OTHER }, 'none'],
    ['of another compartment', { compartment: 'education' }, 'none'],
  ])('[POL-18] %s: the police officer gets %o', (_what, grant, access) => {
    expect(reads(personOf('police'), 'health', grant)).toBe(access);
  });

  it('[DRV-26] by consent opens to the agency it is for, the request itself too', () => {
    for (const [agency, access] of [
      ['police', 'whole'],
      ['school', 'none'],
    ] as const) {
      expect(reads(personOf('police'), 'health', { agency })).toBe(access);
      expect(reads(personOf('police'), 'access-health', { agency })).toBe(access);
    }
  });

  it('[POL-24] ends with the role in which it was asked for', () => {
    const since = (sinceMs: number, grant: Partial<Grant> = {}) =>
      reads(personOf('police', { sinceMs }), 'health', grant);
    expect([since(NOW_MS - 1), since(NOW_MS), since(NOW_MS + 1)]).toEqual(['whole', 'whole', 'none']);
    expect([since(0, { askedAtMs: -1 }), since(0, { askedAtMs: 0 })]).toEqual(['none', 'whole']);
    const own = { document: documentOfKind('access-health') };
    const label = labelOf('access-health', { scope: granted(own) });
    expect(readAccess(personOf('police', { sinceMs: NOW_MS + 1 }), label, NOW_MS).access).toBe('none');
  });

  it('[POL-18] lets read, and nothing else', () => {
    const label = labelOf('health', { scope: granted(), owner: ME });
    expect(decide(personOf('police'), { act: 'read' }, label, NOW_MS)).toEqual({ allowed: true, basis: 'onRequest' });
    for (const field of Object.keys(kindOf('health')?.fields ?? {}))
      expect(decide(personOf('police'), { act: 'write', field }, label, NOW_MS).allowed).toBe(false);
    expect(decide(personOf('police'), { act: 'create' }, label, NOW_MS).allowed).toBe(false);
    expect(decide(personOf('police'), { act: 'decide' }, label, NOW_MS).allowed).toBe(false);
  });

  it('[POL-18] opens nothing to whose cell does not say that it may be asked for, nor when his appointment is over', () => {
    for (const role of ROLES) {
      const person = personOf(role, { villages: [], schools: [] });
      const label = labelOf('health');
      const more = reads(person, 'health') !== readAccess(person, label, NOW_MS).access;
      expect([role, more]).toEqual([role, role === 'police']);
    }
    expect(reads(personOf('police', { untilMs: NOW_MS }), 'health')).toBe('none');
  });

  it('[POL-18] never opens the paperwork of the compartment, but to whom it speaks of', () => {
    const closed = KINDS.filter(({ closedToGrants }) => closedToGrants).map(({ id }) => id);
    expect(closed.every((id) => /^(?:access-|held|consent$|hiv-consent$)/u.test(id))).toBe(true);
    for (const { id, compartment } of KINDS.filter((kind) => kind.closedToGrants)) {
      for (const role of ROLES) {
        const document = documentOfKind('health');
        const open = labelOf(id, { scope: granted({ compartment, document }) });
        const shut = labelOf(id);
        expect(readAccess(personOf(role), open, NOW_MS)).toEqual(readAccess(personOf(role), shut, NOW_MS));
      }
    }
    expect(reads(personOf('police'), 'access-health')).toBe('whole');
    expect(reads(personOf('police'), 'access-health', {}, NOW_MS + 1)).toBe('none');
    expect(reads(personOf('police'), 'access-health', { document: documentOfKind('health') })).toBe('none');
  });
});

describe('who may ask, and who answers', () => {
  it('[POL-19] a compartment has requests where the matrix says that it may be asked for, and of those who may', () => {
    for (const compartment of COMPARTMENTS) {
      const askers = ROLES.filter((role) => MATRIX[compartment][role].onRequest);
      expect([compartment, accessRuleOf(compartment)?.askers ?? []]).toEqual([compartment, askers]);
      expect(kindOf(accessKindOf(compartment)) !== null).toBe(askers.length > 0);
    }
  });

  it.each(ACCESS_RULES.map((rule) => [rule.compartment, rule] as const))(
    '[POL-19] in %s nobody who may ask answers, reviews or reads what others asked',
    (compartment, { askers, deciders, reviewers, folder }) => {
      const kind = accessKindOf(compartment);
      const named = { namedFor: [compartment], villages: ['*'], schools: ['*'] };
      const writers = (field: string): readonly Role[] =>
        ROLES.filter((role) => decide(personOf(role, named), { act: 'write', field }, labelOf(kind), NOW_MS).allowed);
      for (const log of ['approvals', 'refusals']) expect(writers(log)).toEqual(inOrder(deciders));
      expect(writers('reviews')).toEqual(inOrder(kindOf(kind)?.fields['reviews'] ? reviewers : []));
      for (const field of ['member', 'basis', 'from', 'until', 'isEmergency']) expect(writers(field)).toEqual([]);
      for (const role of askers) {
        expect(deciders).not.toContain(role);
        expect(reviewers).not.toContain(role);
        expect(readAccess(personOf(role, named), labelOf(kind), NOW_MS).access).toBe('none');
        expect(decide(personOf(role), { act: 'create' }, labelOf(kind, { owner: ME }), NOW_MS).allowed).toBe(true);
      }
      expect(kindOf(kind)?.folder).toBe(folder);
    },
  );

  it('[POL-19] two people for sealed and hiv; no emergency opens those', () => {
    const strict = ACCESS_RULES.filter(({ approvals }) => approvals === 2).map(({ compartment }) => compartment);
    expect(strict).toEqual(['hiv', 'sealed']);
    for (const compartment of strict) expect(kindOf(accessKindOf(compartment))?.fields['isEmergency']).toBeUndefined();
  });

  it('[POL-19] in closed compartments only those named answer', () => {
    for (const [role, compartment] of [
      ['nurse', 'hiv'],
      ['lead', 'sealed'],
      ['chair', 'sealed'],
    ] as const) {
      const label = labelOf(accessKindOf(compartment));
      expect(readAccess(personOf(role), label, NOW_MS).access).toBe('none');
      expect(readAccess(personOf(role, { namedFor: [compartment] }), label, NOW_MS).access).toBe('whole');
    }
  });
});

function inOrder(roles: readonly Role[]): readonly Role[] {
  return ROLES.filter((role) => roles.includes(role));
}

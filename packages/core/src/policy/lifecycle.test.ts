import { describe, expect, it } from 'vitest';
import { CASE_STAGES, type CaseStage, isEnded, parseCaseStage } from '../model/case-stage.ts';
import { ROLES } from '../model/role.ts';
import { STEPS, stepBetween, stepsFrom } from './lifecycle.ts';

describe('the steps of a case', () => {
  it.each([
    [null, ['received']],
    ['received', ['screenedOut', 'assessingInitial', 'emergencyActive', 'transferredOut', 'merged']],
    ['screenedOut', ['reopened']],
    ['assessingInitial', ['screenedOut', 'emergencyActive', 'assessingSpecific', 'transferredOut', 'merged']],
    ['emergencyActive', ['assessingSpecific', 'transferredOut', 'merged']],
    ['assessingSpecific', ['emergencyActive', 'needsMeeting', 'transferredOut', 'merged']],
    ['needsMeeting', ['planDraft', 'transferredOut', 'merged']],
    ['planDraft', ['planSubmitted', 'transferredOut', 'merged']],
    ['planSubmitted', ['returned', 'approved', 'transferredOut', 'merged']],
    ['returned', ['planDraft', 'transferredOut', 'merged']],
    ['approved', ['implementing', 'transferredOut', 'merged']],
    ['implementing', ['emergencyActive', 'reviewing', 'transferredOut', 'merged']],
    ['reviewing', ['planDraft', 'closeProposed', 'transferredOut', 'merged']],
    ['closeProposed', ['reviewing', 'closed', 'transferredOut', 'merged']],
    ['closed', ['reopened']],
    ['reopened', ['assessingInitial', 'assessingSpecific', 'transferredOut', 'merged']],
    ['transferredOut', ['reopened']],
    ['merged', ['reopened']],
  ] as const)('[POL-10] from %s lead to %j', (from, to) => {
    const allowed = CASE_STAGES.filter((stage) => stepBetween(from, stage) !== null);
    expect(new Set(allowed)).toEqual(new Set<CaseStage>(to));
  });

  it('[POL-10] are the lead’s and the chair’s alone, each pair once', () => {
    for (const { roles } of STEPS) for (const role of roles) expect(['lead', 'chair']).toContain(role);
    expect(new Set(STEPS.map(({ from, to }) => `${from ?? ''}>${to}`)).size).toBe(STEPS.length);
    expect(ROLES.filter((role) => stepsFrom('received', role).length > 0)).toEqual(['lead', 'chair']);
  });

  it('[POL-11] say why where they end, return or reopen a case', () => {
    const silent = STEPS.filter(
      (step) => (isEnded(step.to) || step.to === 'returned' || step.to === 'reopened') && !step.needsReason,
    );
    expect(silent.map(({ from, to }) => `${from ?? ''}>${to}`)).toEqual(['closeProposed>closed']);
  });

  it('[POL-12] end a case by the chair’s hand, on the lead’s proposal', () => {
    for (const step of STEPS.filter(({ to }) => isEnded(to))) expect(step.roles).toEqual(['chair']);
    expect(stepBetween('reviewing', 'closeProposed')?.roles).toEqual(['lead']);
    expect(stepBetween('planSubmitted', 'approved')?.roles).toEqual(['chair']);
  });

  it('[POL-10] are read from text only as they are', () => {
    expect(parseCaseStage('closed')).toBe('closed');
    for (const text of ['Closed', '', null, 7, 'toString']) expect(parseCaseStage(text)).toBeNull();
  });
});

/** Rows of what opens a compartment for a while: requests to see, and consents. */
import type { DocState } from '../doc/state.ts';
import { liveOf } from '../doc/state.ts';
import { kindOf } from '../kinds/registry.ts';
import { type AccessAnswer, type Grant, accessRuleOfKind } from '../model/grant.ts';
import type { MemberNumber } from '../model/ids.ts';
import { msOfMinutes } from '../model/minutes.ts';
import { approversIn, grantPartsOf, termsIn } from './grants.ts';
import { flagOf, recordOf, textOf } from './reading.ts';
import type { RowMaker } from './row-common.ts';
import type { AccessRow, ConsentRow } from './row-types.ts';

/** Returns a request's row. */
export const accessRow: RowMaker<AccessRow> = (reading, common) => {
  const { state } = reading;
  const rule = accessRuleOfKind(common.kind);
  const terms = termsIn(state);
  const approvedBy = terms ? [...approversIn(state, terms)] : [];
  const approvalsNeeded = rule?.approvals ?? 1;
  const { requests = [] } = grantPartsOf(common.kind, state, common.document, common.firstReceipt?.atMs ?? null) ?? {};
  return {
    ...common,
    type: 'access',
    compartment: rule?.compartment ?? 'own',
    member: reading.count('member') as MemberNumber | null,
    basis: reading.text('basis'),
    reason: reading.text('reason'),
    paperNumber: reading.text('paperNumber'),
    paperOn: reading.text('paperOn'),
    consents: reading.texts('consents'),
    from: reading.text('from'),
    until: reading.text('until'),
    isEmergency: reading.flag('isEmergency') ?? false,
    approvedBy,
    approvalsNeeded,
    state: stateIn(state, approvedBy.length >= approvalsNeeded),
    reviewedBy: writersOf(state, 'reviews#'),
    answers: answersIn(state),
    windows: requests.filter(isOpened).map(({ fromMs, untilMs }) => ({ fromMs, untilMs })),
  };
};

/** Returns a consent's row. */
export const consentRow: RowMaker<ConsentRow> = (reading, common) => {
  const isHiv = kindOf(common.kind)?.compartment === 'hiv';
  return {
    ...common,
    type: 'consent',
    by: reading.text('by'),
    giverName: reading.text('giverName'),
    agreed: reading.flag('agreed'),
    purpose: reading.text('purpose'),
    scope: isHiv ? ['hiv'] : reading.texts('scope'),
    disclosedTo: reading.texts('disclosedTo'),
    on: reading.text('on'),
    isWithdrawn: liveOf(reading.state, 'withdrawals#').length > 0,
  };
};

function isOpened({ fromMs, untilMs }: Grant): boolean {
  return fromMs < untilMs;
}

function stateIn(state: DocState, isApproved: boolean): AccessRow['state'] {
  if (liveOf(state, 'refusals#').length > 0) return 'refused';
  if (liveOf(state, 'ended#').length > 0) return 'ended';
  return isApproved ? 'approved' : 'waiting';
}

const SAID_IN = [
  ['approvals#', 'approval', 'note'],
  ['refusals#', 'refusal', 'reason'],
  ['ended#', 'end', 'reason'],
  ['reviews#', 'review', 'text'],
] as const;

function answersIn(state: DocState): readonly AccessAnswer[] {
  const answers = SAID_IN.flatMap(([log, what, column]) =>
    liveOf(state, log).map(({ value, member, minutes }) => {
      const record = recordOf(value) ?? {};
      const by = { member: member as MemberNumber, atMs: msOfMinutes(minutes) };
      return { what, ...by, text: textOf(record[column]), isJustified: flagOf(record['isJustified']) };
    }),
  );
  return answers.toSorted((a, b) => a.atMs - b.atMs);
}

function writersOf(state: DocState, log: string): readonly MemberNumber[] {
  return [...new Set(liveOf(state, log).map(({ member }) => member as MemberNumber))];
}

import { describe, expect, it } from 'vitest';
import type { Json } from '../base/any.ts';
import type { DocState } from '../doc/state.ts';
import { type Writes, documentOf, written } from '../kinds/document.support.ts';
import type { Grant } from '../model/grant.ts';
import type { MemberNumber } from '../model/ids.ts';
import type { FolderScope, Principal } from '../model/principal.ts';
import { type EditedState, checkInvariants } from './invariants.ts';
import { NOW_MS, labelOf, personOf } from './label.support.ts';

const LEAD = personOf('lead');
const CHAIR = personOf('chair', { member: 3 as MemberNumber });
const OK = { ok: true, value: undefined };

function refuse(code: string) {
  return { ok: false, error: { refuse: code } };
}

function hold(code: string) {
  return { ok: false, error: { hold: code } };
}

function edited(
  kind: string,
  author: Principal,
  before: DocState | null,
  writes: Writes,
  scope: Partial<FolderScope> = {},
): EditedState {
  const by = { client: 40, member: author.member };
  const after = before ? written(before, writes, by) : documentOf(writes, by);
  return { kind, before, after, author, label: labelOf(kind, { scope }), nowMs: NOW_MS };
}

/** A case that has taken these steps, the last by `by`. */
function caseAt(...stages: readonly string[]): DocState {
  let state: DocState | null = null;
  let from: string | null = null;
  for (const [index, to] of stages.entries()) {
    const record: Json = { n: index + 1, from, to, reason: 'Theo biên bản' };
    const by = { member: LEAD.member, minutes: 1000 + index };
    state = state ? written(state, { log: { stage: [record] } }, by) : documentOf({ log: { stage: [record] } }, by);
    from = to;
  }
  if (!state) throw new Error('no stage');
  return state;
}

function step(n: number, from: string | null, to: string, reason: string | null = null): Writes {
  return { log: { stage: [{ n, from, to, reason }] } };
}

describe('scope', () => {
  const NA_PAN = { villages: ['na-pan'] };
  const inNaPan = (): DocState => documentOf({ set: { village: 'na-pan', name: 'Lò Thị Mai' } });
  const collaborator = personOf('collaborator');

  it.each([
    ['a new child in his village', null, { village: 'na-pan' }, OK],
    ['a new child in another village', null, { village: 'ta-phin' }, refuse('not-here')],
    ['another field of a child in his village', inNaPan(), { name: 'Lò Thị Mai Hoa' }, OK],
    ['the same village again', inNaPan(), { village: 'na-pan' }, OK],
    ['a move away', inNaPan(), { village: 'ta-phin' }, refuse('not-here')],
    ['a village cleared', inNaPan(), { village: null }, OK],
  ] as const)('[POL-13] the collaborator writes %s', (_what, before, set, expected) => {
    expect(checkInvariants(edited('identity', collaborator, before, { set }, NA_PAN))).toEqual(expected);
  });

  it('[POL-13] ending a conflict between two villages needs both; the lead has both', () => {
    const torn = written(inNaPan(), { set: { village: 'ta-phin' } }, { client: 12, isBlind: true });
    const choose = (author: Principal) =>
      checkInvariants(
        edited('identity', author, torn, { set: { village: 'na-pan' } }, { villages: ['na-pan', 'ta-phin'] }),
      );
    expect(choose(collaborator)).toEqual(refuse('not-here'));
    expect(choose(personOf('collaborator', { villages: ['na-pan', 'ta-phin'] }))).toEqual(OK);
    expect(choose(LEAD)).toEqual(OK);
  });

  it('[POL-13] a teacher takes a pupil into his own school and sends him to no other', () => {
    const teacher = personOf('teacher');
    const pupil = documentOf({ set: { school: 'th-na-pan' } });
    expect(checkInvariants(edited('education', teacher, null, { set: { school: 'th-na-pan' } }))).toEqual(OK);
    expect(checkInvariants(edited('education', teacher, pupil, { set: { school: 'thcs-xa' } }))).toEqual(
      refuse('not-here'),
    );
    expect(checkInvariants(edited('education', LEAD, pupil, { set: { school: 'thcs-xa' } }))).toEqual(OK);
  });
});

describe('the list of adults at risk', () => {
  const put = (before: DocState | null, set: Record<string, Json>) =>
    checkInvariants(edited('adult', personOf('nurse'), before, { set }));

  it('[KIND-12] takes nobody who has not agreed; who has may be written on, and may end it', () => {
    expect(put(null, { name: 'Vàng Thị Dợ' })).toEqual(refuse('invalid-value'));
    expect(put(null, { name: 'Vàng Thị Dợ', agrees: false })).toEqual(refuse('invalid-value'));
    expect(put(null, { name: 'Vàng Thị Dợ', agrees: true })).toEqual(OK);
    expect(put(documentOf({ set: { agrees: true } }), { agrees: false })).toEqual(OK);
  });
});

describe.each(['case', 'sealed-case'])('the steps of a %s', (kind) => {
  const check = (author: Principal, before: DocState | null, writes: Writes) =>
    checkInvariants(edited(kind, author, before, writes));

  it('[POL-15] a new case begins as received, and says so at once', () => {
    expect(check(LEAD, null, { ...step(1, null, 'received'), set: { childName: 'Hầu Xuân Bình' } })).toEqual(OK);
    expect(check(LEAD, null, { set: { childName: 'Hầu Xuân Bình' } })).toEqual(refuse('invalid-value'));
    expect(check(LEAD, null, step(1, null, 'implementing'))).toEqual(refuse('invalid-value'));
    expect(check(LEAD, null, step(2, null, 'received'))).toEqual(refuse('invalid-value'));
  });

  it.each([
    ['the lead assesses', LEAD, ['received'], step(2, 'received', 'assessingInitial'), OK],
    ['the lead decides an emergency', LEAD, ['received'], step(2, 'received', 'emergencyActive'), refuse('no-grant')],
    ['the chair decides an emergency', CHAIR, ['received'], step(2, 'received', 'emergencyActive'), OK],
    ['a leap', LEAD, ['received'], step(2, 'received', 'implementing'), refuse('invalid-value')],
    [
      'screening out without a reason',
      CHAIR,
      ['received'],
      step(2, 'received', 'screenedOut'),
      refuse('invalid-value'),
    ],
    ['screening out with a reason', CHAIR, ['received'], step(2, 'received', 'screenedOut', 'Báo nhầm'), OK],
    [
      'two steps at once',
      LEAD,
      ['received'],
      {
        log: {
          stage: [
            { n: 2, from: 'received', to: 'assessingInitial' },
            { n: 3, from: 'assessingInitial', to: 'assessingSpecific' },
          ],
        },
      },
      OK,
    ],
  ] as const)('[POL-10] %s', (_what, author, stages, writes, expected) => {
    expect(check(author, caseAt(...stages), writes)).toEqual(expected);
  });

  it('[POL-14] who loses the race of two steps is held, not refused', () => {
    const moved = caseAt('received', 'assessingInitial');
    expect(check(CHAIR, moved, step(2, 'received', 'screenedOut', 'Báo nhầm'))).toEqual(hold('stage-changed'));
    expect(check(LEAD, moved, step(3, 'received', 'assessingInitial'))).toEqual(hold('stage-changed'));
    expect(check(LEAD, moved, step(4, 'assessingInitial', 'assessingSpecific'))).toEqual(hold('stage-changed'));
  });

  it('[POL-12] nobody closes what he proposed to close', () => {
    const proposed = caseAt(
      'received',
      'assessingInitial',
      'assessingSpecific',
      'needsMeeting',
      'planDraft',
      'planSubmitted',
      'approved',
      'implementing',
      'reviewing',
      'closeProposed',
    );
    expect(check(CHAIR, proposed, step(11, 'closeProposed', 'closed'))).toEqual(OK);
    expect(check(LEAD, proposed, step(11, 'closeProposed', 'closed'))).toEqual(refuse('no-grant'));
    expect(check({ ...CHAIR, member: LEAD.member }, proposed, step(11, 'closeProposed', 'closed'))).toEqual(
      refuse('no-grant'),
    );
  });

  it('[POL-16] a case at rest holds every edit until it is opened again', () => {
    const closed = caseAt('received', 'screenedOut');
    expect(check(LEAD, closed, { set: { narrative: 'Cháu về ở với bà.' } })).toEqual(hold('locked'));
    expect(check(LEAD, closed, step(3, 'screenedOut', 'reopened', 'Có tin mới'))).toEqual(OK);
    expect(
      check(LEAD, closed, {
        ...step(3, 'screenedOut', 'reopened', 'Có tin mới'),
        set: { narrative: 'Cháu về ở với bà.' },
      }),
    ).toEqual(OK);
    const again = caseAt('received', 'screenedOut', 'reopened');
    expect(check(LEAD, again, { set: { narrative: 'Cháu về ở với bà.' } })).toEqual(OK);
  });
});

describe('an emergency that was said', () => {
  const police = personOf('police');
  const said = documentOf({ set: { isEmergency: true, reason: 'Cháu bị bỏng nặng' } }, { member: police.member });
  const check = (before: DocState, set: Writes['set'], kind = 'access-health') =>
    checkInvariants(edited(kind, police, before, set ? { set } : {}));

  it('[POL-22] stays said, whatever else changes', () => {
    expect(check(said, { isEmergency: false })).toEqual(refuse('invalid-value'));
    expect(check(said, { isEmergency: null })).toEqual(refuse('invalid-value'));
    expect(check(said, { isEmergency: true, reason: 'Cháu đang ở viện' })).toEqual(OK);
    const unsaid = documentOf({ set: { isEmergency: false, reason: 'Xin xem' } }, { member: police.member });
    expect(check(unsaid, { isEmergency: true })).toEqual(OK);
    expect(check(unsaid, { isEmergency: null })).toEqual(OK);
  });

  it('[POL-25] is not said again about the same compartment before somebody else has looked, by the same person', () => {
    const window = { agency: null, fromMs: 1, untilMs: 2, askedAtMs: 1 };
    const { document } = labelOf('access-education');
    const waits = { document, member: police.member, compartment: 'education', ...window, needsReview: true } as const;
    const { needsReview: _needsReview, ...reviewed } = waits;
    const again = (grant: Grant, set: Readonly<Record<string, Json>> = { isEmergency: true, reason: 'Lại nữa' }) =>
      checkInvariants(edited('access-education', police, null, { set }, { grants: [grant] }));
    expect(again(waits)).toEqual(refuse('not-reviewed'));
    for (const grant of [reviewed, { ...waits, member: CHAIR.member }, { ...waits, compartment: 'health' } as const])
      expect(again(grant)).toEqual(OK);
    expect(again(waits, { reason: 'Xin xem theo công văn' })).toEqual(OK);
    const more = edited('access-education', police, said, { set: { isEmergency: true } }, { grants: [waits] });
    expect(checkInvariants(more)).toEqual(OK);
  });
});

import { editDocument } from '@chungtay/core/doc/edit';
import { emptyState } from '@chungtay/core/doc/state';
import { documentLabelParts, fieldTableOf } from '@chungtay/core/kinds/registry';
import { firstReceiptOf } from '@chungtay/core/model/first-receipt';
import { documentIdOf, type FolderId, type Ulid } from '@chungtay/core/model/ids';
import { EMPTY_SCOPE } from '@chungtay/core/model/principal';
import { clockStartMs } from '@chungtay/core/policy/deadlines';
import { checkInvariants } from '@chungtay/core/policy/invariants';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { describe, expect, it } from 'vitest';
import { FakeEngine, LEAD, NOW_MS } from '../../composables/fake-engine.support.ts';
import type { DocumentView } from '../../stores/engine.ts';
import { joinCaseEdits, openCaseEdits, sealEdits, turnAwayEdits } from './open-case.ts';

function reportOf(kind: 'intake' | 'sealed-intake', sets: NonNullable<DocumentEdit['sets']>): DocumentView {
  const engine = new FakeEngine();
  const folder = engine.id() as FolderId;
  engine.writeAs(7, { document: documentIdOf(folder, kind, folder as string as Ulid), sets });
  const [report] = engine.viewOf(folder).documents;
  if (!report) throw new Error('no report');
  return report;
}

const REPORT = [
  { name: 'summary', value: 'Nghe tiếng khóc mấy đêm liền' },
  { name: 'childName', value: 'Vàng A Páo' },
  { name: 'dangerSigns', value: ['injury'] },
  { name: 'village', value: 'thon-3' },
  { name: 'isChildSafeNow', value: false },
  { name: 'receivedAt', value: NOW_MS - 60_000 },
];

const wrongIn = (edits: readonly DocumentEdit[]): readonly string[] =>
  edits.flatMap(({ document, sets = [], appends = [] }) => {
    const table = fieldTableOf(document.split('/')[1] ?? '');
    return [...sets, ...appends].filter(({ name, value }) => !table?.check(name, value)).map(({ name }) => name);
  });

const SEALED = '01K00000000000000000000077' as FolderId;

const valueOf = (edit: DocumentEdit | undefined, name: string) => edit?.sets?.find((set) => set.name === name)?.value;

describe('opening a case from a report', () => {
  it('is one group: the case with its first step, lead, team and what is told; the report with its link', () => {
    const report = reportOf('intake', REPORT);
    const [made, answered] = openCaseEdits(report, LEAD, NOW_MS);
    expect(made?.document).toBe(`${report.document.split('/')[0]}/case`);
    expect(made?.appends).toEqual([{ name: 'stage', value: { n: 1, to: 'received' } }]);
    expect(valueOf(made, 'intakes')).toEqual([report.document]);
    expect(valueOf(made, 'lead')).toBe(LEAD.member);
    expect(valueOf(made, 'narrative')).toBe('Nghe tiếng khóc mấy đêm liền');
    expect(valueOf(made, 'incidentVillage')).toBe('thon-3');
    expect(valueOf(answered, 'screening')).toBe('newCase');
    expect(valueOf(answered, 'case')).toBe(report.document.split('/')[0]);
    expect(wrongIn(openCaseEdits(report, LEAD, NOW_MS))).toEqual([]);
  });

  it('passes what the Hub asks of a new case', () => {
    const [made] = openCaseEdits(reportOf('intake', REPORT), LEAD, NOW_MS);
    if (!made) throw new Error('no case');
    const { document } = made;
    const edited = editDocument(emptyState(), { ...made, client: 5, member: 5, minutes: 1 });
    const parts = documentLabelParts(document);
    if (!edited.ok || !parts) throw new Error('not an edit');
    const author = { ...LEAD, namedFor: [], untilMs: null };
    const label = { ...parts, scope: EMPTY_SCOPE, owner: LEAD.member };
    const checked = checkInvariants({
      kind: 'case',
      before: null,
      after: edited.value.state,
      author,
      label,
      nowMs: NOW_MS,
    });
    expect(checked.ok).toBe(true);
  });

  it('stays sealed when the report is', () => {
    const report = reportOf('sealed-intake', [...REPORT, { name: 'abuseTypes', value: ['sexual'] }]);
    const [made] = openCaseEdits(report, LEAD, NOW_MS);
    expect(made?.document.split('/')[1]).toBe('sealed-case');
    expect(valueOf(made, 'abuseTypes')).toEqual(['sexual']);
  });
});

describe('other answers to a report', () => {
  it('joins it to a case without losing the reports that are there', () => {
    const report = reportOf('intake', REPORT);
    const document = documentIdOf('01K00000000000000000000099' as FolderId, 'case');
    const edits = joinCaseEdits(report, { document, intakes: ['a/intake/b'] }, NOW_MS);
    expect(valueOf(edits[0], 'intakes')).toEqual(['a/intake/b', report.document]);
    expect(valueOf(edits[1], 'screening')).toBe('joinedCase');
    expect(wrongIn(edits.slice(1))).toEqual([]);
  });

  it('turns it away with a reason and a time', () => {
    const [edit] = turnAwayEdits(reportOf('intake', REPORT), 'noRisk', 'Trẻ ngã xe, đã khám', NOW_MS);
    expect(edit?.sets?.map(({ name }) => name).toSorted()).toEqual(['screenedAt', 'screening', 'screeningReason']);
    expect(wrongIn(edit ? [edit] : [])).toEqual([]);
  });

  it('moves it to the sealed compartment: the content, never the answers', () => {
    const report = reportOf('intake', [...REPORT, { name: 'screeningReason', value: 'x' }]);
    const startMs = NOW_MS - 3_600_000;
    const edits = sealEdits(report, SEALED, { startMs, skewMs: 0 }, NOW_MS);
    expect(edits[0]?.document.split('/')[1]).toBe('sealed-intake');
    expect(valueOf(edits[0], 'summary')).toBe('Nghe tiếng khóc mấy đêm liền');
    // the clock that runs, not what the filer's tablet took the time to be
    expect(valueOf(edits[0], 'receivedAt')).toBe(startMs);
    expect(valueOf(edits[0], 'screeningReason')).toBeUndefined();
    expect(valueOf(edits[1], 'screening')).toBe('sealed');
    expect(wrongIn(edits)).toEqual([]);
  });

  it.each([
    ['right', 0],
    ['three days behind', 3 * 86_400_000],
    ['a day ahead', -86_400_000],
  ])('[DL-9] moved by a tablet whose clock is %s, its clock goes on where it ran', (_how, skewMs) => {
    const startMs = NOW_MS - 3_600_000;
    const tabletMs = NOW_MS - skewMs;
    const [made] = sealEdits(reportOf('intake', REPORT), SEALED, { startMs, skewMs }, tabletMs);
    const receipt = firstReceiptOf(NOW_MS, { writtenAtMs: tabletMs, skewMs, seenAtMs: 0 });
    expect(clockStartMs(Number(valueOf(made, 'receivedAt')), receipt)).toBe(startMs);
  });
});

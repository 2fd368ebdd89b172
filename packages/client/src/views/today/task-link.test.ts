import type { DocumentId, FolderId } from '@chungtay/core/model/ids';
import { describe, expect, it } from 'vitest';
import { taskLink } from './task-link.ts';

const FOLDER = '01K9ZZZZZZZZZZZZZZZZZZZZZZ' as FolderId;
const router = { hasRoute: (name: unknown) => name !== 'household-survey' };

function linkFor(
  kind: string,
  what: 'doTask' | 'judgeHeld' | 'chooseConflict' | 'visitAgain' | 'answerRequest' | 'reviewEmergency',
  own = '',
) {
  const document = `${FOLDER}/${kind}${own && `/${own}`}` as DocumentId;
  return taskLink({ what, document, folder: FOLDER, kind }, router);
}

describe('taskLink', () => {
  it.each([
    ['case', 'doTask', 'case'],
    ['sealed-case', 'chooseConflict', 'case'],
    ['task', 'doTask', 'case'],
    ['identity', 'chooseConflict', 'child'],
    ['education', 'chooseConflict', 'child'],
    ['held-identity', 'judgeHeld', 'held'],
  ] as const)('%s, %s leads to %s', (kind, what, name) => expect(linkFor(kind, what)?.name).toBe(name));

  it('names the report itself', () => {
    expect(linkFor('intake', 'doTask', 'X')).toEqual({ name: 'intake', params: { folder: FOLDER, own: 'X' } });
  });

  it.each(['answerRequest', 'reviewEmergency'] as const)('%s leads to the request itself', (what) =>
    expect(linkFor('access-health', what, 'X')).toEqual({ name: 'access', query: { yc: 'X' } }),
  );

  it('leads nowhere where no screen is', () => expect(linkFor('visit', 'visitAgain')).toBeNull());
});

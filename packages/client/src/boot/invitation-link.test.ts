import { describe, expect, it } from 'vitest';
import { takeInvitationCode } from './invitation-link.ts';

function pageAt(hash: string) {
  const replaced: string[] = [];
  const history = {
    state: null,
    replaceState: (_state: unknown, _title: string, url: string) => void replaced.push(url),
  };
  return { replaced, page: { location: { hash, pathname: '/' }, history } as unknown as Window };
}

describe('takeInvitationCode', () => {
  it('takes the code and leaves nothing of it in the address', () => {
    const { page, replaced } = pageAt('#i=7K2M9QXA4TPD0B3H');
    expect(takeInvitationCode(page)).toBe('7K2M9QXA4TPD0B3H');
    expect(replaced).toEqual(['/']);
  });

  it.each(['', '#', '#i=', '#i=<script>', '#main', `#i=${'A'.repeat(41)}`])('leaves %j alone', (hash) => {
    const { page, replaced } = pageAt(hash);
    expect(takeInvitationCode(page)).toBeNull();
    expect(replaced).toEqual([]);
  });
});

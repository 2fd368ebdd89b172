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

  it('takes no more of what is no code than a person would look through, and leaves none of it either', () => {
    const { page, replaced } = pageAt(`#i=${'A'.repeat(4_000)}`);
    expect(takeInvitationCode(page)).toBe('A'.repeat(40));
    expect(replaced).toEqual(['/']);
  });

  it.each(['', '#', '#i=', '#main'])('leaves %j alone', (hash) => {
    const { page, replaced } = pageAt(hash);
    expect(takeInvitationCode(page)).toBeNull();
    expect(replaced).toEqual([]);
  });
});

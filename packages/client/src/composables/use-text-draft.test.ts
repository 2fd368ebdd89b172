// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { effectScope, nextTick, shallowRef } from 'vue';
import { COMMIT_AFTER_MS, type RemoteText } from './text-draft.ts';
import { useTextDraft } from './use-text-draft.ts';

/** A field on paper: the value outside, what was committed, and a clock moved by hand. */
function field(start: string) {
  const remote = shallowRef<RemoteText>({ text: start, version: 'v0', author: null });
  const commits: string[] = [];
  let timers: { atMs: number; wake: () => void }[] = [];
  let nowMs = 0;
  const scope = effectScope();
  const draft = scope.run(() =>
    useTextDraft({
      remote: () => remote.value,
      commit: (text, seen) => commits.push(`${text} (saw ${seen})`),
      after(delayMs, wake) {
        const timer = { atMs: nowMs + delayMs, wake };
        timers.push(timer);
        return () => void (timers = timers.filter((other) => other !== timer));
      },
    }),
  );
  if (!draft) throw new Error('the scope is closed');
  return {
    draft,
    commits,
    scope,
    pass: (ms: number) => {
      nowMs += ms;
      const due = timers.filter((timer) => timer.atMs <= nowMs);
      timers = timers.filter((timer) => timer.atMs > nowMs);
      for (const timer of due) timer.wake();
    },
    arrives: async (text: string, version: string, author: string | null = 'Công an xã') => {
      remote.value = { text, version, author };
      await nextTick();
    },
  };
}

const setVisibility = (state: string) => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
};
afterEach(() => setVisibility('visible'));

describe('[UX-1] committing', () => {
  it('waits 400 ms after the last key and stores the whole text once', () => {
    const { draft, commits, pass } = field('');
    draft.enter();
    draft.type('T');
    pass(COMMIT_AFTER_MS - 1);
    draft.type('Th');
    pass(COMMIT_AFTER_MS - 1);
    expect(commits).toEqual([]);
    pass(1);
    expect(commits).toEqual(['Th (saw v0)']);
  });

  it('stores at once on leaving the field', () => {
    const { draft, commits } = field('');
    draft.enter();
    draft.type('Thuỷ');
    draft.leave();
    expect(commits).toEqual(['Thuỷ (saw v0)']);
  });

  it.each([
    ['the page is hidden', () => setVisibility('hidden')],
    ['the page goes away', () => window.dispatchEvent(new Event('pagehide'))],
  ])('stores when %s', (_, happen) => {
    const { draft, commits } = field('');
    draft.enter();
    draft.type('Lò Thị Mai');
    happen();
    expect(commits).toEqual(['Lò Thị Mai (saw v0)']);
  });

  it('stores when the screen is taken down', () => {
    const { draft, commits, scope } = field('');
    draft.enter();
    draft.type('Y Thiên');
    scope.stop();
    expect(commits).toEqual(['Y Thiên (saw v0)']);
  });

  it('stores nothing when nothing changed', () => {
    const { draft, commits } = field('Mai');
    draft.enter();
    draft.type('Mai');
    draft.leave();
    expect(commits).toEqual([]);
  });

  it('takes the words of an input method that only speaks at the end', () => {
    const { draft, commits, pass } = field('');
    draft.enter();
    draft.startComposing();
    draft.endComposing('Nguyễn');
    pass(COMMIT_AFTER_MS);
    expect(commits).toEqual(['Nguyễn (saw v0)']);
  });
});

describe('[UX-9] a remote edit', () => {
  it('shows at once in a field nobody is in', async () => {
    const { draft, arrives } = field('Nà Pàn');
    await arrives('Tả Phìn', 'v1');
    expect(draft.text.value).toBe('Tả Phìn');
    expect(draft.held.value).toBeNull();
  });

  it('waits while somebody is in the field', async () => {
    const { draft, arrives } = field('Nà Pàn');
    draft.enter();
    draft.type('Nà Pàn 2');
    await arrives('Tả Phìn', 'v1');
    expect(draft.text.value).toBe('Nà Pàn 2');
    expect(draft.held.value?.text).toBe('Tả Phìn');
  });

  it('waits while a word is being composed, even without focus events', async () => {
    const { draft, arrives } = field('');
    draft.startComposing();
    draft.type('Thuy');
    await arrives('TỪ MÁY KHÁC', 'v1');
    draft.endComposing('Thuỷ');
    expect(draft.text.value).toBe('Thuỷ');
  });

  it('is not mistaken for the echo of one’s own words', async () => {
    const { draft, arrives, pass } = field('');
    draft.enter();
    draft.type('a');
    pass(COMMIT_AFTER_MS);
    draft.type('ab');
    await arrives('a', 'v1', null);
    expect(draft.text.value).toBe('ab');
    expect(draft.held.value).toBeNull();
  });

  it('is not overwritten unseen: words typed on are stored as seen before it', async () => {
    const { draft, arrives, commits } = field('Nà Pàn');
    draft.enter();
    draft.type('Nà Pàn 2');
    await arrives('Tả Phìn', 'v1');
    draft.leave();
    expect(commits).toEqual(['Nà Pàn 2 (saw v0)']);
  });

  it('"Dùng" shows it and stores nothing', async () => {
    const { draft, arrives, commits, pass } = field('Nà Pàn');
    draft.enter();
    draft.type('Nà Pàn 2');
    await arrives('Tả Phìn', 'v1');
    draft.take();
    pass(COMMIT_AFTER_MS);
    draft.leave();
    expect(draft.text.value).toBe('Tả Phìn');
    expect(commits).toEqual([]);
  });

  it('"Giữ của tôi" stores one’s own words over it, having seen it', async () => {
    const { draft, arrives, commits } = field('Nà Pàn');
    draft.enter();
    draft.type('Nà Pàn 2');
    await arrives('Tả Phìn', 'v1');
    draft.keep();
    expect(commits).toEqual(['Nà Pàn 2 (saw v1)']);
    expect(draft.held.value).toBeNull();
  });

  it('that says the same needs no question', async () => {
    const { draft, arrives } = field('');
    draft.enter();
    draft.type('Tả Phìn');
    await arrives('Tả Phìn', 'v1');
    expect(draft.held.value).toBeNull();
  });
});

describe('holding a remote edit', () => {
  it('ends when the person leaves without having typed: the remote value shows', async () => {
    const { draft, arrives, commits } = field('Nà Pàn');
    draft.enter();
    await arrives('Tả Phìn', 'v1');
    expect(draft.text.value).toBe('Nà Pàn');
    draft.leave();
    expect(draft.text.value).toBe('Tả Phìn');
    expect(commits).toEqual([]);
  });
});

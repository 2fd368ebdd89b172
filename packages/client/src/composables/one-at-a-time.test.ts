import { describe, expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

describe('oneAtATime', () => {
  it('runs once more for all who called meanwhile, and never twice at once', async () => {
    const waiting: (() => void)[] = [];
    const ask = oneAtATime(() => new Promise((resolve) => void waiting.push(resolve)));
    const first = ask();
    await Promise.all([ask(), ask()]);
    expect(waiting).toHaveLength(1);
    waiting[0]?.();
    await Promise.resolve();
    expect(waiting).toHaveLength(2);
    waiting[1]?.();
    await first;
    expect(waiting).toHaveLength(2);
  });

  it('may be asked again after it failed', async () => {
    let asked = 0;
    const ask = oneAtATime(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('no')) : Promise.resolve();
    });
    await expect(ask()).rejects.toThrow('no');
    await ask();
    expect(asked).toBe(2);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { inIdleTurn } from './idle-turns.ts';

/** A page whose idle moments come when told. */
function idlePage() {
  const moments: (() => void)[] = [];
  vi.stubGlobal('requestIdleCallback', (wake: () => void) => moments.push(wake));
  return { moments, rest: () => moments.shift()?.() };
}

afterEach(() => vi.unstubAllGlobals());

describe('inIdleTurn', () => {
  it('gives each its own moment, first come first served', () => {
    const { rest, moments } = idlePage();
    const drawn: string[] = [];
    for (const part of ['carers', 'parents', 'papers']) inIdleTurn(() => drawn.push(part));
    expect([drawn, moments.length]).toEqual([[], 1]);
    rest();
    expect(drawn).toEqual(['carers']);
    rest();
    rest();
    expect([drawn, moments.length]).toEqual([['carers', 'parents', 'papers'], 0]);
  });

  it('leaves out who has gone, and goes on after one that fails', () => {
    const { rest } = idlePage();
    const drawn: string[] = [];
    const callOff = inIdleTurn(() => drawn.push('gone'));
    inIdleTurn(() => {
      throw new Error('broken');
    });
    inIdleTurn(() => drawn.push('last'));
    callOff();
    expect(rest).toThrow('broken');
    rest();
    expect(drawn).toEqual(['last']);
  });
});

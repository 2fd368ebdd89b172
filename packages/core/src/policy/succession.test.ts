import { describe, expect, it } from 'vitest';
import { ledUntilMs } from './succession.ts';
import type { Appointed } from './succession.ts';

const lead = (untilMs: number | null = null, suspended = false): Appointed => ({
  principal: { role: 'lead', untilMs },
  suspended,
});

describe('until when a lead is at work', () => {
  it.each<[string, readonly Appointed[], number]>([
    ['nobody', [], 0],
    ['one without an end', [lead()], Infinity],
    ['one who leaves', [lead(500)], 500],
    ['two who leave', [lead(500), lead(900)], 900],
    ['one suspended beside one who leaves', [lead(null, true), lead(500)], 500],
    ['one who has left', [lead(100)], 0],
    ['a chair', [{ principal: { role: 'chair', untilMs: null }, suspended: false }], 0],
  ])('[ENR-9] %s', (_who, people, untilMs) => {
    expect(ledUntilMs(people, 100)).toBe(untilMs);
  });
});

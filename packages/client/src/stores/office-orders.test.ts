import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { EngineApi } from './engine.ts';
import { createOrders } from './office-orders.ts';

type Outcome = Awaited<ReturnType<EngineApi['askOffice']>>;

/** Gives the same order twice, to an engine that fails with null; returns what it came to and whether it was one deed. */
async function twice(outcome: Outcome | null) {
  const keys: string[] = [];
  const askOffice: EngineApi['askOffice'] = (_verb, key) => {
    keys.push(key);
    return outcome ? Promise.resolve(outcome) : Promise.reject(new Error('the engine failed'));
  };
  const orders = createOrders({ askOffice });
  const once = (): ReturnType<typeof orders.ask> =>
    orders.ask('invite', { name: 'Lò Thị Mai' }, z.object({ n: z.int() }));
  const { is } = await once();
  await once();
  return [is, keys[0] === keys[1]];
}

describe('an order of the office', () => {
  it.each<[string, Outcome | null, string, boolean]>([
    ['done: the same again is another', { is: 'answered', answer: '{"n":1}' }, 'done', false],
    ['refused', { is: 'answered', answer: '{"problem":{"code":"name"}}' }, 'no', false],
    ['never sent', { is: 'offline' }, 'offline', false],
    ['without an answer: the same again is that one', { is: 'unknown' }, 'unknown', true],
    ['whose answer is not what was asked for', { is: 'answered', answer: '{"m":1}' }, 'unknown', true],
    ['that failed on its way, sent or not: the same again is that one', null, 'unknown', true],
    ['whose answer is cut', { is: 'answered', answer: '{"n":' }, 'unknown', true],
  ])('[SES-8] %s', async (_what, outcome, is, isSameDeed) => {
    expect(await twice(outcome)).toEqual([is, isSameDeed]);
  });
});

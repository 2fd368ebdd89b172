import { describe, expect, it } from 'vitest';
import { elementKey, formatKey, isFieldKey, logKey, opOf, parseKey, registerKey } from './field-key.ts';
import type { FieldKey } from './field-key.ts';

const keys: readonly [string, FieldKey][] = [
  ['fullName@8g9x4z.2f', registerKey('fullName')],
  ['a@0.0', registerKey('a')],
  ['team:3@1.0', elementKey('team', '3')],
  ['members:01J9Z3-ab_C@1z141z3.zik0zi', elementKey('members', '01J9Z3-ab_C')],
  ['stage#5.1', logKey('stage')],
  ['constructor@5.1', registerKey('constructor')],
];

const refused = [
  '',
  'fullName',
  'FullName@1.0',
  '1name@1.0',
  'full name@1.0',
  'tên@1.0',
  '@1.0',
  '#1.0',
  '__proto__@1.0',
  ':3@1.0',
  'team:@1.0',
  'team:a:b@1.0',
  'team:a b@1.0',
  'team:é@1.0',
  'team:3#1.0',
  `team:${'x'.repeat(41)}@1.0`,
  `${'x'.repeat(65)}@1.0`,
  'name\n@1.0',
];

describe('keys', () => {
  it.each(keys)('[DOC-3] %s is taken apart and put together again', (key, field) => {
    const parsed = parseKey(key);
    expect(parsed?.field).toEqual(field);
    expect(formatKey(field, parsed?.op ?? '')).toBe(key);
    expect(isFieldKey(field)).toBe(true);
  });

  it.each(refused)('[DOC-3] %j is no key', (key) => {
    expect(parseKey(key)).toBeNull();
  });

  it.each([
    registerKey('Name'),
    registerKey('a:b'),
    registerKey('a@1'),
    elementKey('a', ''),
    elementKey('a', 'b@c'),
    logKey('a#'),
    logKey('a:b'),
  ])('[DOC-3] $path is no place for a value', (field) => {
    expect(isFieldKey(field)).toBe(false);
  });

  it('[DOC-3] an op is base 36 of client and clock', () => {
    expect([opOf(0, 0), opOf(4294967295, 1073741823)]).toEqual(['0.0', '1z141z3.hra0hr']);
  });

  it('[DOC-3] what follows a second sign belongs to the op, which then equals no id', () => {
    expect(parseKey('name@1.0@2.0')?.op).toBe('1.0@2.0');
    expect(parseKey('name@1.0#2.0')?.op).toBe('1.0#2.0');
    expect(parseKey('name#1.0@2.0')).toBeNull();
    expect(parseKey('name##1.0')?.op).toBe('#1.0');
  });

  it('[DOC-3] what was read before changes nothing', () => {
    expect(parseKey('visits#1.0')?.field).toEqual(logKey('visits'));
    expect([parseKey('visits#@1.0'), parseKey('visits#1.0')?.field]).toEqual([null, logKey('visits')]);
    expect(parseKey('visits@1.0')?.field).toEqual(registerKey('visits'));
    for (let i = 0; i < 5000; i += 1) expect(parseKey(`made${i}Up@1.0`)?.field).toEqual(registerKey(`made${i}Up`));
    expect(parseKey('visits#1.0')?.field).toEqual(logKey('visits'));
  });
});

import { describe, expect, it } from 'vitest';
import type { Json } from '../base/any.ts';
import { isFieldKey, registerKey } from '../doc/field-key.ts';
import { readField } from '../doc/read.ts';
import { emptyState } from '../doc/state.ts';
import { SEALED_ABUSE_TYPES, isSealedAbuse } from '../model/abuse.ts';
import { SHIPPED_CATALOGUES, shippedCatalogue } from '../model/catalogue-defaults.ts';
import { CATALOGUES, catalogueItem } from '../model/catalogue.ts';
import { heldKindFor } from '../model/held.ts';
import type { DocumentId } from '../model/ids.ts';
import type { caseKind } from './case.ts';
import type { FieldValue } from './define.ts';
import { written } from './document.support.ts';
import type { household } from './household.ts';
import { columnLabel, fieldLabel, kindLabel, labelKeys, optionLabel } from './labels.ts';
import { KINDS, documentLabelParts, fieldOf, fieldTableOf, kindOf, strictestOf } from './registry.ts';

const FOLDER = '01J9ZZZZZZZZZZZZZZZZZZZZZZ';
const OWN = '01J9ZZZZZZZZZZZZZZZZZZZZZY';

function accepts(kind: string, field: string, value: Json): boolean {
  return fieldTableOf(kind)?.check(field, value) ?? false;
}

describe('the registry', () => {
  it('[KIND-1] knows each kind by its id, once', () => {
    expect(new Set(KINDS.map((kind) => kind.id)).size).toBe(KINDS.length);
    for (const kind of KINDS) expect(kindOf(kind.id)).toBe(kind);
    expect(kindOf('constructor')).toBeNull();
    expect(fieldTableOf('nothing')).toBeNull();
  });

  it('[KIND-1] tells the gate the type of each field, and of no other name', () => {
    const table = fieldTableOf('identity');
    expect([table?.typeOf('name'), table?.typeOf('groups'), table?.typeOf('notes')]).toEqual([
      'register',
      'map',
      'log',
    ]);
    for (const name of ['constructor', 'toString', '__proto__', 'hiv']) {
      expect(table?.typeOf(name)).toBeNull();
      expect(table?.check(name, 'x')).toBe(false);
    }
    expect(fieldTableOf('identity')).toBe(table);
  });

  it('[KIND-1] every field name obeys the grammar of documents', () => {
    for (const kind of KINDS) {
      for (const name of Object.keys(kind.fields))
        expect(isFieldKey(registerKey(name)), `${kind.id}.${name}`).toBe(true);
    }
  });

  it('[KIND-2] shows the strictest of two values while nobody has chosen', () => {
    let state = written(emptyState(), { set: { riskLevel: 'critical' } }, { minutes: 100 });
    state = written(state, { set: { riskLevel: 'low' } }, { client: 12, minutes: 200, isBlind: true });
    state = written(state, { set: { riskLevel: 'unheard-of' } }, { client: 13, minutes: 300, isBlind: true });
    expect(readField(state, 'riskLevel', strictestOf('case'))?.value).toBe('critical');
    expect(readField(state, 'riskLevel', strictestOf('sealed-case'))?.value).toBe('critical');
    expect(readField(state, 'riskLevel', strictestOf('no-kind'))?.value).toBe('unheard-of');
  });

  it.each([
    ['a singleton', `${FOLDER}/identity`, 'identity'],
    ['one of many', `${FOLDER}/intake/${OWN}`, 'protection'],
    ['a sealed twin', `${FOLDER}/sealed-intake/${OWN}`, 'sealed'],
    ['a singleton with a part too many', `${FOLDER}/identity/${OWN}`, null],
    ['one of many with a part too few', `${FOLDER}/intake`, null],
    ['an unknown kind', `${FOLDER}/diary`, null],
    ['no document id', 'identity', null],
  ])('[KIND-3] reads the label of %s from its id', (_case, document, compartment) => {
    expect(documentLabelParts(document as DocumentId)?.compartment ?? null).toBe(compartment);
  });
});

describe('kinds', () => {
  it('[KIND-4] the report has every line of Form 01, and not who told it', () => {
    const form01 =
      'receivingAgency paperNumber abbreviation place on subjects channel channelNote receivedAt childName birth estimatedAge sex ' +
      'incidentPlace village incidentCommune currentCondition predictedConsequence fatherName fatherAge fatherJob motherName ' +
      'motherAge motherJob familySituation currentCarer actionsTaken officer abuseTypes severity summary';
    for (const name of form01.split(' ')) expect(fieldOf('intake', name)).not.toBeNull();
    const informant = Object.keys(kindOf('informant')?.fields ?? {});
    for (const name of ['name', 'phone', 'address', 'note']) expect(informant).toContain(name);
    for (const name of Object.keys(kindOf('intake')?.fields ?? {}))
      expect(name).not.toMatch(/informant(?:Name|Phone|Address)/u);
    expect(kindOf('informant')?.compartment).toBe('sealed');
  });

  it.each(['intake', 'case', 'contact-note', 'task'])(
    '[KIND-5] the sealed twin of %s differs in audience and number alone',
    (id) => {
      const open = kindOf(id);
      const sealed = kindOf(`sealed-${id}`);
      expect(sealed).toMatchObject({
        compartment: 'sealed',
        labels: id,
        folder: open?.folder,
        singleton: open?.singleton,
      });
      expect(Object.keys(sealed?.fields ?? {})).toEqual(Object.keys(open?.fields ?? {}));
      expect(sealed?.numbered).toBe(open?.numbered && `${open.numbered}K`);
    },
  );

  it('[KIND-5] sexual abuse and trafficking can be named in sealed documents only', () => {
    for (const type of SEALED_ABUSE_TYPES) {
      expect(accepts('sealed-intake', 'abuseTypes', [type])).toBe(true);
      expect(accepts('sealed-case', 'abuseTypes', [type])).toBe(true);
      expect(accepts('intake', 'abuseTypes', [type])).toBe(!isSealedAbuse(type));
      expect(accepts('case', 'abuseTypes', [type])).toBe(!isSealedAbuse(type));
    }
    expect(SEALED_ABUSE_TYPES.filter(isSealedAbuse)).toEqual(['sexual', 'exploitation', 'trafficking']);
  });

  it('[KIND-6] lists each label once, twins under their sisters, with columns and options', () => {
    const keys = labelKeys();
    expect(keys).toEqual([...new Set(keys)].toSorted());
    for (const key of [
      'kinds.identity',
      'kinds.identity.sex.female',
      'kinds.household.members.relation.head',
      'kinds.case.stage.to.closed',
      'kinds.intake.abuseTypes.trafficking',
      'kinds.held.outcome.accepted',
    ]) {
      expect(keys).toContain(key);
    }
    expect(keys.filter((key) => /^kinds\.(?:sealed|held)-/u.test(key))).toEqual([]);
    for (const kind of KINDS) {
      for (const [name, field] of Object.entries(kind.fields)) {
        expect(keys).toContain(fieldLabel(kind, name));
        for (const column of Object.keys(field.columns ?? {})) expect(keys).toContain(columnLabel(kind, name, column));
        const options = 'options' in field.input ? field.input.options : [];
        for (const option of options) expect(keys).toContain(optionLabel(kind, name, option));
      }
      expect(keys).toContain(kindLabel(kind));
    }
  });

  it('[KIND-8] no group that tells of HIV, abuse, offence, drugs, illness or disability can stand in the register', () => {
    for (const group of ['G04', 'G05', 'G06', 'G07', 'G09', 'G10', 'G11', 'G12', 'G13', 'O1', 'O2']) {
      expect(accepts('identity', 'groups', { group })).toBe(false);
    }
    expect(accepts('identity', 'groups', { group: 'G01', since: '2024' })).toBe(true);
  });

  it('[KIND-9] a held edit lies in the compartment of its document; staff and own desks hold none', () => {
    for (const compartment of ['identity', 'education', 'health', 'support', 'protection', 'sealed'] as const) {
      const id = heldKindFor(compartment);
      expect(kindOf(id ?? '')).toMatchObject({ compartment, hubOnly: true });
    }
    expect([heldKindFor('staff'), heldKindFor('own')]).toEqual([null, null]);
  });
});

describe('values', () => {
  it.each([
    ['identity', 'name', 'H’Nuĕ', true],
    ['identity', 'name', "Y Thiên K'Buôr Ŏ-Dao", true],
    ['identity', 'name', 'Páo', true],
    ['identity', 'name', 'Chưa rõ họ tên, nam, khoảng 3 tuổi', true],
    ['identity', 'name', '', false],
    ['identity', 'name', 'a'.repeat(120), true],
    ['identity', 'name', 'a'.repeat(121), false],
    ['identity', 'name', 7, false],
    ['identity', 'birth', '2019', true],
    ['identity', 'birth', '2019-02', true],
    ['identity', 'birth', '2020-02-29', true],
    ['identity', 'birth', '2019-02-29', false],
    ['identity', 'birth', '2019-13', false],
    ['identity', 'birth', '29/02/2020', false],
    ['identity', 'birth', '1899', false],
    ['identity', 'personalId', '001219000123', true],
    ['identity', 'personalId', '00121900012', false],
    ['identity', 'personalId', '001 219 000 123', false],
    ['identity', 'personalId', 1219000123, false],
    ['identity', 'ethnicity', '08', true],
    ['identity', 'ethnicity', 'a people the list does not know yet', false],
    ['identity', 'fatherPhone', '0912 345 678 / 0987.654.321', true],
    ['identity', 'fatherPhone', 'gọi nhà bên', false],
    ['identity', 'birthOrder', 0, false],
    ['identity', 'household', FOLDER, true],
    ['identity', 'household', 'somewhere', false],
    ['household', 'members', { name: 'Giàng A Páo', relation: 'head', job: null }, true],
    ['household', 'members', { relation: 'head' }, false],
    ['household', 'latitude', 21.9, true],
    ['household', 'latitude', 91, false],
    ['health', 'growth', { on: '2026-10-01', weightKg: 9.4 }, true],
    ['health', 'growth', { on: '2026-10-01', weightKg: 940 }, false],
    ['health', 'growth', { weightKg: 9.4 }, false],
    ['health', 'vaccines', { vaccine: 'Measles-1', on: '2026-10-01' }, true],
    ['intake', 'currentCondition', 'Bé khóc, tay sưng.\nHàng xóm gọi.', true],
    ['intake', 'currentCondition', 'x'.repeat(8_001), false],
    ['intake', 'receivedAt', 1_790_000_000_000, true],
    ['intake', 'receivedAt', 1_790_000_000_000.5, false],
    ['intake', 'receivedAt', -1, false],
    ['intake', 'dangerSigns', Array.from({ length: 65 }, () => 'alone'), false],
    ['case', 'team', { member: 12, agency: 'police', role: 'police', until: '2026-12-31' }, true],
    ['case', 'team', { agency: 'police' }, false],
    ['case', 'stage', { n: 1, to: 'received' }, true],
    ['case', 'stage', { n: 1, to: 'forgotten' }, false],
    ['desk', 'preferences', { value: { textSize: 2, tabs: ['today'] } }, true],
    ['member', 'villages', ['na-pan', '*'], true],
    ['held', 'edits', [{ field: 'name', code: null, value: { a: [1] } }], true],
  ] as const)('[KIND-7] %s.%s: %j → %s', (kind, field, value, isAccepted) => {
    expect(accepts(kind, field, value as Json)).toBe(isAccepted);
  });

  it('[KIND-7] have the types of their fields', () => {
    const level: FieldValue<typeof caseKind, 'riskLevel'> = 'high';
    const row: FieldValue<typeof household, 'members'> = { name: 'Y Thiên', relation: 'child' };
    // @ts-expect-error a person of a household has a name
    const nameless: FieldValue<typeof household, 'members'> = { relation: 'child' };
    expect([accepts('case', 'riskLevel', level), accepts('household', 'members', row)]).toEqual([true, true]);
    expect(accepts('household', 'members', nameless)).toBe(false);
  });

  it('[KIND-7] no field asks for more than there is: every column but the named few may be missing', () => {
    for (const kind of KINDS) {
      for (const [name, { type, columns }] of Object.entries(kind.fields)) {
        if (type === 'register' || kind.id === 'desk') continue;
        const isEmptyAccepted = accepts(kind.id, name, {});
        const allNull = Object.fromEntries(Object.keys(columns ?? {}).map((column) => [column, null]));
        expect(accepts(kind.id, name, allNull)).toBe(isEmptyAccepted);
      }
    }
  });
});

describe('group 5', () => {
  const TELLS = /hiv|aids|\bG05\b|5-3\b|\barv\b/iu;

  it('[HIV-1] can be named in the closed part alone', () => {
    const open = KINDS.filter((kind) => kind.compartment !== 'hiv');
    for (const kind of open) {
      expect(kind.id).not.toMatch(TELLS);
      for (const [name, { input, columns }] of Object.entries(kind.fields)) {
        const inputs = [input, ...Object.values(columns ?? {}).map((column) => column.input)];
        const options = inputs.flatMap((each) => ('options' in each ? each.options : []));
        for (const word of [name, ...Object.keys(columns ?? {}), ...options]) {
          expect(word, `${kind.id}.${name}`).not.toMatch(TELLS);
        }
      }
    }
    for (const { items } of SHIPPED_CATALOGUES) {
      for (const { code, vi, en } of items) expect(`${code} ${vi} ${en}`).not.toMatch(TELLS);
    }
  });
});

describe('catalogues', () => {
  it('[KIND-10] each is shipped with its source, with codes that documents may hold', () => {
    expect(SHIPPED_CATALOGUES.map(({ id }) => id).toSorted()).toEqual([...CATALOGUES].toSorted());
    for (const { items, source } of SHIPPED_CATALOGUES) {
      expect(source).not.toBe('');
      expect(new Set(items.map((item) => item.code)).size).toBe(items.length);
      for (const { code, vi, en } of items) {
        expect(accepts('case', 'incidentVillage', code)).toBe(true);
        expect(Math.min(vi.length, en.length)).toBeGreaterThan(0);
      }
    }
    expect(shippedCatalogue('ethnicity').items).toHaveLength(55);
  });

  it('[KIND-10] a code that the list no longer has is no error', () => {
    expect(catalogueItem(shippedCatalogue('ethnicity'), '08')?.vi).toBe('Mông');
    expect(catalogueItem(shippedCatalogue('ethnicity'), '99')).toBeNull();
  });
});

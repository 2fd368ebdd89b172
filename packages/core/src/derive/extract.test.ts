import { describe, expect, it } from 'vitest';
import type { Json } from '../base/any.ts';
import type { DocState } from '../doc/state.ts';
import type { Column, FieldDefinition, KindDefinition } from '../kinds/define.ts';
import { documentOf } from '../kinds/document.support.ts';
import { fieldTableOf, kindOf } from '../kinds/registry.ts';
import { ROLES } from '../model/role.ts';
import { EXTRACT_IDS, type ExtractId } from '../policy/extract-ids.ts';
import { MATRIX } from '../policy/matrix.ts';
import { EXTRACTS, extractOf, tellFrom } from './extract.ts';

/** What each extract may tell, as the matrix has it in words: the test's own list. */
const MAY_TELL: Readonly<Partial<Record<ExtractId, readonly string[]>>> = {
  'identity-school': ['name', 'birth', 'guardian', 'phone'],
  'education-village': ['inSchool'],
  'education-health': ['school', 'schoolHealth'],
  'education-summary': ['inSchool', 'level'],
  'health-village': ['vaccinesMissing', 'hasDisabilityNeed'],
  'health-school': ['schoolNeeds'],
  'health-lead': ['disabilityTypes', 'disabilityDegree', 'needs', 'needsNote', 'costNote', 'monthlyCostDong'],
  'health-summary': ['disabilityDegree', 'hasDisabilityNeed'],
  'case-open': ['isOpen', 'child', 'contactPerson', 'contactPhone'],
  'case-health': ['isOpen', 'child', 'contactPerson', 'contactPhone', 'healthNeeds'],
  'support-village': ['received'],
  'support-school': ['feeSupport'],
  'support-health': ['healthCard', 'healthCardUntil'],
  'support-decisions': ['decisions'],
  'legal-status': ['hasMeasure', 'measures', 'parentMeasures'],
  'care-village': ['name', 'village', 'state', 'villageOpinion'],
  'care-health': ['name', 'village', 'healthCertificateOn', 'healthCertificatePlace', 'healthCertificateUntil'],
};

/** Fields of the source whose own words may appear in the extract. */
const MAY_QUOTE: Readonly<Partial<Record<ExtractId, readonly string[]>>> = {
  'identity-school': ['name', 'carerName'],
  'education-health': ['school', 'schoolHealth.finding'],
  'health-lead': ['needsNote', 'costNote'],
  'case-open': ['contactPerson'],
  'case-health': ['contactPerson', 'healthNeeds'],
  'support-decisions': ['decisions.number', 'decisions.policy'],
  'care-village': ['name', 'village', 'villageOpinion'],
  'care-health': ['name', 'village', 'healthCertificatePlace'],
};

const FOLDER = '01J9ZZZZZZZZZZZZZZZZZZZZZZ';
const REPORT = `${FOLDER}/intake/01J9ZZZZZZZZZZZZZZZZZZZZZY`;

const canary = (field: string): string => `chim-${field}`;

/** Returns a valid value; free text carries a canary that names its place. */
function sampleOf(column: Column, place: string): Json {
  const { input, schema } = column;
  const options = 'options' in input ? input.options : [];
  const plain = [canary(place), '2026-10-01', '001219000123', '0912345678', FOLDER, true, 5, 50, 1_000, 2026];
  const candidates: Json[] = [...plain, options[0] ?? null, options, ['01'], [REPORT], REPORT];
  const found = candidates.find((value) => value !== null && schema.safeParse(value).success);
  if (found === undefined || found === null) throw new Error(`no sample for ${place}`);
  return found;
}

function recordOf(field: FieldDefinition, name: string): Json {
  const columns = Object.entries(field.columns ?? {});
  return Object.fromEntries(columns.map(([column, definition]) => [column, sampleOf(definition, `${name}.${column}`)]));
}

/** Returns a document in which every field of the kind says something. */
function fullDocument(kind: KindDefinition): DocState {
  const set: Record<string, Json> = {};
  const rows: Record<string, Record<string, Json>> = {};
  const log: Record<string, Json[]> = {};
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.type === 'register') set[name] = sampleOf(field, name);
    if (field.type === 'map') rows[name] = { one: recordOf(field, name) };
    if (field.type === 'log') log[name] = [recordOf(field, name)];
  }
  for (const [name, value] of Object.entries(set)) expect(fieldTableOf(kind.id)?.check(name, value)).toBe(true);
  return documentOf({ set, rows, log });
}

const defined = EXTRACT_IDS.filter((id) => EXTRACTS[id] !== undefined);

describe('extracts', () => {
  it('[DRV-4] there is one for every parenthesis of the matrix whose kind exists', () => {
    const asked = new Set<string>();
    for (const row of Object.values(MATRIX)) {
      for (const role of ROLES) {
        for (const [kind, cell] of Object.entries(row[role].kinds ?? {})) {
          if (!cell.extract || !kindOf(kind)) continue;
          asked.add(cell.extract);
          expect(EXTRACTS[cell.extract]?.kinds).toContain(kind);
        }
      }
    }
    expect([...asked].toSorted()).toEqual([...defined].toSorted());
  });

  it.each(defined)('[DRV-5] %s tells only what the matrix says, of a document in which everything is said', (id) => {
    const found = EXTRACTS[id];
    for (const kindId of found?.kinds ?? []) {
      const kind = kindOf(kindId);
      if (!kind) throw new Error(kindId);
      const told = extractOf(id, kindId, fullDocument(kind));
      expect(Object.keys(told ?? {}).toSorted()).toEqual([...(MAY_TELL[id] ?? [])].toSorted());
      expect(Object.keys(told ?? {}).toSorted()).toEqual([...(found?.tells ?? [])].toSorted());
      const quoted = [...JSON.stringify(told).matchAll(/chim-([A-Za-z.]+)/gu)].map((match) => match[1]);
      expect(quoted.toSorted()).toEqual([...(MAY_QUOTE[id] ?? [])].toSorted());
    }
  });

  it.each(defined)('[DRV-5] %s is blind to every field it does not name', (id) => {
    const found = EXTRACTS[id];
    const seen = new Set<string>();
    const note = (name: string): null => {
      seen.add(name);
      return null;
    };
    found?.view({ value: note, records: (name) => (note(name), []), rows: (name) => (note(name), []) });
    expect([...seen].filter((name) => !found?.from.includes(name))).toEqual([]);
    for (const name of found?.from ?? []) {
      for (const kind of found?.kinds ?? []) expect(Object.keys(kindOf(kind)?.fields ?? {})).toContain(name);
    }
  });

  it('[DRV-5] a definition that looks further than it says is shown nothing there', () => {
    const health = kindOf('health');
    if (!health) throw new Error('health');
    const told = tellFrom(
      {
        from: ['cardNumber'],
        view: (see) => ({
          named: see.value('cardNumber'),
          leaked: [see.value('diagnosis'), ...see.records('injuries'), ...see.rows('vaccines')],
        }),
      },
      'health',
      fullDocument(health),
    );
    expect(told).toEqual({ named: canary('cardNumber'), leaked: [null] });
  });

  it('[DRV-5] records are told by their listed columns, whatever else they hold', () => {
    const checks = documentOf({
      log: {
        schoolHealth: [{ on: '2026-10-01', check: 'eyes', finding: 'cận', referred: true, by: 'Mai', smuggled: 'x' }],
      },
    });
    expect(extractOf('education-health', 'education', checks)).toEqual({
      school: null,
      schoolHealth: [{ on: '2026-10-01', check: 'eyes', finding: 'cận', referred: true }],
    });
    const decisions = documentOf({
      log: { decisions: [{ policy: 'gift', outcome: 'granted', on: '2026-10-01', reason: 'x', coefficient: 2.5 }] },
    });
    expect(extractOf('support-decisions', 'support', decisions)?.['decisions']).toEqual([
      { policy: 'gift', outcome: 'granted', number: null, on: '2026-10-01', from: null, until: null, amountDong: null },
    ]);
  });

  it('[DRV-3] a kind that has no such extract tells nothing', () => {
    expect(extractOf('identity-school', 'household', documentOf({ set: { head: 'Lò Văn Páo' } }))).toBeNull();
    expect(extractOf('legal-status', 'case', documentOf({ set: { childName: 'Mai' } }))).toBeNull();
  });

  it.each<[ExtractId, string, DocState, Record<string, Json>]>([
    [
      'identity-school',
      'identity',
      documentOf({
        set: {
          name: 'Sùng Thị Mỷ',
          birth: '2017-03',
          motherName: 'Giàng Thị Dợ',
          motherPhone: '0912345678',
          fatherName: 'Sùng A Chứ',
        },
      }),
      { name: 'Sùng Thị Mỷ', birth: '2017-03', guardian: 'Giàng Thị Dợ', phone: '0912345678' },
    ],
    [
      'identity-school',
      'identity',
      documentOf({ set: { name: 'Mỷ', carerName: 'Bà Sua', motherName: 'Dợ' } }),
      { name: 'Mỷ', birth: null, guardian: 'Bà Sua', phone: null },
    ],
    ['education-village', 'education', documentOf({ set: { status: 'attending' } }), { inSchool: true }],
    [
      'education-village',
      'education',
      documentOf({ set: { status: 'droppedOut', dropOutReason: 'marriage' } }),
      { inSchool: false },
    ],
    ['education-village', 'education', documentOf({ set: { summary: 'Học khá' } }), { inSchool: null }],
    [
      'health-school',
      'health',
      documentOf({ set: { diagnosis: 'động kinh', schoolNeeds: ['restAtSchool'] } }),
      { schoolNeeds: ['restAtSchool'] },
    ],
    [
      'health-summary',
      'health',
      documentOf({ set: { needs: [] } }),
      { disabilityDegree: null, hasDisabilityNeed: false },
    ],
    [
      'support-village',
      'support',
      documentOf({ rows: { entitlements: { a: { policy: 'gift', state: 'applied' } } } }),
      { received: false },
    ],
    [
      'support-village',
      'support',
      documentOf({ log: { receipts: [{ on: '2026-10-01', policy: 'gift' }] } }),
      { received: true },
    ],
    [
      'case-open',
      'case',
      documentOf({ set: { contactPerson: 'Lò Thị Mai' }, log: { stage: [{ n: 1, to: 'received' }] } }),
      { isOpen: true, child: null, contactPerson: 'Lò Thị Mai', contactPhone: null },
    ],
    [
      'case-open',
      'case',
      documentOf({
        log: {
          stage: [
            { n: 2, from: 'received', to: 'screenedOut' },
            { n: 1, to: 'received' },
          ],
        },
      }),
      { isOpen: false, child: null, contactPerson: null, contactPhone: null },
    ],
  ])('[DRV-3] %s of %s', (id, kind, state, told) => {
    expect(extractOf(id, kind, state)).toEqual(told);
  });

  it('[DRV-3] a village hears which doses are open, not which were given, nor why one is ruled out', () => {
    const state = documentOf({
      rows: {
        vaccines: {
          BCG: { vaccine: 'BCG', on: '2026-01-02' },
          MR: { vaccine: 'MR', contraindicated: true, note: 'dị ứng' },
          'JE-1': { vaccine: 'JE-1' },
          'HepB-0': null,
        },
      },
    });
    const told = extractOf('health-village', 'health', state);
    expect(told?.['vaccinesMissing']).toContain('HepB-0');
    expect(told?.['vaccinesMissing']).toContain('JE-1');
    expect(told?.['vaccinesMissing']).not.toContain('BCG');
    expect(told?.['vaccinesMissing']).not.toContain('MR');
  });
});

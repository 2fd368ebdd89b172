import { describe, expect, it } from 'vitest';
import type { Json } from '../base/any.ts';
import type { DocState } from '../doc/state.ts';
import { type Writer, type Writes, documentOf, written } from '../kinds/document.support.ts';
import type { DocumentId } from '../model/ids.ts';
import { DAY_MS, endOfDayMs, startOfDayMs } from '../policy/calendar.ts';
import { FOLDER } from '../policy/label.support.ts';
import { grantPartsOf, grantsOf } from './grants.ts';
import { mergeScopes, scopePartOf } from './scope.ts';

const [ASKER, LEAD, OTHER] = [21, 31, 32];
const REQUEST = '01J9ZZZZZZZZZZZZZZZZZZZZZA';
const [REPRESENTATIVE, CHILD] = ['01J9ZZZZZZZZZZZZZZZZZZZZZB', '01J9ZZZZZZZZZZZZZZZZZZZZZC'];
const RECEIVED_MS = Date.UTC(2026, 10, 2, 2);
const TERMS = {
  reason: 'Công văn số 12/CAX',
  member: ASKER,
  basis: 'written-request',
  from: '2026-11-02',
  until: '2026-11-30',
};
const BY_CONSENT = { ...TERMS, basis: 'consent' };
const WINDOW = { member: ASKER, fromMs: startOfDayMs('2026-11-02'), untilMs: endOfDayMs('2026-11-30') };

type Terms = Readonly<Record<string, Json>>;

function asked(terms: Terms = TERMS, more: Readonly<Record<string, Json>> = {}): DocState {
  return documentOf({ set: { ...terms, ...more } }, { member: ASKER });
}

function approved(state: DocState, terms: Terms = TERMS, writer: Partial<Writer> = {}): DocState {
  return written(state, { log: { approvals: [terms] } }, { member: LEAD, ...writer });
}

function idOf(kind: string, own: string): DocumentId {
  return `${FOLDER}/${kind}/${own}` as DocumentId;
}

/** The grants that a folder's documents make. */
function grantsIn(documents: Readonly<Record<string, DocState>>) {
  return grantsOf(partsIn(documents))
    .filter(({ fromMs, untilMs }) => fromMs < untilMs)
    .map(({ member, fromMs, untilMs }) => ({ member, fromMs, untilMs }));
}

/** To which agencies they are given. */
function agenciesIn(documents: Readonly<Record<string, DocState>>) {
  return mergeScopes(partsIn(documents)).grants.map(({ agency }) => agency);
}

function partsIn(documents: Readonly<Record<string, DocState>>) {
  return Object.entries(documents).map(([path, state]) => {
    const document = `${FOLDER}/${path}` as DocumentId;
    return grantPartsOf(path.split('/')[0] ?? '', state, document, RECEIVED_MS) ?? {};
  });
}

function grantsOfRequest(state: DocState, kind = 'access-education') {
  return grantsIn({ [`${kind}/${REQUEST}`]: state });
}

describe('what a request opens', () => {
  it('[DRV-19] nothing before somebody else approved it, then its days', () => {
    expect(grantsOfRequest(asked())).toEqual([]);
    expect(grantsOfRequest(approved(asked()))).toEqual([WINDOW]);
    expect(grantsOfRequest(approved(asked(), TERMS, { member: ASKER }))).toEqual([]);
  });

  it.each(['access-sealed', 'access-hiv'])('[DRV-19] in %s nothing before two different people did', (kind) => {
    const consents = kind === 'access-hiv' ? { consents: [idOf('hiv-consent', REPRESENTATIVE)] } : {};
    const terms = { ...TERMS, ...consents };
    const others = {
      [`hiv-consent/${REPRESENTATIVE}`]: documentOf({
        set: { by: 'representative', agreed: true, on: '2026-11-01', disclosedTo: ['cultureSociety'] },
      }),
      identity: documentOf({ set: { birth: '2025-05-01' } }),
    };
    const once = approved(asked(terms), terms);
    const opens = (state: DocState) => grantsIn({ [`${kind}/${REQUEST}`]: state, ...others });
    expect(opens(once)).toEqual([]);
    expect(opens(approved(once, terms, { client: 12 }))).toEqual([]);
    expect(opens(approved(once, terms, { member: ASKER, client: 12 }))).toEqual([]);
    expect(opens(approved(once, terms, { member: OTHER, client: 12 }))).toEqual([WINDOW]);
  });

  it.each<[string, Terms]>([
    ['somebody else', { member: OTHER }],
    ['longer', { until: '2026-12-30' }],
    ['sooner', { from: '2026-10-30' }],
    ['on another basis', { basis: 'consent' }],
    ['with other consents', { consents: [idOf('consent', CHILD)] }],
    ['for another reason', { reason: 'Xin xem thêm' }],
    ['on another paper', { paperNumber: '99/CAX' }],
    ['on a paper of another day', { paperOn: '2026-10-01' }],
  ])('[DRV-21] an approval speaks of what it says: made %s, nothing is open', (_what, change) => {
    const changed = written(approved(asked()), { set: change }, { member: ASKER, client: 13 });
    expect(grantsOfRequest(changed)).toEqual([]);
    expect(grantsOfRequest(written(approved(asked()), { set: change }, { client: 14, isBlind: true }))).toEqual([]);
    expect(
      grantsOfRequest(
        written(changed, { set: { ...TERMS, consents: null, paperNumber: null, paperOn: null } }, { client: 15 }),
      ),
    ).toEqual([WINDOW]);
  });

  it.each([
    ['refused', { refusals: [{ reason: 'Không đúng thẩm quyền' }] }],
    ['ended', { ended: [{ reason: 'Đã xong việc' }] }],
  ])('[DRV-19] nothing once it was %s, an emergency included', (_what, log) => {
    const emergency = { isEmergency: true };
    expect(grantsOfRequest(approved(asked(TERMS, emergency)))).toHaveLength(2);
    expect(grantsOfRequest(written(approved(asked(TERMS, emergency)), { log }, { client: 12 }))).toEqual([]);
  });

  it('[DRV-21] ninety days at most, and nothing without its last day', () => {
    const long = { ...TERMS, until: '2099-12-31' };
    const untilMs = WINDOW.fromMs + 90 * DAY_MS;
    expect(grantsOfRequest(approved(asked(long), long))).toEqual([{ ...WINDOW, untilMs }]);
    const { until: _until, ...open } = TERMS;
    expect(grantsOfRequest(approved(asked(open), TERMS))).toEqual([]);
    const turned = { ...TERMS, from: '2026-12-02' };
    expect(grantsOfRequest(approved(asked(turned), turned))).toEqual([]);
  });
});

describe('an emergency', () => {
  const emergency = (more: Terms = {}, member = ASKER) =>
    documentOf({ set: { isEmergency: true, reason: 'Cháu bị thương, cần gặp nhà trường ngay', ...more } }, { member });

  it('[DRV-20] opens at once, to whoever said so, for 24 hours from the Hub’s first receipt', () => {
    const day = { member: ASKER, fromMs: RECEIVED_MS, untilMs: RECEIVED_MS + DAY_MS };
    expect(grantsOfRequest(emergency())).toEqual([day]);
    expect(grantsOfRequest(emergency({ member: OTHER }))).toEqual([day]);
    expect(grantPartsOf('access-health', emergency(), idOf('access-health', REQUEST), null)?.requests).toEqual([]);
  });

  it.each<[string, Writes, Partial<Writer>, boolean]>([
    ['nobody', { set: { paperNumber: '12' } }, {}, true],
    ['who opened it', { log: { reviews: [{ isJustified: true, text: 'Đúng' }] } }, { member: ASKER }, true],
    ['somebody else', { log: { reviews: [{ isJustified: false, text: 'Không đúng' }] } }, { member: LEAD }, false],
    ['nobody, and it was ended', { log: { ended: [{ reason: 'Xong' }] } }, {}, true],
    ['nobody, and it was refused', { log: { refusals: [{ reason: 'Không' }] } }, { member: LEAD }, true],
  ])('[POL-25] waits for a review while %s has looked, over its end', (_who, writes, writer, needsReview) => {
    const state = written(emergency(), writes, { client: 12, ...writer });
    const document = idOf('access-education', REQUEST);
    const parts = grantPartsOf('access-education', state, document, RECEIVED_MS);
    const { grants } = mergeScopes([scopePartOf('access-education', state, document, RECEIVED_MS)]);
    expect(grants.some((grant) => grant.needsReview)).toBe(needsReview);
    expect(grantsOf([parts ?? {}])).toEqual(grants);
    const isOver = writes.log?.['ended'] !== undefined || writes.log?.['refusals'] !== undefined;
    expect(grantsOfRequest(state)).toHaveLength(isOver ? 0 : 1);
  });

  it.each<[string, DocState]>([
    ['without a reason', documentOf({ set: { isEmergency: true } }, { member: ASKER })],
    ['that is none', emergency({ isEmergency: false })],
    [
      'that two say',
      written(emergency(), { set: { isEmergency: true } }, { member: OTHER, client: 12, isBlind: true }),
    ],
    ['about which two differ', written(emergency(), { set: { isEmergency: false } }, { client: 12, isBlind: true })],
  ])('[DRV-20] opens nothing %s', (_what, state) => {
    expect(grantsOfRequest(state)).toEqual([]);
  });

  it.each(['access-hiv', 'access-sealed', 'access-support', 'access-care'])('[DRV-20] opens nothing in %s', (kind) => {
    expect(grantsOfRequest(emergency(), kind)).toEqual([]);
  });
});

describe('consent', () => {
  const consents = [idOf('consent', REPRESENTATIVE), idOf('consent', CHILD)].toSorted();
  const terms = { ...BY_CONSENT, consents };
  const given = (by: string, more: Terms = {}) =>
    documentOf({ set: { by, agreed: true, on: '2026-10-01', scope: ['education'], disclosedTo: ['police'], ...more } });
  const folder = (more: Readonly<Record<string, DocState>> = {}, birth: string | null = '2014-03-09') => ({
    [`access-education/${REQUEST}`]: approved(asked(terms), terms),
    [`consent/${REPRESENTATIVE}`]: given('representative'),
    [`consent/${CHILD}`]: given('child'),
    identity: documentOf({ set: { birth } }),
    ...more,
  });
  const without = (own: string) => ({ [`consent/${own}`]: documentOf({ set: { by: 'child' } }) });
  const nobody = { [`consent/${REPRESENTATIVE}`]: documentOf({ set: { agreed: true } }) };

  it('[DRV-22] of both opens; one of them alone does not', () => {
    expect(grantsIn(folder())).toEqual([WINDOW]);
    expect(grantsIn(folder(nobody))).toEqual([]);
    expect(grantsIn(folder(without(CHILD)))).toEqual([]);
  });

  it.each([
    ['a child of six is not asked', '2020-03-09', [WINDOW]],
    ['one whose birth is a year that may be seven years ago is', '2019', []],
    ['one of unknown age is', null, []],
    ['one born on 29 February is a day early', '2020-02-29', [WINDOW]],
    [
      'one who turns seven meanwhile is from then on',
      '2019-11-20',
      [{ ...WINDOW, untilMs: startOfDayMs('2026-11-20') }],
    ],
  ])('[DRV-22] %s', (_what, birth, expected) => {
    expect(grantsIn(folder(without(CHILD), birth))).toEqual(expected);
  });

  it('[DRV-22] of two births that nobody chose between the older counts', () => {
    const identity = written(
      documentOf({ set: { birth: '2021' } }),
      { set: { birth: '2012' } },
      { client: 12, isBlind: true },
    );
    expect(grantsIn(folder({ ...without(CHILD), identity }))).toEqual([]);
  });

  it.each<[string, DocState]>([
    ['withdrawn', written(given('representative'), { log: { withdrawals: [{ reason: 'Mẹ cháu đổi ý' }] } })],
    ['not given', given('representative', { agreed: false })],
    ['to something else', given('representative', { scope: ['health'] })],
    ['of nobody known', given('representative', { by: null })],
    ['without a day', given('representative', { on: null })],
    [
      'about which two differ',
      written(given('representative'), { set: { agreed: false } }, { client: 12, isBlind: true }),
    ],
  ])('[DRV-22] %s opens nothing', (_what, record) => {
    expect(grantsIn(folder({ [`consent/${REPRESENTATIVE}`]: record }))).toEqual([]);
  });

  it('[DRV-22] begins on its day, and one that the request does not name says nothing', () => {
    const later = given('child', { on: '2026-11-10' });
    expect(grantsIn(folder({ [`consent/${CHILD}`]: later }))).toEqual([
      { ...WINDOW, fromMs: startOfDayMs('2026-11-10') },
    ]);
    const one = { ...BY_CONSENT, consents: [idOf('consent', CHILD)] };
    expect(grantsIn(folder({ [`access-education/${REQUEST}`]: approved(asked(one), one) }))).toEqual([]);
  });

  it.each<[string, Json, Json, readonly string[]]>([
    ['both name', ['police', 'school'], ['union', 'police'], ['police']],
    ['each of them names', ['union', 'police'], ['union', 'police'], ['police', 'union']],
    ['one alone names: none', ['school'], ['police'], []],
    ['nobody names: none', null, null, []],
    ['an empty list names: none', [], ['police'], []],
  ])('[DRV-26] opens to the agencies that %s', (_what, mothers, childs, agencies) => {
    const documents = {
      ...folder({ [`consent/${REPRESENTATIVE}`]: given('representative', { disclosedTo: mothers }) }),
      [`consent/${CHILD}`]: given('child', { disclosedTo: childs }),
    };
    expect(agenciesIn(documents)).toEqual(agencies);
  });

  it('[DRV-26] of two words about whom it is for, opens to those whom both name; nothing but consent asks for it', () => {
    const said = given('representative', { disclosedTo: ['school', 'police'] });
    const other = written(said, { set: { disclosedTo: ['police', 'union'] } }, { client: 12, isBlind: true });
    const child = given('child', { disclosedTo: ['school', 'police', 'union'] });
    const documents = folder({ [`consent/${REPRESENTATIVE}`]: other, [`consent/${CHILD}`]: child });
    expect(agenciesIn(documents)).toEqual(['police']);
    expect(agenciesIn({ [`access-education/${REQUEST}`]: approved(asked()) })).toEqual([null]);
  });

  it('[DRV-26] opens to each agency from the day on which both had said so of it', () => {
    const later = '01J9ZZZZZZZZZZZZZZZZZZZZZD';
    const links = { ...terms, consents: [...consents, idOf('consent', later)].toSorted() };
    const documents = folder({
      [`access-education/${REQUEST}`]: approved(asked(links), links),
      [`consent/${CHILD}`]: given('child', { disclosedTo: ['police', 'union'] }),
      [`consent/${later}`]: given('representative', { disclosedTo: ['union'], on: '2026-11-10' }),
    });
    expect(agenciesIn(documents)).toEqual(['police', 'union']);
    expect(grantsIn(documents)).toEqual([WINDOW, { ...WINDOW, fromMs: startOfDayMs('2026-11-10') }]);
  });

  it('[DRV-22] group 5 opens by records of its own compartment alone, whatever the basis', () => {
    const twice = (requested: Terms) =>
      approved(approved(asked(requested), requested), requested, { member: OTHER, client: 12 });
    const open = { ...TERMS, consents };
    const other = given('representative', { scope: ['identity', 'hiv'] });
    const shared = { ...folder(), [`consent/${REPRESENTATIVE}`]: other };
    expect(grantsIn({ ...shared, [`access-hiv/${REQUEST}`]: twice(open) })).toHaveLength(0);
    const own = { ...TERMS, consents: [idOf('hiv-consent', REPRESENTATIVE), idOf('hiv-consent', CHILD)].toSorted() };
    const records = {
      [`hiv-consent/${REPRESENTATIVE}`]: given('representative'),
      [`hiv-consent/${CHILD}`]: given('child'),
    };
    expect(grantsIn({ ...records, [`access-hiv/${REQUEST}`]: twice(own) })).toEqual([WINDOW]);
  });
});

describe('the scope of a folder', () => {
  it('[DRV-23] holds its grants in one order, the same whoever makes it', () => {
    const documents: readonly (readonly [string, DocState])[] = [
      [`access-education/${REQUEST}`, approved(asked())],
      [`access-health/${CHILD}`, approved(asked(), TERMS, { member: OTHER })],
    ];
    const parts = documents.map(([path, state]) =>
      scopePartOf(path.split('/')[0] ?? '', state, `${FOLDER}/${path}` as DocumentId, RECEIVED_MS),
    );
    const scope = mergeScopes(parts);
    expect(scope.grants.map(({ compartment }) => compartment)).toEqual(['education', 'health']);
    expect(mergeScopes(parts.toReversed())).toEqual(scope);
    expect(mergeScopes([scope])).toEqual(scope);
  });
});

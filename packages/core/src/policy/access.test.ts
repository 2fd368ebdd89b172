import { describe, expect, it } from 'vitest';
import { KINDS, kindOf } from '../kinds/registry.ts';
import { COMPARTMENTS, type Compartment } from '../model/compartment.ts';
import { type DocumentLabel, type Principal } from '../model/principal.ts';
import { ROLES, type Role } from '../model/role.ts';
import { cellFor, decide, isAssigned, readAccess } from './access.ts';
import { FOLDER, ME, NOW_MS, OTHER, documentOfKind, labelOf, personOf } from './label.support.ts';
import { AUDIT_ROW, MATRIX, attachmentCompartment } from './matrix.ts';

const HERE = { villages: ['na-pan'], schools: ['th-na-pan'], team: [{ member: ME, untilMs: null }] };
const ELSEWHERE = { villages: ['ta-phin'], schools: ['th-ta-phin'], team: [{ member: OTHER, untilMs: null }] };
const MY_TASK = (kind: string) => ({ ...ELSEWHERE, assignees: [{ task: documentOfKind(kind), member: ME }] });

/** What a person may do with a document, in four letters: read (x = extract), create, write some field, decide. */
function may(person: Principal, label: DocumentLabel): string {
  const read = readAccess(person, label, NOW_MS);
  const fields = Object.keys(kindOf(label.kind)?.fields ?? {});
  const isAllowed = (action: Parameters<typeof decide>[1]): boolean => decide(person, action, label, NOW_MS).allowed;
  return [
    read.access === 'whole' ? 'r' : read.access === 'extract' ? 'x' : '-',
    isAllowed({ act: 'create' }) ? 'c' : '-',
    fields.some((field) => isAllowed({ act: 'write', field })) ? 'w' : '-',
    isAllowed({ act: 'decide' }) ? 'd' : '-',
  ].join('');
}

/** The same in five places: here, here and mine, elsewhere, elsewhere and mine, my task elsewhere. */
function everywhere(person: Principal, kind: string): string {
  return [
    may(person, labelOf(kind, { scope: HERE })),
    may(person, labelOf(kind, { scope: HERE, owner: ME })),
    may(person, labelOf(kind, { scope: ELSEWHERE })),
    may(person, labelOf(kind, { scope: ELSEWHERE, owner: ME })),
    may(person, labelOf(kind, { scope: MY_TASK(kind) })),
  ].join(' ');
}

/** The words of the table below. `*` = only what is assigned. */
const WORDS: Readonly<Record<string, string>> = {
  nothing: '---- ---- ---- ---- ----',
  reads: 'r--- r--- r--- r--- r---',
  'reads*': 'r--- r--- ---- ---- ----',
  'an extract': 'x--- x--- x--- x--- x---',
  'an extract*': 'x--- x--- ---- ---- ----',
  files: '---- -cw- ---- -cw- ----',
  'own task': '---- ---- ---- ---- r-w-',
  contributes: 'r-w- r-w- r-w- r-w- r-w-',
  'writes*': 'r-w- rcw- ---- ---- ----',
  writes: 'r-w- rcw- r-w- rcw- r-w-',
  'writes own': 'r--- rcw- r--- rcw- r---',
  'writes own*': 'r--- rcw- ---- ---- ----',
  'only own*': '---- rcw- ---- ---- ----',
  'only own': '---- rcw- ---- rcw- ----',
  decides: 'r-wd rcwd r-wd rcwd r-wd',
  'decides*': 'r-wd rcwd ---- ---- ----',
  'decides, writes own': 'r--d rcwd r--d rcwd r--d',
  approves: 'r-wd r-wd r-wd r-wd r-wd',
  'approves, writes nothing': 'r--d r--d r--d r--d r--d',
  'settles what was held': 'r-wd r-wd r-wd r-wd r-wd',
  'settles what was held*': 'r-wd r-wd ---- ---- ----',
};

/** A row in which most roles have nothing. */
function only(words: Partial<Record<Role, string>>): readonly string[] {
  return ROLES.map((role) => words[role] ?? 'nothing');
}

// Columns in the order of ROLES: collaborator, teacher, nurse, police, lead, councilOffice, union, chair, province, administrator.
const TABLE: Readonly<Record<string, readonly string[]>> = {
  identity: [
    'writes*',
    'an extract*',
    'reads*',
    'contributes',
    'decides',
    'contributes',
    'nothing',
    'reads',
    'nothing',
    'nothing',
  ],
  household: [
    'writes*',
    'nothing',
    'reads*',
    'contributes',
    'decides',
    'contributes',
    'nothing',
    'reads',
    'nothing',
    'nothing',
  ],
  visit: [
    'writes own*',
    'nothing',
    'reads*',
    'reads',
    'decides, writes own',
    'reads',
    'nothing',
    'reads',
    'nothing',
    'nothing',
  ],
  education: [
    'an extract*',
    'decides*',
    'an extract*',
    'nothing',
    'writes',
    'nothing',
    'nothing',
    'an extract',
    'nothing',
    'nothing',
  ],
  health: [
    'an extract*',
    'an extract*',
    'decides',
    'nothing',
    'an extract',
    'nothing',
    'nothing',
    'an extract',
    'nothing',
    'nothing',
  ],
  support: [
    'an extract*',
    'an extract*',
    'an extract*',
    'nothing',
    'decides',
    'an extract',
    'nothing',
    'approves',
    'nothing',
    'nothing',
  ],
  case: [
    'nothing',
    'an extract*',
    'an extract*',
    'contributes',
    'decides',
    'nothing',
    'nothing',
    'approves',
    'nothing',
    'nothing',
  ],
  intake: ['files', 'files', 'files', 'writes own', 'decides', 'nothing', 'nothing', 'approves', 'nothing', 'nothing'],
  'contact-note': [
    'nothing',
    'nothing',
    'only own*',
    'writes own',
    'decides, writes own',
    'nothing',
    'nothing',
    'approves, writes nothing',
    'nothing',
    'nothing',
  ],
  task: [
    'own task',
    'own task',
    'own task',
    'contributes',
    'decides',
    'nothing',
    'own task',
    'approves',
    'nothing',
    'nothing',
  ],
  informant: [
    'files',
    'files',
    'files',
    'decides, writes own',
    'files',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
  ],
  'sealed-case': [
    'nothing',
    'nothing',
    'sealed team',
    'approves',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
  ],
  'sealed-intake': [
    'files',
    'files',
    'files',
    'decides, writes own',
    'files',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
  ],
  'sealed-contact-note': [
    'nothing',
    'nothing',
    'writes own*',
    'decides, writes own',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
  ],
  'sealed-task': [
    'nothing',
    'nothing',
    'sealed team',
    'approves',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
  ],
  held: only({ lead: 'settles what was held', chair: 'settles what was held' }),
  'held-identity': only({ lead: 'settles what was held' }),
  'held-education': [
    'nothing',
    'settles what was held*',
    'nothing',
    'nothing',
    'settles as writer',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
  ],
  'held-health': [
    'nothing',
    'nothing',
    'settles what was held',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
  ],
  'held-support': [
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'settles what was held',
    'nothing',
    'nothing',
    'settles what was held',
    'nothing',
    'nothing',
  ],
  'held-sealed': [
    'nothing',
    'nothing',
    'nothing',
    'settles what was held',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
  ],
  hiv: only({}),
  offence: only({ police: 'decides', lead: 'an extract', chair: 'reads' }),
  proposal: only({ collaborator: 'only own*', lead: 'answers', chair: 'approves, writes nothing' }),
  carer: only({
    collaborator: 'an extract*',
    nurse: 'an extract',
    police: 'contributes',
    lead: 'decides',
    councilOffice: 'reads',
    chair: 'approves',
  }),
  gift: only({ union: 'only own', lead: 'decides, writes own', chair: 'approves, writes nothing' }),
  adult: only({ collaborator: 'writes*', nurse: 'writes', lead: 'writes' }),
  'watch-task': only({ collaborator: 'writes*', nurse: 'writes', lead: 'writes', union: 'own task' }),
  'held-hiv': only({}),
  'held-legal': only({ police: 'settles what was held' }),
  'held-care': only({ lead: 'settles what was held', chair: 'settles what was held' }),
  'held-watch': only({ lead: 'settles as writer' }),
  'reads-sealed': only({ nurse: 'writes own*', police: 'writes own' }),
  'reads-hiv': only({}),
  'reads-legal': only({ police: 'writes own', chair: 'writes own' }),
  consent: only({
    collaborator: 'writes*',
    nurse: 'writes*',
    police: 'reads',
    lead: 'decides',
    councilOffice: 'contributes',
    chair: 'reads',
  }),
  'hiv-consent': only({}),
  'access-identity': only({ lead: 'decides', union: 'only own', province: 'only own' }),
  'access-education': only({ teacher: 'decides*', police: 'only own', lead: 'decides' }),
  'access-health': only({ nurse: 'decides', police: 'only own', lead: 'contributes' }),
  'access-hiv': only({ lead: 'only own', chair: 'only own' }),
  'access-protection': only({ lead: 'decides', chair: 'decides', province: 'only own' }),
  'access-sealed': only({ police: 'decides', province: 'only own' }),
  'access-support': only({ lead: 'decides', chair: 'decides', province: 'only own' }),
  'access-care': only({ lead: 'decides', chair: 'decides', province: 'only own' }),
  member: Array.from(ROLES, () => 'reads'),
  desk: Array.from(ROLES, () => 'only own'),
};

const MORE_WORDS: Readonly<Record<string, string>> = {
  // reads another's, answers it
  answers: 'r-wd rcwd r-wd rcwd r-wd',
  // contributes where assigned: tasks and cases of sealed files have no field of the nurse's but open logs
  'sealed team': 'r-w- r-w- ---- ---- ----',
  'settles as writer': 'r-w- r-w- r-w- r-w- r-w-',
};

describe('the access matrix, kind by kind', () => {
  it('[POL-1] speaks about every kind there is', () => {
    expect(Object.keys(TABLE).toSorted()).toEqual(KINDS.map((kind) => kind.id).toSorted());
  });

  for (const [kind, words] of Object.entries(TABLE)) {
    for (const [column, role] of ROLES.entries()) {
      const word = words[column] ?? '';
      it(`[POL-1] ${kind}: ${role} ${word}`, () => {
        expect(everywhere(personOf(role), kind)).toBe(WORDS[word] ?? MORE_WORDS[word]);
      });
    }
  }
});

describe('the access matrix, row by row', () => {
  // Rights and scopes as the matrix of the law writes them; kinds that do not exist yet included.
  const ROWS: Readonly<Record<Compartment, readonly string[]>> = {
    identity: [
      'write assigned',
      'none all',
      'read assigned',
      'write all named-fields',
      'decide all',
      'write all named-fields',
      'need all ask',
      'read all',
      'aggregate all ask',
      'none all',
    ],
    education: [
      'none all',
      'decide assigned',
      'none all',
      'need all ask',
      'write all',
      'none all',
      'none all',
      'none all',
      'aggregate all',
      'none all',
    ],
    health: [
      'none all',
      'none all',
      'decide all',
      'need all ask',
      'none all',
      'none all',
      'none all',
      'none all',
      'aggregate all',
      'none all',
    ],
    hiv: [
      'none all',
      'none all',
      'none all',
      'none all',
      'need all ask',
      'none all',
      'none all',
      'need all ask',
      'aggregate all',
      'none all',
    ],
    protection: [
      'none all',
      'none all',
      'none all',
      'write all named-fields',
      'decide all',
      'none all',
      'none all',
      'decide all named-fields',
      'aggregate all ask',
      'none all',
    ],
    sealed: [
      'none all',
      'none all',
      'write assigned named-fields',
      'decide all named-fields',
      'none all',
      'none all',
      'none all',
      'none all',
      'need all ask',
      'none all',
    ],
    legal: [
      'none all',
      'none all',
      'none all',
      'decide all',
      'none all',
      'none all',
      'none all',
      'read all',
      'aggregate all',
      'none all',
    ],
    support: [
      'none all',
      'none all',
      'none all',
      'none all',
      'decide all',
      'none all',
      'none all',
      'decide all named-fields',
      'aggregate all ask',
      'none all',
    ],
    care: [
      'none all',
      'none all',
      'none all',
      'write all named-fields',
      'decide all',
      'read all',
      'none all',
      'decide all named-fields',
      'need all ask',
      'none all',
    ],
    watch: [
      'write assigned',
      'none all',
      'write all',
      'none all',
      'write all',
      'none all',
      'none all',
      'aggregate all',
      'none all',
      'none all',
    ],
    office: [
      'none all',
      'none all',
      'none all',
      'none all',
      'decide all',
      'none all',
      'none all',
      'decide all named-fields',
      'none all',
      'none all',
    ],
    staff: Array.from(ROLES, () => 'read all'),
    own: Array.from(ROLES, () => 'write owner'),
  };

  for (const compartment of COMPARTMENTS) {
    it.each(ROLES.map((role, column) => [role, ROWS[compartment][column]] as const))(
      `[POL-1] row ${compartment}: %s gets %s`,
      (role, words) => {
        const cell = cellFor(personOf(role), { kind: 'any-kind', compartment });
        const said = [cell.right, cell.scope, cell.extract, cell.fields && 'named-fields', cell.onRequest && 'ask'];
        expect(said.filter(Boolean).join(' ')).toBe(words);
      },
    );
  }

  it('[POL-1] the audit log is read by chair and province, and of his own deeds by the lead', () => {
    const readers = ROLES.filter((role) => AUDIT_ROW[role].right !== 'none');
    expect(readers).toEqual(['lead', 'chair', 'province']);
    expect(AUDIT_ROW.lead.scope).toBe('owner');
  });

  it.each([
    ['support', 'collaborator', 'proposal', 'write mine'],
    ['support', 'union', 'gift', 'write owner'],
    ['care', 'collaborator', 'carer', 'extract assigned'],
    ['care', 'nurse', 'carer', 'extract all'],
  ] as const)('[POL-1] in %s the %s has %s: %s', (compartment, role, kind, words) => {
    const { right, scope } = cellFor(personOf(role), { kind, compartment });
    expect(`${right} ${scope}`).toBe(words);
  });

  it('[KIND-11] every kind it names exists, in the compartment of its row', () => {
    for (const compartment of COMPARTMENTS) {
      const named = Object.values(MATRIX[compartment]).flatMap(({ kinds }) => Object.keys(kinds ?? {}));
      for (const kind of named) expect([kind, kindOf(kind)?.compartment]).toEqual([kind, compartment]);
    }
  });

  it('[POL-1] names a reason for every cell', () => {
    for (const row of Object.values(MATRIX)) {
      for (const cell of Object.values(row)) expect(cell.basis === 'none').toBe(cell.right === 'none');
    }
  });
});

describe('extracts', () => {
  it.each([
    ['identity', 'teacher', 'identity-school'],
    ['education', 'collaborator', 'education-village'],
    ['education', 'nurse', 'education-health'],
    ['education', 'chair', 'education-summary'],
    ['health', 'collaborator', 'health-village'],
    ['health', 'teacher', 'health-school'],
    ['health', 'lead', 'health-lead'],
    ['health', 'chair', 'health-summary'],
    ['case', 'teacher', 'case-open'],
    ['case', 'nurse', 'case-health'],
    ['support', 'collaborator', 'support-village'],
    ['support', 'teacher', 'support-school'],
    ['support', 'nurse', 'support-health'],
    ['support', 'councilOffice', 'support-decisions'],
    ['offence', 'lead', 'legal-status'],
    ['carer', 'collaborator', 'care-village'],
    ['carer', 'nurse', 'care-health'],
  ] as const)('[POL-2] of %s the %s gets %s instead of the document', (kind, role, extract) => {
    expect(readAccess(personOf(role), labelOf(kind, { scope: HERE }), NOW_MS)).toEqual({ access: 'extract', extract });
    expect(decide(personOf(role), { act: 'read' }, labelOf(kind, { scope: HERE }), NOW_MS)).toMatchObject({
      reason: 'no-right',
    });
  });
});

describe('edits that the Hub held', () => {
  const NAMED = ['sealed', 'hiv', 'legal'] as const;
  const held = KINDS.filter(({ id }) => id.startsWith('held'));

  it('[POL-23] lie where somebody decides about them, in every compartment whose edits may be held', () => {
    expect(held.map(({ compartment }) => compartment).toSorted()).toEqual(
      COMPARTMENTS.filter((compartment) => !['office', 'staff', 'own'].includes(compartment)).toSorted(),
    );
  });

  it.each(held.map((kind) => [kind.id, kind] as const))(
    '[POL-23] %s is read by who decides about it and reads what it may be of, requests included; by nobody else',
    (id, { compartment, fields }) => {
      const ofCompartment = KINDS.filter((kind) => kind.compartment === compartment && !kind.isReadLog);
      for (const role of ROLES)
        for (const namedFor of [[], NAMED]) {
          const person = personOf(role, { namedFor, villages: ['na-pan'], schools: ['th-na-pan'] });
          const reads = (kind: string) => readAccess(person, labelOf(kind, { scope: HERE }), NOW_MS).access === 'whole';
          const decides = fields['outcome']?.writers?.includes(role) === true && reads(ofCompartment[0]?.id ?? '');
          expect([role, namedFor, reads(id)]).toEqual([role, namedFor, decides]);
          const closed = ofCompartment.filter((kind) => !reads(kind.id));
          expect(reads(id) ? closed : []).toEqual([]);
        }
    },
  );
});

describe('closed compartments', () => {
  it.each([
    ['nurse', 'hiv', 'decides'],
    ['nurse', 'held-hiv', 'settles what was held'],
    ['nurse', 'reads-hiv', 'writes own'],
    ['lead', 'reads-sealed', 'writes own'],
    ['chair', 'reads-sealed', 'writes own'],
    ['lead', 'sealed-case', 'decides'],
    ['lead', 'sealed-intake', 'decides'],
    ['lead', 'informant', 'decides, writes own'],
    ['lead', 'sealed-task', 'decides'],
    ['lead', 'held-sealed', 'settles what was held'],
    ['chair', 'sealed-case', 'approves'],
    ['chair', 'informant', 'approves, writes nothing'],
  ] as const)('[POL-3] a named %s: %s %s', (role, kind, word) => {
    expect(everywhere(personOf(role, { namedFor: ['sealed', 'hiv'] }), kind)).toBe(WORDS[word]);
  });

  it('[POL-20] whoever reads in a closed compartment keeps a record of his own there, and writes in nobody else’s', () => {
    for (const kind of ['reads-sealed', 'reads-hiv', 'reads-legal'])
      for (const role of ROLES) {
        const person = personOf(role, { namedFor: ['sealed', 'hiv'] });
        for (const scope of [HERE, ELSEWHERE]) {
          const mayRead = readAccess(person, labelOf(kind, { scope }), NOW_MS).access === 'whole';
          const write = (owner: typeof ME, field = 'reads') =>
            decide(person, { act: 'write', field }, labelOf(kind, { scope, owner }), NOW_MS).allowed;
          expect([write(ME), write(OTHER), write(ME, 'constructor')]).toEqual([mayRead, false, false]);
        }
      }
  });

  it('[POL-3] being named for one closed compartment opens no other', () => {
    const label = labelOf('hiv', { scope: HERE });
    expect(readAccess(personOf('nurse', { namedFor: ['sealed'] }), label, NOW_MS).access).toBe('none');
    expect(readAccess(personOf('nurse', { namedFor: ['hiv'] }), label, NOW_MS).access).toBe('whole');
    expect(readAccess(personOf('lead', { namedFor: ['hiv'] }), label, NOW_MS).access).toBe('none');
  });
});

describe('where a right holds', () => {
  it('[POL-4] a case is nobody’s by place: only a seat in its team counts, until it ends', () => {
    const nurse = personOf('nurse', { villages: ['*'], schools: ['*'] });
    const seat = (untilMs: number | null) => ({ scope: { team: [{ member: ME, untilMs }] } });
    expect(readAccess(nurse, labelOf('case', { scope: { villages: ['na-pan'] } }), NOW_MS).access).toBe('none');
    expect(readAccess(nurse, labelOf('case', seat(null)), NOW_MS).access).toBe('extract');
    expect(readAccess(nurse, labelOf('case', seat(NOW_MS + 1)), NOW_MS).access).toBe('extract');
    expect(readAccess(nurse, labelOf('case', seat(NOW_MS)), NOW_MS).access).toBe('none');
  });

  it('[POL-4] who serves the whole commune holds children without a village too; others do not', () => {
    expect(readAccess(personOf('nurse', { villages: ['*'] }), labelOf('identity'), NOW_MS).access).toBe('whole');
    expect(readAccess(personOf('nurse'), labelOf('identity'), NOW_MS).access).toBe('none');
    expect(
      readAccess(
        personOf('nurse', { villages: [], schools: [] }),
        labelOf('identity', { scope: { villages: ['na-pan'] } }),
        NOW_MS,
      ).access,
    ).toBe('none');
  });

  it('[POL-4] an open conflict about the village keeps both villages’ people in', () => {
    const both = { scope: { villages: ['na-pan', 'ta-phin'] } };
    for (const village of both.scope.villages) {
      expect(isAssigned(personOf('collaborator', { villages: [village] }), labelOf('identity', both), NOW_MS)).toBe(
        true,
      );
    }
  });

  it('[POL-5] a task is seen by its assignee, and no other task of the folder', () => {
    const scope = { assignees: [{ task: `${FOLDER}/task/01J9ZZZZZZZZZZZZZZZZZZZZZX` as never, member: ME }] };
    expect(readAccess(personOf('collaborator'), labelOf('task', { scope }), NOW_MS).access).toBe('none');
    expect(
      decide(personOf('collaborator'), { act: 'write', field: 'state' }, labelOf('task', { scope }), NOW_MS),
    ).toEqual({ allowed: false, reason: 'not-here' });
  });

  it('[POL-6] a report may be filed about anywhere, and its filer fills it in but never its screening', () => {
    const mine = labelOf('intake', { owner: ME });
    const write = (field: string) => decide(personOf('teacher'), { act: 'write', field }, mine, NOW_MS);
    expect(decide(personOf('teacher'), { act: 'create' }, mine, NOW_MS)).toEqual({
      allowed: true,
      basis: 'dutyToReport',
    });
    expect(write('currentCondition').allowed).toBe(true);
    expect(write('screening')).toEqual({ allowed: false, reason: 'not-this-field' });
    expect(decide(personOf('teacher'), { act: 'read' }, mine, NOW_MS)).toEqual({ allowed: false, reason: 'no-right' });
  });

  it('[POL-7] an appointment that ended gives nothing, not even the own desk', () => {
    const gone = personOf('lead', { untilMs: NOW_MS });
    for (const { id } of KINDS) {
      expect(readAccess(gone, labelOf(id, { scope: HERE, owner: ME }), NOW_MS).access).toBe('none');
      expect(decide(gone, { act: 'create' }, labelOf(id, { owner: ME }), NOW_MS)).toEqual({
        allowed: false,
        reason: 'ended',
      });
      expect(readAccess(gone, labelOf('identity'), NOW_MS - 1).access).toBe('whole');
    }
  });
});

describe('fields', () => {
  const writable = (role: Role, kind: string, owner = OTHER): readonly string[] =>
    Object.keys(kindOf(kind)?.fields ?? {}).filter(
      (field) =>
        decide(
          personOf(role),
          { act: 'write', field },
          labelOf(kind, { owner, scope: { ...HERE, ...MY_TASK(kind) } }),
          NOW_MS,
        ).allowed,
    );

  it.each([
    [
      'police',
      'identity',
      [
        'personalId',
        'personalIdSeen',
        'personalIdMissing',
        'personalIdDoubt',
        'residence',
        'fatherPersonalId',
        'motherPersonalId',
        'movements',
        'notes',
      ],
    ],
    [
      'councilOffice',
      'identity',
      [
        'name',
        'birth',
        'birthEstimated',
        'sex',
        'birthCertificate',
        'birthCertificateOn',
        'birthCertificatePlace',
        'fatherName',
        'fatherBirthYear',
        'fatherVital',
        'fatherVitalOn',
        'motherName',
        'motherBirthYear',
        'motherVital',
        'motherVitalOn',
        'parentsEvidence',
        'vital',
        'movements',
        'notes',
      ],
    ],
    ['chair', 'case', ['stage', 'lead', 'team', 'isEmergency', 'emergencies', 'planDueOn', 'nextReviewOn', 'notes']],
    ['chair', 'intake', ['screening', 'screeningReason', 'screenedAt']],
    ['lead', 'intake', ['screening', 'screeningReason', 'screenedAt', 'child', 'case']],
    ['chair', 'support', ['decisions', 'notes']],
    [
      'lead',
      'support',
      ['entitlements', 'receipts', 'healthCard', 'healthCardUntil', 'feeSupport', 'feeSupportPolicy', 'notes'],
    ],
    ['collaborator', 'task', ['state', 'result', 'refusalReason', 'doneOn', 'evidence']],
    ['police', 'task', ['state', 'result', 'refusalReason', 'doneOn', 'evidence']],
    ['lead', 'held', ['outcome', 'outcomeReason']],
    ['police', 'held', []],
    ['lead', 'access-education', ['approvals', 'refusals', 'ended', 'reviews']],
    ['lead', 'access-health', ['reviews']],
    ['police', 'access-sealed', ['approvals', 'refusals', 'ended']],
    ['councilOffice', 'consent', ['withdrawals']],
  ] as const)('[POL-8] of another’s document the %s writes of %s: %j', (role, kind, fields) => {
    expect(writable(role, kind)).toEqual(fields);
  });

  it('[POL-8] police and lead both write what the story of a case needs, and only the lead its team', () => {
    for (const field of ['narrative', 'currentResidence', 'dangerSigns', 'isChildSafeNow']) {
      expect(writable('police', 'case')).toContain(field);
      expect(writable('lead', 'case')).toContain(field);
    }
    expect(writable('police', 'case')).not.toContain('team');
    expect(writable('police', 'case')).not.toContain('stage');
  });

  it('[POL-8] what only the Hub writes, and fields that do not exist, are refused as such', () => {
    const ask = (kind: string, action: Parameters<typeof decide>[1]) =>
      decide(personOf('lead'), action, labelOf(kind, { owner: ME }), NOW_MS);
    expect(ask('member', { act: 'create' })).toEqual({ allowed: false, reason: 'hub-only' });
    expect(ask('member', { act: 'write', field: 'role' })).toEqual({ allowed: false, reason: 'hub-only' });
    expect(ask('held', { act: 'create' })).toEqual({ allowed: false, reason: 'hub-only' });
    expect(ask('held', { act: 'write', field: 'edits' })).toEqual({ allowed: false, reason: 'hub-only' });
    for (const field of ['constructor', 'toString', '__proto__', 'none']) {
      expect(ask('identity', { act: 'write', field })).toEqual({ allowed: false, reason: 'not-this-field' });
    }
  });
});

describe('attachments', () => {
  it('[POL-9] lie where their document lies, but faces and injuries are sealed', () => {
    expect(attachmentCompartment('identity', 'paper')).toBe('identity');
    expect(attachmentCompartment('protection', 'injury')).toBe('sealed');
    expect(attachmentCompartment('identity', 'face')).toBe('sealed');
    expect(attachmentCompartment('hiv', 'face')).toBe('hiv');
  });
});

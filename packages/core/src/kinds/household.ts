import {
  choice,
  choices,
  folderLink,
  line,
  name,
  note,
  number,
  oneOf,
  partialDate,
  personalId,
  phone,
  village,
  year,
} from './columns.ts';
import { defineKind } from './define.ts';
import { log, register, rows } from './fields.ts';
import { SEXES } from './identity.ts';

/** The commune's yearly list. */
const ECONOMIC_STATUSES = ['poor', 'nearPoor', 'average', 'other'] as const;
/** Why children of a household are at risk (as the survey plans name them). R3 and R4 never say which reason. */
const RISK_GROUPS = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6'] as const;
/** What a member is to the head of the household. */
const RELATIONS = [
  'head',
  'spouse',
  'child',
  'parent',
  'grandparent',
  'grandchild',
  'sibling',
  'auntUncle',
  'stepParent',
  'fosterChild',
  'other',
] as const;
const WATER = ['piped', 'well', 'stream', 'rain', 'other'] as const;
const TOILETS = ['septic', 'dry', 'shared', 'none'] as const;

/** A household of the survey book: where it is, who lives in it, what weighs on it. */
export const household = defineKind({
  id: 'household',
  folder: 'household',
  compartment: 'identity',
  singleton: true,
  numbered: 'HO',
  fields: {
    village: register(village, { scope: 'village' }),
    code: register(line),
    head: register(name),
    headPersonalId: register(personalId),
    phone: register(phone),
    address: register(line),
    locationNote: register(note),
    latitude: register(number({ min: 8, max: 24, unit: '°' })),
    longitude: register(number({ min: 102, max: 118, unit: '°' })),
    headEthnicity: register(oneOf('ethnicity')),
    economicStatus: register(choice(ECONOMIC_STATUSES)),
    economicYear: register(year),
    economicCertificate: register(line),
    water: register(choice(WATER)),
    toilet: register(choice(TOILETS)),
    riskGroups: register(choices(RISK_GROUPS)),
    members: rows(
      {
        name,
        birth: partialDate,
        sex: choice(SEXES),
        relation: choice(RELATIONS),
        job: line,
        phone,
        awaySince: partialDate,
        awayWhere: line,
        child: folderLink,
      },
      ['name'],
    ),
    surveyNote: register(note),
    notes: log({ text: note }, ['text']),
  },
});

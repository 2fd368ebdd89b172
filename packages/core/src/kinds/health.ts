import { choice, choices, code, day, line, note, number, partialDate, someOf, yesNo } from './columns.ts';
import { defineKind } from './define.ts';
import { log, register, rows } from './fields.ts';

/** How a child was measured: lying under 24 months, standing from then on. */
const POSITIONS = ['lying', 'standing'] as const;
/** Degrees of the Law on Persons with Disabilities, the heaviest first. */
const DISABILITY_DEGREES = ['extremelySevere', 'severe', 'mild'] as const;
/** What a child needs so that it can live and learn: says nothing of the diagnosis. */
const CARE_NEEDS = [
  'wheelchairAccess',
  'hearingAid',
  'glasses',
  'frontSeat',
  'signLanguage',
  'medicineAtSchool',
  'restAtSchool',
  'noSports',
  'specialDiet',
  'personalAssistant',
  'rehabilitation',
  'orthopaedicAid',
  'transport',
  'other',
] as const;
const INJURY_PLACES = ['home', 'school', 'road', 'water', 'field', 'play', 'other'] as const;
const INJURY_SEVERITIES = ['firstAid', 'clinic', 'hospital', 'disability', 'death'] as const;

/** Growth, vaccines, disability, check-ups and care, kept by the health station (LAW-1). */
export const health = defineKind({
  id: 'health',
  folder: 'child',
  compartment: 'health',
  singleton: true,
  fields: {
    cardNumber: register(line),
    cardUntil: register(day),
    birthWeightG: register(number({ min: 300, max: 8_000, step: 10, unit: 'g' })),
    isPreterm: register(yesNo),
    growth: log(
      {
        on: day,
        weightKg: number({ min: 0.9, max: 150, step: 0.1, unit: 'kg' }),
        heightCm: number({ min: 30, max: 220, step: 0.1, unit: 'cm' }),
        position: choice(POSITIONS),
        place: line,
        note,
        corrects: line,
      },
      ['on'],
    ),
    vaccines: rows({ vaccine: code, on: day, place: line, lot: line, contraindicated: yesNo, note }, ['vaccine']),
    disabilityTypes: register(someOf('disabilityType')),
    disabilityDegree: register(choice(DISABILITY_DEGREES), { strictest: DISABILITY_DEGREES, isDecision: true }),
    disabilityCertificate: register(line),
    disabilityCertificateOn: register(day),
    chronicDisease: register(line),
    diagnosis: register(note),
    needs: register(choices(CARE_NEEDS)),
    needsNote: register(note),
    schoolNeeds: register(choices(CARE_NEEDS)),
    costNote: register(line),
    monthlyCostDong: register(number({ min: 0, max: 1_000_000_000, step: 1_000, unit: 'đ' })),
    checkups: log({ on: day, place: line, finding: note, referredTo: line, nextOn: day }, ['on']),
    injuries: log(
      {
        on: partialDate,
        place: choice(INJURY_PLACES),
        cause: line,
        severity: choice(INJURY_SEVERITIES),
        treatment: note,
        riskRemoved: yesNo,
      },
      ['on'],
    ),
    nextCheckupOn: register(day),
    notes: log({ text: note }, ['text']),
  },
});

import { choice, day, line, name, note, phone, village, yesNo } from './columns.ts';
import { type KindDefinition, defineKind } from './define.ts';
import { log, register } from './fields.ts';
import { task } from './task.ts';

/** Why an adult is looked after before there is a child at risk. */
const SITUATIONS = ['unwantedPregnancy', 'singleMother', 'brokenFamily', 'migrantInDifficulty'] as const;

/** An adult at risk who agreed to be looked after: as little as is needed (KIND-12). */
export const adult = defineKind({
  id: 'adult',
  folder: 'office',
  compartment: 'watch',
  singleton: true,
  fields: {
    village: register(village, { scope: 'village' }),
    name: register(name),
    phone: register(phone),
    situation: register(choice(SITUATIONS)),
    agrees: register(yesNo),
    agreedOn: register(day),
    withdrawnOn: register(day),
    need: register(note),
    nextOn: register(day),
    contacts: log({ on: day, by: line, text: note }, ['on', 'text']),
  },
});

/** What a union is asked to do for an adult of the list, without the file itself. */
export const watchTask: KindDefinition = {
  ...task,
  id: 'watch-task',
  folder: 'office',
  compartment: 'watch',
  labels: 'task',
};

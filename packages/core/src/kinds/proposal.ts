import { choice, code, day, note } from './columns.ts';
import { defineKind } from './define.ts';
import { register } from './fields.ts';

const ANSWERS = ['accepted', 'declined', 'alreadyReceived'] as const;

/** A village collaborator asks for a support of a child of his village; the officer answers (LAW-1). */
export const proposal = defineKind({
  id: 'proposal',
  folder: 'child',
  compartment: 'support',
  singleton: false,
  authored: true,
  fields: {
    policy: register(code),
    on: register(day),
    reason: register(note),
    answer: register(choice(ANSWERS), { writers: ['lead'], isDecision: true }),
    answerReason: register(note, { writers: ['lead'] }),
  },
});

import { AGENCIES, type Role } from '../model/role.ts';
import { choice, day, documentLink, instant, line, member, narrative, note } from './columns.ts';
import { defineKind } from './define.ts';
import { log, register } from './fields.ts';

/** The life of a task. */
const TASK_STATES = ['open', 'accepted', 'started', 'done', 'refused', 'cancelled'] as const;

const GIVERS: readonly Role[] = ['lead', 'chair'];
/** Whoever a task may be given to. */
const DOERS: readonly Role[] = ['collaborator', 'teacher', 'nurse', 'police', 'lead', 'union', 'chair'];

/** Something one person is asked to do, in words that carry no facts of the case beyond what he needs. */
export const task = defineKind({
  id: 'task',
  folder: 'case',
  compartment: 'protection',
  singleton: false,
  fields: {
    title: register(line, { writers: GIVERS }),
    instructions: register(note, { writers: GIVERS }),
    assignee: register(member, { scope: 'assignee', writers: GIVERS, isDecision: true }),
    agency: register(choice(AGENCIES), { writers: GIVERS }),
    due: register(day, { writers: GIVERS }),
    dueAt: register(instant, { writers: GIVERS }),
    state: register(choice(TASK_STATES), { writers: DOERS, isDecision: true }),
    result: register(narrative, { writers: DOERS }),
    refusalReason: register(note, { writers: DOERS }),
    doneOn: register(day, { writers: DOERS }),
    evidence: log({ text: note, document: documentLink }, ['text']),
  },
});

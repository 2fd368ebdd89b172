import { choice, documentLink, line, name, note, oneOf, phone, yesNo } from './columns.ts';
import { defineKind } from './define.ts';
import { register } from './fields.ts';

/** What the informant asked for. */
const INFORMANT_WISHES = ['keepSecret', 'mayBeContacted', 'wantsAnswer'] as const;

/** Form 01, A.3: who gave the information, only when they agreed to say so. Sealed always; may stay empty (KIND-4). */
export const informant = defineKind({
  id: 'informant',
  folder: 'case',
  compartment: 'sealed',
  singleton: false,
  authored: true,
  form: '01',
  fields: {
    intake: register(documentLink),
    agreed: register(yesNo),
    name: register(name),
    phone: register(phone),
    address: register(line),
    callerType: register(oneOf('callerType')),
    wish: register(choice(INFORMANT_WISHES)),
    note: register(note),
  },
});

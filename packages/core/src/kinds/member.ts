import { AGENCIES, ROLES } from '../model/role.ts';
import { choice, day, line, member as memberNumber, name, phone, places, yesNo } from './columns.ts';
import { defineKind } from './define.ts';
import { register } from './fields.ts';

/** Who works here and for whom: behind every name and agency on a screen. Written by the Hub from appointments. */
export const member = defineKind({
  id: 'member',
  folder: 'person',
  compartment: 'staff',
  singleton: true,
  hubOnly: true,
  fields: {
    name: register(name),
    title: register(line),
    role: register(choice(ROLES)),
    agency: register(choice(AGENCIES)),
    number: register(memberNumber),
    villages: register(places),
    schools: register(places),
    workPhone: register(phone),
    until: register(day),
    active: register(yesNo),
  },
});

import { access } from './vi/access.ts';
import { audit } from './vi/audit.ts';
import { caseWords } from './vi/case.ts';
import { child } from './vi/child.ts';
import { common } from './vi/common.ts';
import { directoryWords } from './vi/directory.ts';
import { enrol } from './vi/enrol.ts';
import { fields } from './vi/fields.ts';
import { forms } from './vi/forms.ts';
import { history } from './vi/history.ts';
import { importing } from './vi/import.ts';
import { intake } from './vi/intake.ts';
import { lease } from './vi/lease.ts';
import { office } from './vi/office.ts';
import { recover } from './vi/recover.ts';
import { register } from './vi/register.ts';
import { saving } from './vi/saving.ts';
import { sending } from './vi/sending.ts';
import { settings } from './vi/settings.ts';
import { shell } from './vi/shell.ts';
import { survey } from './vi/survey.ts';
import { time } from './vi/time.ts';
import { today } from './vi/today.ts';
import { unlock } from './vi/unlock.ts';
import { work } from './vi/work.ts';

/** The Vietnamese dictionary: the source of every key and of the parameters each message takes. */
export const vi = {
  ...common,
  ...shell,
  ...saving,
  ...fields,
  ...time,
  ...unlock,
  ...lease,
  ...recover,
  ...enrol,
  ...register,
  ...child,
  ...today,
  ...sending,
  ...importing,
  ...settings,
  ...work,
  ...forms,
  ...intake,
  ...caseWords,
  ...history,
  ...access,
  ...audit,
  ...office,
  ...directoryWords,
  ...survey,
} as const;

/** A key that both dictionaries have. */
export type MessageKey = keyof typeof vi;

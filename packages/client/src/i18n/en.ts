import type { DictionaryFor } from './dictionary.ts';
import { access } from './en/access.ts';
import { audit } from './en/audit.ts';
import { caseWords } from './en/case.ts';
import { child } from './en/child.ts';
import { common } from './en/common.ts';
import { directoryWords } from './en/directory.ts';
import { enrol } from './en/enrol.ts';
import { fields } from './en/fields.ts';
import { forms } from './en/forms.ts';
import { history } from './en/history.ts';
import { importing } from './en/import.ts';
import { intake } from './en/intake.ts';
import { lease } from './en/lease.ts';
import { office } from './en/office.ts';
import { recover } from './en/recover.ts';
import { register } from './en/register.ts';
import { saving } from './en/saving.ts';
import { sending } from './en/sending.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { survey } from './en/survey.ts';
import { time } from './en/time.ts';
import { today } from './en/today.ts';
import { unlock } from './en/unlock.ts';
import { work } from './en/work.ts';
import type { vi } from './vi.ts';

/** The English dictionary, fetched only when somebody chooses English. */
export const en: DictionaryFor<typeof vi> = {
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
};

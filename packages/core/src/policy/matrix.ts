/**
 * The access matrix, row by row, as the law's table is read: N → none · R → read · C → write · write-only → file · D → decide ·
 * agg → aggregate · need → need · a parenthesis after R → an extract · `*` → scope `assigned`. Rules POL-1 … POL-9.
 */
import type { Compartment } from '../model/compartment.ts';
import {
  type Row,
  approves,
  colleague,
  contributes,
  counts,
  countsOrNeed,
  decides,
  everyone,
  namedOnly,
  need,
  nobody,
  none,
  onlyFor,
  ownTask,
  owner,
  reads,
  report,
  sees,
  writes,
} from './cells.ts';
import { withPaperwork } from './paperwork.ts';

/** The rows whose documents are held by devices. The administrator, who runs the Hub, holds `staff` and his own desk, no file. */
export const MATRIX: Readonly<Record<Compartment, Row>> = {
  identity: withPaperwork('identity', {
    ...nobody,
    collaborator: writes('area', 'assigned'),
    teacher: onlyFor({ identity: sees('identity-school', 'school', 'assigned') }),
    nurse: { ...reads('health', 'assigned'), kinds: { consent: writes('health', 'assigned') } },
    police: contributes('verification'),
    lead: decides('childProtection'),
    councilOffice: contributes('civilStatus'),
    union: need,
    chair: reads('decision'),
    province: countsOrNeed,
  }),
  education: withPaperwork('education', {
    ...nobody,
    collaborator: onlyFor({ education: sees('education-village', 'area', 'assigned') }),
    teacher: decides('school', 'assigned'),
    nurse: onlyFor({ education: sees('education-health', 'health', 'assigned') }),
    police: need,
    lead: writes('childProtection'),
    chair: onlyFor({ education: sees('education-summary', 'decision') }),
    province: counts,
  }),
  health: withPaperwork('health', {
    ...nobody,
    collaborator: onlyFor({ health: sees('health-village', 'area', 'assigned') }),
    teacher: onlyFor({ health: sees('health-school', 'school', 'assigned') }),
    nurse: decides('health'),
    police: need,
    lead: onlyFor({ health: sees('health-lead', 'childProtection') }),
    chair: onlyFor({ health: sees('health-summary', 'decision') }),
    province: counts,
  }),
  hiv: withPaperwork('hiv', {
    ...nobody,
    nurse: namedOnly(decides('closedList')),
    lead: need,
    chair: need,
    province: counts,
  }),
  protection: withPaperwork('protection', {
    ...nobody,
    collaborator: onlyFor({ intake: report, task: ownTask }),
    teacher: onlyFor({ intake: report, task: ownTask, case: sees('case-open', 'school', 'assigned') }),
    nurse: onlyFor({
      intake: report,
      task: ownTask,
      case: sees('case-health', 'treatment', 'assigned'),
      'contact-note': writes('treatment', 'mine'),
    }),
    police: {
      ...contributes('verification'),
      kinds: { intake: writes('verification'), 'contact-note': writes('verification') },
    },
    lead: decides('childProtection'),
    union: onlyFor({ task: ownTask }),
    chair: approves('decision'),
    province: countsOrNeed,
  }),
  sealed: withPaperwork('sealed', {
    ...nobody,
    collaborator: onlyFor({ 'sealed-intake': report, informant: report }),
    teacher: onlyFor({ 'sealed-intake': report, informant: report }),
    nurse: {
      ...contributes('treatment', 'assigned'),
      kinds: {
        'sealed-intake': report,
        'sealed-contact-note': writes('treatment', 'assigned'),
        'held-sealed': none,
        informant: report,
      },
    },
    police: {
      ...approves('criminalCase'),
      kinds: {
        'sealed-intake': decides('criminalCase'),
        'sealed-contact-note': decides('criminalCase'),
        informant: decides('criminalCase'),
      },
    },
    lead: {
      ...namedOnly(decides('childProtection')),
      kinds: {
        'sealed-intake': namedOnly(decides('childProtection'), report),
        informant: namedOnly(decides('childProtection'), report),
      },
    },
    chair: namedOnly(approves('decision')),
    province: need,
  }),
  legal: withPaperwork('legal', {
    ...nobody,
    police: decides('criminalCase'),
    lead: onlyFor({ offence: sees('legal-status', 'childProtection') }),
    chair: reads('decision'),
    province: counts,
  }),
  support: withPaperwork('support', {
    ...nobody,
    collaborator: onlyFor({
      support: sees('support-village', 'area', 'assigned'),
      proposal: writes('proposal', 'mine'),
    }),
    teacher: onlyFor({ support: sees('support-school', 'school', 'assigned') }),
    nurse: onlyFor({ support: sees('support-health', 'health', 'assigned') }),
    lead: decides('childProtection'),
    councilOffice: onlyFor({ support: sees('support-decisions', 'supervision') }),
    union: onlyFor({ gift: writes('ownGift', 'owner') }),
    chair: approves('decision'),
    province: countsOrNeed,
  }),
  care: withPaperwork('care', {
    ...nobody,
    collaborator: onlyFor({ carer: sees('care-village', 'area', 'assigned') }),
    nurse: onlyFor({ carer: sees('care-health', 'health') }),
    police: contributes('verification'),
    lead: decides('childProtection'),
    councilOffice: reads('supervision'),
    chair: approves('decision'),
    province: need,
  }),
  watch: withPaperwork('watch', {
    ...nobody,
    collaborator: writes('watch', 'assigned'),
    nurse: writes('watch'),
    lead: writes('watch'),
    union: onlyFor({ 'watch-task': ownTask }),
    chair: counts,
  }),
  // No row of the law's matrix: closed but for those who answer for the office's work, until its kinds exist.
  office: { ...nobody, lead: decides('childProtection'), chair: approves('decision') },
  staff: everyone(colleague),
  own: everyone(owner),
};

/** Row L, the audit log: what each role may be shown of it. The lead sees what he did himself. It is no document of a device. */
export const AUDIT_ROW: Row = {
  ...nobody,
  lead: reads('ownDesk', 'owner'),
  chair: reads('supervision'),
  province: reads('supervision'),
};

/** What a picture or scan shows. */
export type AttachmentContent = 'paper' | 'face' | 'injury';

/** Row 8: an attachment lives in the compartment of what it belongs to; faces and injuries are always sealed, except inside `hiv`. Rule POL-9. */
export function attachmentCompartment(parent: Compartment, shows: AttachmentContent): Compartment {
  return shows === 'paper' || parent === 'hiv' ? parent : 'sealed';
}

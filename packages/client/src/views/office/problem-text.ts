import type { OfficeProblem } from '@chungtay/core/wire/office';
import type { I18n } from '../../i18n/use-i18n.ts';
import type { OfficeReply } from '../../stores/office-orders.ts';

/** Returns the sentence for a no of the office. */
function problemText({ t }: I18n, problem: OfficeProblem): string {
  const list = (problem.texts ?? []).join(', ');
  const name = problem.name ?? '';
  switch (problem.code) {
    case 'unknown-places':
    case 'unknown-compartments':
      return t(`office.no.${problem.code}`, { list });
    case 'last-lead':
      return t('office.no.last-lead', { name });
    case 'place-unknown':
    case 'place-name':
    case 'place-taken':
      return t('office.no.place', { name });
    case 'no-place':
    case 'no-lead':
    case 'said':
      return t('office.no.malformed');
    default:
      return t(`office.no.${problem.code}`);
  }
}

/** Returns what an order came to in words, or null when it was done. */
export function replyText(i18n: I18n, reply: OfficeReply<unknown>): string | null {
  if (reply.is === 'done') return null;
  return reply.is === 'no' ? problemText(i18n, reply.problem) : i18n.t(`office.${reply.is}`);
}

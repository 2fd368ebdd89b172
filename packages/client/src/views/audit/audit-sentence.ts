import type { AuditLine } from '@chungtay/core/wire/audit';

/** Which sentence tells a deed; its texts are `audit.say.<key>`. */
export const AUDIT_SENTENCES = [
  'read.open',
  'read.history',
  'read.export',
  'write',
  'held',
  'person.appointed',
  'person.suspended',
  'device.enrolled',
  'device.revoked',
  'recovery.asked',
  'recovery.approved',
  'recovery.refused',
  'recovery.withdrawn',
  'recovery.recovered',
  'hub.restored',
  'other',
] as const;

/** One of AUDIT_SENTENCES. */
export type AuditSentence = (typeof AUDIT_SENTENCES)[number];

/** Returns the sentence of a deed; `other` for what this release does not know. */
export function sentenceOf({ act, detail }: Pick<AuditLine, 'act' | 'detail'>): AuditSentence {
  const wanted = detail === null ? act : `${act}.${detail}`;
  return AUDIT_SENTENCES.find((key) => key === wanted) ?? 'other';
}

/** Returns the code of a head as it is read aloud: the first sixteen letters in fours. */
export function shortCode(code: string): string {
  return (
    code
      .slice(0, 16)
      .toUpperCase()
      .match(/.{1,4}/gu) ?? []
  ).join(' ');
}

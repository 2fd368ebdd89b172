/** Invitation codes as people write them; the Hub makes them, both sides read them alike. */

const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/u;
const LINK = /#i=(.*)$/su;
const BETWEEN = /[\s\p{Pd}._]/gu;

/** Why a code makes no device. Who holds the right one may know that it was used, is too old, or that the person's work here has ended. */
export const ENROL_REFUSALS = ['bad-code', 'used-code', 'expired-code', 'ended-code'] as const;

/** One of ENROL_REFUSALS. */
export type EnrolRefusal = (typeof ENROL_REFUSALS)[number];

/**
 * Returns a code as it was made, whatever people made of it: the whole link, small or full-width letters, spaces, any dash, O for 0, I and L
 * for 1. Null when it is none.
 */
export function parseInvitationCode(text: string): string | null {
  const written = LINK.exec(text)?.[1] ?? text;
  const code = written.normalize('NFKC').toUpperCase().replaceAll(BETWEEN, '').replaceAll('O', '0');
  const plain = code.replaceAll(/[IL]/gu, '1');
  return CODE.test(plain) ? plain : null;
}

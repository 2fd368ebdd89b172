/** Invitation codes as people write them; the Hub makes them, both sides read them alike. */

const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/u;

/** Returns a code as it was made, whatever people made of it in writing: small letters, spaces, dashes, O for 0, I and L for 1. Null when it is none. */
export function parseInvitationCode(text: string): string | null {
  const code = text.toUpperCase().replaceAll(/[\s-]/gu, '').replaceAll('O', '0').replaceAll(/[IL]/gu, '1');
  return CODE.test(code) ? code : null;
}

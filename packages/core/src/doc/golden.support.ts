import { bytesOfHex } from '../base/bytes.ts';

/** Returns the bytes of hexadecimal text, spaces and line ends aside. */
export function bytesOf(hex: string): Uint8Array {
  const bytes = bytesOfHex(hex.replaceAll(/\s/gu, ''));
  if (bytes === null) throw new Error('not hexadecimal');
  return bytes;
}

// Bytes written once and readable for ever: a change here is a change of the grammar, and breaks every tablet in the field.

/** Client 7, member 3 sets `fullName` and element 12 of `team`. */
export const FIRST_UPDATE = bytesOf(`01 02 07 00
  28 0101660c66756c6c4e616d6540372e3001750377124e677579e1bb856e205468e1bb8b204d61697d037da0ee6d
  28 0101660b7465616d3a313240372e31017503760104726f6c6577046c6561647d037da0ee6d
  00`);

/** Client 4194305, member 4 corrects the name, clears `birthOn`, appends to the log `stage`. */
export const SECOND_UPDATE = bytesOf(`01 03 81808002 00
  28 0101661066756c6c4e616d654032687763682e30017503770c48e280994d6169204e69c3aa7d047da7ee6d
  28 0101660f62697274684f6e4032687763682e310175037e7d047da7ee6d
  28 0101660d73746167652332687763682e32017503760202746f77046f70656e047269736b7c3f0000007d047da7ee6d
  01 07 01 00 01`);

/** The document after both. */
export const SNAPSHOT = bytesOf(`02
  03 81808002 00
  28 0101661066756c6c4e616d654032687763682e30017503770c48e280994d6169204e69c3aa7d047da7ee6d
  28 0101660f62697274684f6e4032687763682e310175037e7d047da7ee6d
  28 0101660d73746167652332687763682e32017503760202746f77046f70656e047269736b7c3f0000007d047da7ee6d
  02 07 00
  00 01
  28 0101660b7465616d3a313240372e31017503760104726f6c6577046c6561647d037da0ee6d
  00`);

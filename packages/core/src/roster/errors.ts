/** Why no sheet could be read at all: nothing of the file has gone in. */
export type RosterErrorCode =
  | 'empty'
  | 'tooLarge'
  | 'encrypted'
  | 'oldExcel'
  | 'notASheet'
  | 'webPage'
  | 'plainText'
  | 'notUnicode'
  | 'damaged'
  | 'zipBomb'
  | 'noRows'
  | 'noHeader'
  | 'noSuchSheet';

/** An expected refusal of a whole file. Carries no content of it. */
export interface RosterError {
  readonly code: RosterErrorCode;
}

/** Returns the refusal of that code. */
export function rosterError(code: RosterErrorCode): RosterError {
  return { code };
}

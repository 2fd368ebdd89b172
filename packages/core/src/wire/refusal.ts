/** The closed list of legitimate noes. Each has a sentence in vi and en on the client; none carries content. */
export const REFUSALS = [
  'malformed',
  'too-large',
  'bad-signature',
  'not-author',
  'chain-broken',
  'unknown-document-kind',
  'clock-gap',
  'foreign-operation',
  'unknown-field',
  'invalid-value',
  'twice',
  'too-many-conflicts',
  'no-grant',
  'not-here',
  'not-this-field',
  'hub-only',
  'not-leased',
  'after-refused',
  'group-incomplete',
  'device-revoked',
  'device-forked',
  'client-too-old',
  'hub-too-old',
  'not-enrolled',
  'bad-proof',
  'too-slow',
  'too-fast',
  'not-reviewed',
] as const;

/** One of REFUSALS. */
export type RefusalCode = (typeof REFUSALS)[number];

/** Why an edit is kept aside for the owner instead of refused: it was made before something changed (POL-17), or the document it changes is out of service. */
export const HOLDS = ['right-ended', 'moved-away', 'locked', 'stage-changed', 'damaged'] as const;

/** One of HOLDS. */
export type HoldCode = (typeof HOLDS)[number];

/** WebSocket close codes of the Feed: 4400 + a refusal = stop retrying; 1012 restart; 1013 later; 1009 too big; every other close means retry. */
export const CLOSE = { refused: 4400, restart: 1012, later: 1013, tooBig: 1009 } as const;

/** Returns the close code that says `refusal` to a device: 4400 and its place in REFUSALS. */
export function closeCodeOf(refusal: RefusalCode): number {
  return CLOSE.refused + REFUSALS.indexOf(refusal);
}

/** Returns the refusal that a close code says, or null when it says none: then the device tries again. */
export function refusalOfClose(code: number): RefusalCode | null {
  return REFUSALS[code - CLOSE.refused] ?? null;
}

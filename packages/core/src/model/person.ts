/** As the papers have it; null elsewhere means not known. */
export type Sex = 'male' | 'female';

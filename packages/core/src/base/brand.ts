/** A type that only its own maker can produce: `Brand<string, 'DocumentId'>` is no longer any string. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };

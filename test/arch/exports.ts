import { type SourceFile, withoutComments } from './source.ts';

/** One exported declaration: where it is, what it is, whether a docstring stands above it. */
export interface Exported {
  readonly name: string;
  readonly form: string;
  readonly isDocumented: boolean;
}

const declaration =
  /^export\s+(?:declare\s+)?(?:abstract\s+|async\s+)*(function|class|interface|type|const|let)\b\*?\s*(\w+)/u;
const list = /^export\s+(?:type\s+)?\{([^}]*)\}/gmu;

/** Returns the names a module declares and exports, in order; overloads count once, with the first one's docstring. */
export function exportsOf(file: SourceFile): Exported[] {
  const lines = file.text.split('\n');
  const found = new Map<string, Exported>();
  lines.forEach((line, at) => {
    const [, form, name] = declaration.exec(line) ?? [];
    if (form === undefined || name === undefined || found.has(name)) return;
    found.set(name, { name, form, isDocumented: (lines[at - 1] ?? '').trimEnd().endsWith('*/') });
  });
  return [...found.values()];
}

/** Returns the names given in export lists: `export { a as b }` gives `b`. */
export function listedExportsOf(file: SourceFile): string[] {
  return [...withoutComments(file.text).matchAll(list)]
    .flatMap((match) => (match[1] ?? '').split(','))
    .map((part) => part.trim().split(/\s+/u).at(-1) ?? '')
    .filter((name) => name !== '');
}

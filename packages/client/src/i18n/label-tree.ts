/** The labels of one kind, as a tree: the key '' is the branch's own label, the others go deeper (field, column, option, `help`). */
export type LabelTree = string | { readonly [key: string]: LabelTree };

/** Returns the labels of a tree under dotted keys: `kinds.identity.sex`, `kinds.identity.sex.male`. */
export function labelsOf(tree: LabelTree, prefix: string): Readonly<Record<string, string>> {
  if (typeof tree === 'string') return { [prefix]: tree };
  const labels: Record<string, string> = {};
  for (const [key, branch] of Object.entries(tree)) {
    Object.assign(labels, labelsOf(branch, key === '' ? prefix : `${prefix}.${key}`));
  }
  return labels;
}

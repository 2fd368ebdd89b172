import type { Json } from '@chungtay/core/base/any';
import type { ChildRow } from '@chungtay/core/derive/child-row';
import { type Likeness, likenessOf, type LikenessReason } from '@chungtay/core/derive/duplicates';
import { documentIdOf, type FolderId } from '@chungtay/core/model/ids';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';

/** A child before it has a file: fields of `identity`, as typed. */
export type NewChild = Readonly<Record<string, Json>>;

/** The lines of S06, in order. */
export const NEW_CHILD_FIELDS = [
  'name',
  'birth',
  'sex',
  'village',
  'motherName',
  'carerName',
  'carerPhone',
  'personalId',
] as const;

/** Somebody of the register who may be this child. */
export interface Candidate {
  readonly row: ChildRow;
  readonly score: number;
  /** What speaks for it; nothing that speaks against. */
  readonly reasons: readonly LikenessReason[];
}

const AGAINST: readonly LikenessReason[] = ['otherId', 'nameDiffers', 'birthDiffers', 'motherDiffers'];
const WORTH_SHOWING = 0.4;
const MOST_SHOWN = 5;

/** Returns who may be the same child, the likeliest first. */
export function candidatesAmong(rows: readonly ChildRow[], child: NewChild): readonly Candidate[] {
  const asked = likenessFrom(child);
  return rows
    .map((row) => {
      const { score, reasons } = likenessOf(asked, likenessOfRow(row));
      return { row, score, reasons: reasons.filter((reason) => !AGAINST.includes(reason)) };
    })
    .filter(({ score }) => score >= WORTH_SHOWING)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_SHOWN);
}

/** Returns the children of the register whose number was typed for the new one: two never share one, whatever their names. */
export function withNumberOf(rows: readonly ChildRow[], child: NewChild): readonly ChildRow[] {
  const typed = child['personalId'];
  return typeof typed === 'string' && typed !== '' ? rows.filter((row) => row.personalId === typed) : [];
}

/** Returns what makes the child: one document, only the lines that were filled. */
export function newChildEdits(folder: FolderId, child: NewChild): readonly DocumentEdit[] {
  const told: Record<string, Json> = { ...child };
  // a number read off a paper or told is not yet checked by the police
  if (told['personalId']) told['personalIdSeen'] = 'told';
  const sets = Object.entries(told)
    .filter(([, value]) => value !== null && value !== '' && value !== false)
    .map(([name, value]) => ({ name, value }));
  return [{ document: documentIdOf(folder, 'identity'), sets }];
}

function likenessFrom(child: NewChild): Likeness {
  const text = (name: string): string | null => {
    const value = child[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const sex = text('sex');
  return {
    name: text('name') ?? '',
    birth: text('birth'),
    sex: sex === 'male' || sex === 'female' ? sex : null,
    mother: text('motherName'),
    father: null,
    place: text('village') ?? '',
    personalId: text('personalId'),
  };
}

function likenessOfRow(row: ChildRow): Likeness {
  const { name, birth, sex, motherName: mother, fatherName: father, village, personalId } = row;
  return { name: name ?? '', birth, sex, mother, father, place: village ?? '', personalId };
}

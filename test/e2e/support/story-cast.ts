/** Who plays the story, by role; the names are those of the invented commune. */
export const CAST = {
  collaborator: 'Lò Thị Mai',
  teacher: 'Hoàng Thu Trang',
  nurse: 'Vàng Thị Mỷ',
  police: 'Lò Văn Dũng',
  lead: 'Đàm Thị Hương',
} as const;

/** A role of the story. */
export type Part = keyof typeof CAST;

/** Every role of the story. */
export const PARTS = Object.keys(CAST) as readonly Part[];

/** The child whose file five agencies write. */
export const CHILD = 'Giàng Thị Pa Chía';

/** What `stage-commune.ts` made: an invitation and a number for each name, the child's folder and the folder of the open case. */
export interface StagedCommune {
  readonly codes: Readonly<Record<string, string>>;
  readonly numbers: Readonly<Record<string, number>>;
  readonly child: string;
  readonly case: string;
}

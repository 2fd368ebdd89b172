/** Who sits where: which devices a scenario has, what each writes and what it reads. Documents are households of the corpus, by number. */
import { recordOf, type Stroke } from '../corpus.ts';

/** One device. */
export interface Seat {
  /** Devices of one group are of one village: with us, that is their right to read one another. */
  readonly group: number;
  readonly writes: readonly number[];
  readonly reads: readonly number[];
}

/** The field that a stroke sets; every peer's record has it. */
export const STROKE_FIELD = 'address';

const WORD = 'lần ';
/** Every fifth record of the corpus is a household. */
const RECORDS_APART = 5;

/** Returns what stroke number `stroke` of a document says. */
export function textOfStroke(stroke: number): string {
  return WORD + stroke;
}

/** Returns the number of the stroke that wrote `value`; -1 when none did. */
export function strokeOfText(value: unknown): number {
  return typeof value === 'string' && value.startsWith(WORD) ? Number(value.slice(WORD.length)) : -1;
}

/** Returns the record of the corpus that document `number` begins as. */
export function recordIndexOf(number: number): number {
  return number * RECORDS_APART;
}

/** Returns the whole document in one stroke, number 0. */
export function firstStroke(number: number): Stroke {
  const { strokes } = recordOf(recordIndexOf(number));
  const registers = Object.assign({}, ...strokes.map((stroke) => stroke.registers), {
    [STROKE_FIELD]: textOfStroke(0),
  });
  const rows = Object.assign({}, ...strokes.map((stroke) => stroke.rows));
  const logs = Object.assign({}, ...strokes.map((stroke) => stroke.logs));
  return { registers, rows, logs };
}

/** One writes document 0, `readers` read it. */
export function fanOutSeats(readers: number): readonly Seat[] {
  const writer: Seat = { group: 0, writes: [0], reads: [] };
  return [writer, ...Array.from({ length: readers }, (): Seat => ({ group: 0, writes: [], reads: [0] }))];
}

/** Groups of three: each writes `each` documents of its own and reads those of the two others. */
export function teamSeats(teams: number, each: number): readonly Seat[] {
  const own = (place: number) => Array.from({ length: each }, (_, k) => place * each + k);
  return Array.from({ length: teams * TEAM }, (_, place) => {
    const group = Math.floor(place / TEAM);
    const others = [0, 1, 2].map((k) => group * TEAM + k).filter((other) => other !== place);
    return { group, writes: own(place), reads: others.flatMap(own) };
  });
}

/** One has written `documents`, the others hold them all. */
export function holderSeats(documents: number, holders: number): readonly Seat[] {
  const all = Array.from({ length: documents }, (_, number) => number);
  const writer: Seat = { group: 0, writes: all, reads: [] };
  return [writer, ...Array.from({ length: holders }, (): Seat => ({ group: 0, writes: [], reads: all }))];
}

const TEAM = 3;

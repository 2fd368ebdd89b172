/** What is to be written on which day, and by whom. Chances come from a seed: the same commune does the same work each time. */
import type { Clock, Random } from '@chungtay/core/base/world';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { DemoChild } from '@chungtay/server/demo/register';
import type { Tablet } from './tablet.ts';

/** One stroke of work. */
export interface Job {
  readonly by: Tablet;
  /** Returns the edits, all in one group; null when what they build on is not on the tablet yet: asked again the next day. */
  readonly make: (by: Tablet, day: number) => readonly DocumentEdit[] | null;
}

/** How work is planned. */
export interface Planning {
  readonly agenda: Agenda;
  readonly words: Words;
  /** For ids. */
  readonly random: Random & Clock;
  readonly days: number;
  /** The children who do not move away: what is measured of them is asked of the same people each time. */
  readonly stay: ReadonlySet<DemoChild>;
}

/** See the file's head. */
export class Agenda {
  readonly #days = new Map<number, Job[]>();

  /** Plans a job; one after the last day is never asked for. */
  add(day: number, job: Job): void {
    const jobs = this.#days.get(day);
    if (jobs) jobs.push(job);
    else this.#days.set(day, [job]);
  }

  /** Takes the day's jobs. */
  take(day: number): readonly Job[] {
    const jobs = this.#days.get(day) ?? [];
    this.#days.delete(day);
    return jobs;
  }
}

const SYLLABLES =
  `gia đình khó khăn bố mẹ đi làm ăn xa ở nhà chăm con nhỏ trẻ khoẻ mạnh học đều thích vẽ bóng bà ngoại chính cần hỗ trợ sách vở đầu
  năm gần suối mùa mưa nhắc trông cô giáo báo hay nghỉ thứ hai sẽ gặp phụ huynh đã hướng dẫn giấy khai sinh thẻ bảo hiểm y tế thôn
  trường lớp đội cạnh văn hoá cầu treo ngã ba chợ núi đồi chè thăm lại tháng sau cân nặng chiều cao đủ mũi tiêm ông chú bác nương
  ruộng vay vốn sửa mái bếp nước sạch đường đến điểm xe đạp áo ấm bữa trưa bán trú thi hết kỳ bạn vui ngoan chậm nói mắt kém`.split(
    /\s+/u,
  );

/** Chances and words of one seed. */
export class Words {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Says yes in this share of all questions. */
  chance(share: number): boolean {
    return this.#random() < share;
  }

  /** Returns a whole number from 0 to below `n`. */
  upTo(n: number): number {
    return Math.floor(this.#random() * n);
  }

  /** Returns one of the list. */
  pick<T>(list: readonly T[]): T {
    return list[this.upTo(list.length)] as T;
  }

  /** Returns about so many syllables of plain speech. */
  say(syllables: number): string {
    const count = Math.max(1, Math.round(syllables * (0.6 + 0.8 * this.#random())));
    return Array.from({ length: count }, () => this.pick(SYLLABLES)).join(' ');
  }

  /** Returns a telephone number. */
  phone(): string {
    return `09${String(this.upTo(100_000_000)).padStart(8, '0')}`;
  }
}

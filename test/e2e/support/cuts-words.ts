import type { CaseTexts } from './story-acts.ts';

/** What everybody writes in one round: the round is in every word of it, so that nothing is found by accident. */
export interface RoundWords {
  readonly schooling: string;
  readonly weightKg: string;
  readonly seen: string;
  readonly case: CaseTexts;
}

/** Returns the words of a round. */
export function roundWords(seed: number): RoundWords {
  // never a whole number, which is shown without its tenth
  const [kg, tenth] = [10 + Math.floor((seed % 1_000) / 9), 1 + (seed % 9)];
  return {
    schooling: `Nghỉ học để trông em, lượt ${seed}.`,
    weightKg: `${kg},${tenth}`,
    seen: `Cháu có vết bầm ở tay, lượt ${seed}.`,
    case: {
      lead: {
        'Trẻ đang ở đâu': `Ở nhà bà ngoại, lượt ${seed}.`,
        'Ai đang chăm sóc trẻ': `Bà ngoại Vàng Thị Chu, lượt ${seed}.`,
        'Diễn biến vụ việc': `Đã gặp mẹ cháu, lượt ${seed}a.`,
      },
      police: {
        'Trẻ đang ở đâu': `Tạm ở nhà trưởng bản, lượt ${seed}.`,
        'Người gây hại là gì của trẻ': `Chú ruột, lượt ${seed}.`,
        'Diễn biến vụ việc': `Hàng xóm nghe tiếng cãi nhau, lượt ${seed}b.`,
      },
    },
  };
}

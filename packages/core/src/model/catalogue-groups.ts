import type { Catalogue } from './catalogue.ts';

/** The groups in words, but for group 5, which is named in the closed part of health alone. */
export const GROUP_NAMES: Catalogue = {
  id: 'group',
  source:
    'Law on Children 102/2016/QH13 Art. 10; at-risk and other groups as named in the survey plan of Tân Thành 2023 [verify]',
  items: [
    { code: 'G01', vi: 'Mồ côi cả cha và mẹ', en: 'Orphan of both parents' },
    { code: 'G02', vi: 'Bị bỏ rơi', en: 'Abandoned' },
    { code: 'G03', vi: 'Không nơi nương tựa', en: 'Without support' },
    { code: 'G04', vi: 'Khuyết tật', en: 'With a disability' },
    { code: 'G06', vi: 'Vi phạm pháp luật', en: 'In conflict with the law' },
    { code: 'G07', vi: 'Nghiện ma túy', en: 'Dependent on drugs' },
    {
      code: 'G08',
      vi: 'Phải bỏ học kiếm sống, chưa hoàn thành phổ cập trung học cơ sở',
      en: 'Left school to earn a living before completing lower secondary',
    },
    {
      code: 'G09',
      vi: 'Bị tổn hại nghiêm trọng về thể chất và tinh thần do bị bạo lực',
      en: 'Seriously harmed in body and mind by violence',
    },
    { code: 'G10', vi: 'Bị bóc lột', en: 'Exploited' },
    { code: 'G11', vi: 'Bị xâm hại tình dục', en: 'Sexually abused' },
    { code: 'G12', vi: 'Bị mua bán', en: 'Trafficked' },
    {
      code: 'G13',
      vi: 'Mắc bệnh hiểm nghèo hoặc bệnh phải điều trị dài ngày, thuộc hộ nghèo hoặc cận nghèo',
      en: 'Critically ill or in long treatment, of a poor or near-poor household',
    },
    {
      code: 'G14',
      vi: 'Di cư, lánh nạn, tị nạn chưa xác định được cha mẹ hoặc không có người chăm sóc',
      en: 'Migrant, displaced or refugee, parents unidentified or without a carer',
    },
    { code: 'R1', vi: 'Hộ nghèo, cận nghèo', en: 'Poor or near-poor household' },
    { code: 'R2', vi: 'Bỏ học, chưa hoàn thành trung học cơ sở', en: 'Dropped out before completing lower secondary' },
    { code: 'R3', vi: 'Gia đình có vấn đề xã hội', en: 'Family with social problems' },
    { code: 'R4', vi: 'Gia đình có người bị xử lý', en: 'Family with a member under a measure' },
    { code: 'R5', vi: 'Cha mẹ đều đi xa từ 6 tháng trở lên', en: 'Both parents away for six months or more' },
    { code: 'R6', vi: 'Mồ côi cha hoặc mẹ', en: 'Orphan of one parent' },
    { code: 'O1', vi: 'Bị bắt cóc, chiếm đoạt, đánh tráo', en: 'Abducted, appropriated or swapped' },
    { code: 'O2', vi: 'Bị tai nạn thương tích', en: 'Injured' },
  ],
};

/** The sub-clauses of Decree 56/2017 that were at hand; the others are written by the commune from the decree's text. */
export const GROUP_CLAUSES: Catalogue = {
  id: 'groupClause',
  source:
    'Decree 56/2017/NĐ-CP Art. 3–16; cases 6 to 9 of Art. 5, Art. 6, 8 and 10 from memory, others not at hand [verify]',
  items: [
    { code: 'G01-1', vi: 'Mồ côi, không người chăm sóc', en: 'Orphan without a carer' },
    { code: 'G01-2', vi: 'Mồ côi, sống trong cơ sở trợ giúp', en: 'Orphan in a facility' },
    { code: 'G01-3', vi: 'Mồ côi, sống với người thân thích', en: 'Orphan living with relatives' },
    { code: 'G01-4', vi: 'Mồ côi, được cá nhân, gia đình chăm sóc thay thế', en: 'Orphan in alternative care' },
    { code: 'G02-1', vi: 'Bị bỏ rơi, chưa được chăm sóc thay thế', en: 'Abandoned, not yet in alternative care' },
    { code: 'G02-2', vi: 'Bị bỏ rơi, đã được chăm sóc thay thế', en: 'Abandoned, in alternative care' },
    { code: 'G03-1', vi: 'Một người chết, người kia mất tích', en: 'One parent dead, the other missing' },
    {
      code: 'G03-2',
      vi: 'Một người chết, người kia ở cơ sở trợ giúp hoặc không còn khả năng chăm sóc',
      en: 'One parent dead, the other in a facility or unable to care',
    },
    {
      code: 'G03-3',
      vi: 'Một người chết, người kia đang bị giam, giáo dục hoặc cai nghiện bắt buộc',
      en: 'One parent dead, the other in prison, compulsory education or detoxification',
    },
    { code: 'G03-4', vi: 'Cả hai mất tích', en: 'Both parents missing' },
    {
      code: 'G03-5',
      vi: 'Một người mất tích, người kia ở cơ sở trợ giúp hoặc không còn khả năng chăm sóc',
      en: 'One parent missing, the other in a facility or unable to care',
    },
    {
      code: 'G03-6',
      vi: 'Một người mất tích, người kia đang bị giam, giáo dục hoặc cai nghiện bắt buộc',
      en: 'One parent missing, the other in prison, compulsory education or detoxification',
    },
    { code: 'G03-7', vi: 'Cả hai ở cơ sở trợ giúp', en: 'Both parents in a facility' },
    { code: 'G03-8', vi: 'Cả hai không còn khả năng chăm sóc', en: 'Both parents unable to care' },
    {
      code: 'G03-9',
      vi: 'Cả hai đang bị giam, giáo dục hoặc cai nghiện bắt buộc',
      en: 'Both parents in prison, compulsory education or detoxification',
    },
    {
      code: 'G03-10',
      vi: 'Một người ở cơ sở trợ giúp hoặc không còn khả năng, người kia đang bị giam, giáo dục hoặc cai nghiện bắt buộc',
      en: 'One parent in a facility or unable, the other in prison, compulsory education or detoxification',
    },
    { code: 'G03-11', vi: 'Cha và mẹ đều là trẻ em', en: 'Both parents are children' },
    {
      code: 'G03-12',
      vi: 'Cha và mẹ bị hạn chế quyền, hoặc trẻ tạm thời cách ly khỏi cha, mẹ',
      en: 'Both parents’ rights restricted, or the child temporarily separated',
    },
    { code: 'G04-1', vi: 'Khuyết tật đặc biệt nặng', en: 'Extremely severe disability' },
    { code: 'G04-2', vi: 'Khuyết tật nặng', en: 'Severe disability' },
    { code: 'G04-3', vi: 'Khuyết tật nhẹ', en: 'Mild disability' },
    {
      code: 'G06-1',
      vi: 'Ở trường giáo dưỡng hoặc chấp hành hình phạt',
      en: 'In a reform school or serving a sentence',
    },
    {
      code: 'G06-2',
      vi: 'Giáo dục tại xã, phường hoặc biện pháp thay thế',
      en: 'Educated in the commune or under a substitute measure',
    },
    { code: 'G06-3', vi: 'Đã chấp hành xong, còn cần giúp đỡ', en: 'Completed a measure, still needs help' },
    { code: 'G10-1', vi: 'Bị bắt lao động trái pháp luật', en: 'Forced into labour contrary to the law' },
  ],
};

/** The versions of `GROUP_LAWS` in words. */
export const GROUP_LAW_NAMES: Catalogue = {
  id: 'groupLaw',
  source: 'Titles of the texts; days of force in model/groups.ts [verify]',
  items: [
    {
      code: 'children-2016',
      vi: 'Luật Trẻ em 102/2016/QH13, Điều 10; Nghị định 56/2017/NĐ-CP',
      en: 'Law on Children 102/2016/QH13, Art. 10; Decree 56/2017/NĐ-CP',
    },
    { code: 'survey-2023', vi: 'Kế hoạch rà soát trẻ em của địa phương', en: 'The locality’s survey plan' },
  ],
};

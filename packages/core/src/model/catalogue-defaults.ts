import { must } from '../base/assert.ts';
import { ETHNICITIES } from './catalogue-ethnicity.ts';
import { GROUP_CLAUSES, GROUP_LAW_NAMES, GROUP_NAMES } from './catalogue-groups.ts';
import { type Catalogue, type CatalogueId } from './catalogue.ts';
import { VACCINE_SCHEDULE } from './vaccine-schedule.ts';

/** The catalogues as shipped: first content of a directory, edited there afterwards. */
export const SHIPPED_CATALOGUES: readonly Catalogue[] = [
  ETHNICITIES,
  {
    id: 'vaccine',
    source: 'Expanded programme on immunisation, see vaccine-schedule.ts [verify]',
    items: VACCINE_SCHEDULE.map(({ code, vi, en }) => ({ code, vi, en })),
  },
  {
    id: 'policy',
    source: 'Decree 20/2021 Art. 5 and 6, Law on Health Insurance, Resolution 217/2025/QH15, Decree 66/2025 [verify]',
    items: [
      {
        code: 'allowance-5-1',
        vi: 'Trợ cấp hằng tháng: trẻ em không có nguồn nuôi dưỡng',
        en: 'Monthly allowance: child without support',
      },
      {
        code: 'allowance-5-2',
        vi: 'Trợ cấp hằng tháng: tiếp tục khi đang học (16 đến 22 tuổi)',
        en: 'Monthly allowance: continued while studying (16 to 22)',
      },
      {
        code: 'allowance-5-4',
        vi: 'Trợ cấp hằng tháng: người đơn thân nghèo nuôi con',
        en: 'Monthly allowance: poor single parent',
      },
      { code: 'allowance-5-6', vi: 'Trợ cấp hằng tháng: trẻ em khuyết tật', en: 'Monthly allowance: disabled child' },
      {
        code: 'allowance-5-7',
        vi: 'Trợ cấp hằng tháng: trẻ em dưới 3 tuổi vùng khó khăn',
        en: 'Monthly allowance: child under 3 in a difficult area',
      },
      { code: 'health-card', vi: 'Thẻ bảo hiểm y tế', en: 'Health-insurance card' },
      { code: 'tuition', vi: 'Miễn học phí', en: 'Tuition exemption' },
      { code: 'learning-costs', vi: 'Hỗ trợ chi phí học tập', en: 'Learning-cost support' },
      { code: 'boarding', vi: 'Hỗ trợ bán trú, gạo, ăn trưa', en: 'Boarding, rice, lunch' },
      { code: 'emergency', vi: 'Trợ giúp khẩn cấp', en: 'Emergency support' },
      { code: 'legal-aid', vi: 'Trợ giúp pháp lý', en: 'Legal aid' },
      { code: 'gift', vi: 'Quà, học bổng', en: 'Gift, scholarship' },
    ],
  },
  {
    id: 'callerType',
    source: 'Dimensions of the 111 hotline (kind of caller); lines are ours [verify]',
    items: [
      { code: 'child', vi: 'Chính trẻ em', en: 'The child' },
      { code: 'parent', vi: 'Cha, mẹ', en: 'Parent' },
      { code: 'relative', vi: 'Người thân', en: 'Relative' },
      { code: 'neighbour', vi: 'Hàng xóm', en: 'Neighbour' },
      { code: 'teacher', vi: 'Giáo viên', en: 'Teacher' },
      { code: 'health', vi: 'Nhân viên y tế', en: 'Health worker' },
      { code: 'official', vi: 'Cán bộ, cơ quan', en: 'Official or agency' },
      { code: 'stranger', vi: 'Người khác', en: 'Someone else' },
      { code: 'anonymous', vi: 'Không nêu tên', en: 'Anonymous' },
    ],
  },
  {
    id: 'offenderRelation',
    source: 'Dimensions of the 111 hotline (relation to the victim); lines are ours [verify]',
    items: [
      { code: 'father', vi: 'Cha', en: 'Father' },
      { code: 'mother', vi: 'Mẹ', en: 'Mother' },
      { code: 'stepParent', vi: 'Cha dượng, mẹ kế', en: 'Step-parent' },
      { code: 'relative', vi: 'Họ hàng', en: 'Relative' },
      { code: 'carer', vi: 'Người chăm sóc', en: 'Carer' },
      { code: 'teacher', vi: 'Giáo viên, nhân viên trường', en: 'School staff' },
      { code: 'peer', vi: 'Bạn bè, trẻ em khác', en: 'Another child' },
      { code: 'neighbour', vi: 'Hàng xóm, người quen', en: 'Neighbour or acquaintance' },
      { code: 'employer', vi: 'Người sử dụng lao động', en: 'Employer' },
      { code: 'stranger', vi: 'Người lạ', en: 'Stranger' },
      { code: 'online', vi: 'Quen qua mạng', en: 'Met online' },
      { code: 'unknown', vi: 'Chưa rõ', en: 'Not known' },
    ],
  },
  {
    id: 'abuseEnvironment',
    source: 'Dimensions of the 111 hotline (environment of abuse); lines are ours [verify]',
    items: [
      { code: 'home', vi: 'Gia đình', en: 'Home' },
      { code: 'school', vi: 'Trường học', en: 'School' },
      { code: 'community', vi: 'Cộng đồng', en: 'Community' },
      { code: 'work', vi: 'Nơi làm việc', en: 'Workplace' },
      { code: 'facility', vi: 'Cơ sở chăm sóc', en: 'Care facility' },
      { code: 'online', vi: 'Trên mạng', en: 'Online' },
      { code: 'other', vi: 'Nơi khác', en: 'Elsewhere' },
    ],
  },
  {
    id: 'disabilityType',
    source: 'Law on Persons with Disabilities 51/2010/QH12 Art. 3(1)',
    items: [
      { code: 'movement', vi: 'Vận động', en: 'Movement' },
      { code: 'hearing-speech', vi: 'Nghe, nói', en: 'Hearing, speech' },
      { code: 'vision', vi: 'Nhìn', en: 'Vision' },
      { code: 'mental', vi: 'Thần kinh, tâm thần', en: 'Mental, psychiatric' },
      { code: 'intellectual', vi: 'Trí tuệ', en: 'Intellectual' },
      { code: 'other', vi: 'Khác', en: 'Other' },
    ],
  },
  {
    id: 'accessBasis',
    source:
      'Law 91/2025/QH15 Art. 19(1), Law on Children Art. 6(11) and 51, Decree 56/2017 Art. 33; lines are ours [verify]',
    items: [
      { code: 'consent', vi: 'Có văn bản đồng ý', en: 'Written consent' },
      { code: 'written-request', vi: 'Văn bản yêu cầu của cơ quan', en: 'Written request of an agency' },
      { code: 'forwarded-case', vi: 'Vụ việc chuyển lên cấp trên', en: 'Case forwarded upwards' },
      { code: 'named-support', vi: 'Hỗ trợ trẻ có tên trong danh sách', en: 'Support of a named child' },
      { code: 'life-or-health', vi: 'Bảo vệ tính mạng, sức khỏe', en: 'Protection of life or health' },
    ],
  },
  GROUP_NAMES,
  GROUP_CLAUSES,
  GROUP_LAW_NAMES,
];

/** Returns the shipped catalogue of an id. */
export function shippedCatalogue(id: CatalogueId): Catalogue {
  return must(
    SHIPPED_CATALOGUES.find((catalogue) => catalogue.id === id),
    'a shipped catalogue',
  );
}

/** Invented reports and notes: what people of a commune write, in their own words. No real person, no real case. */

/** One story: what was seen, and what the agencies noted afterwards. */
export interface CaseStory {
  readonly summary: string;
  readonly condition: string;
  readonly abuseTypes: readonly string[];
  readonly dangerSigns: readonly string[];
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly narrative: string;
  readonly police: string;
  readonly health: string;
}

/** The stories, in the order in which cases take them. */
export const CASE_STORIES: readonly CaseStory[] = [
  {
    summary: 'Cháu đến lớp có vết bầm ở tay và lưng, nói bị bố đánh khi say rượu.',
    condition: 'Còn đi lại được, sợ về nhà buổi tối.',
    abuseTypes: ['physical'],
    dangerSigns: ['injury', 'offenderHasAccess'],
    severity: 'high',
    narrative: 'Gia đình có bốn người. Người bố uống rượu nhiều từ đầu năm, đã đánh vợ con hai lần.',
    police: 'Đã gặp người bố, lập biên bản nhắc nhở, hẹn làm việc tại trụ sở.',
    health: 'Bầm phần mềm tay trái và lưng, không gãy xương. Hẹn khám lại sau bảy ngày.',
  },
  {
    summary: 'Hai cháu nhỏ ở nhà một mình nhiều ngày, hàng xóm cho ăn.',
    condition: 'Đói, quần áo bẩn, cháu bé sốt nhẹ.',
    abuseTypes: ['neglect'],
    dangerSigns: ['alone'],
    severity: 'medium',
    narrative: 'Bố mẹ đi làm ăn xa, bà nội mất tháng trước. Chưa liên lạc được với mẹ.',
    police: 'Đã xác minh nơi làm việc của bố mẹ, mẹ hứa về trong tuần.',
    health: 'Cháu bé viêm họng, đã cấp thuốc. Cân nặng dưới chuẩn, cần theo dõi.',
  },
  {
    summary: 'Cháu nghỉ học đi phụ quán ở thị trấn, về muộn, hay khóc.',
    condition: 'Mệt, tay có vết bỏng nhỏ.',
    abuseTypes: ['labour'],
    dangerSigns: [],
    severity: 'medium',
    narrative: 'Chủ quán là người quen của gia đình. Gia đình nợ tiền thuốc cho ông nội.',
    police: 'Đã làm việc với chủ quán, yêu cầu không sử dụng lao động trẻ em.',
    health: 'Bỏng nông ngón tay, đang lành.',
  },
  {
    summary: 'Nhà gái báo tin chuẩn bị cưới cho cháu mới 14 tuổi.',
    condition: 'Cháu muốn đi học tiếp.',
    abuseTypes: ['earlyMarriage'],
    dangerSigns: [],
    severity: 'high',
    narrative: 'Hai gia đình đã hẹn ngày. Trưởng bản đã đến vận động một lần.',
    police: 'Đã tuyên truyền quy định về tuổi kết hôn cho hai gia đình.',
    health: 'Sức khỏe bình thường.',
  },
  {
    summary: 'Cháu bị bạn học nhắn tin đe dọa, không dám đến trường.',
    condition: 'Mất ngủ, ăn ít.',
    abuseTypes: ['online', 'emotional'],
    dangerSigns: [],
    severity: 'low',
    narrative: 'Nhóm bạn cùng lớp lập nhóm chat nói xấu từ đầu học kỳ.',
    police: 'Đã trao đổi với nhà trường và gia đình các em liên quan.',
    health: 'Đã tư vấn tâm lý một buổi, hẹn buổi tiếp theo.',
  },
];

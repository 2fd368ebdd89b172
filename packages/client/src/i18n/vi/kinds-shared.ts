/** Options that several kinds share. */
export const AGENCY = {
  village: 'Cộng tác viên thôn',
  school: 'Nhà trường',
  healthStation: 'Trạm Y tế',
  police: 'Công an xã',
  cultureSociety: 'Phòng Văn hóa - Xã hội',
  councilOffice: 'Văn phòng HĐND và UBND',
  union: 'Đoàn thể',
  peoplesCommittee: 'Ủy ban nhân dân xã',
  province: 'Tỉnh',
  administration: 'Quản trị',
  hub: 'Máy chủ xã',
};

/** Roles of the people at work. */
export const ROLE = {
  collaborator: 'Cộng tác viên thôn',
  teacher: 'Giáo viên',
  nurse: 'Cán bộ y tế',
  police: 'Công an xã',
  lead: 'Cán bộ bảo vệ trẻ em xã',
  councilOffice: 'Cán bộ văn phòng',
  union: 'Cán bộ đoàn thể',
  chair: 'Lãnh đạo UBND xã',
  province: 'Cán bộ tỉnh',
  administrator: 'Quản trị hệ thống',
};

/** What a report may be about. */
export const ABUSE = {
  physical: 'Bạo lực thân thể',
  emotional: 'Bạo lực tinh thần',
  neglect: 'Xao nhãng, bỏ mặc',
  abandonment: 'Bỏ rơi',
  labour: 'Bắt lao động, bóc lột sức lao động',
  earlyMarriage: 'Tảo hôn, ép kết hôn',
  online: 'Bị hại trên mạng',
  witness: 'Chứng kiến bạo lực trong nhà',
  selfHarm: 'Trẻ tự làm hại mình',
  other: 'Việc khác',
  sexual: 'Xâm hại tình dục',
  exploitation: 'Bị lợi dụng mại dâm, khiêu dâm',
  trafficking: 'Mua bán người',
};

/** Signs that make a report urgent. */
export const DANGER = {
  lifeInDanger: 'Nguy hiểm đến tính mạng',
  injury: 'Có vết thương',
  offenderHasAccess: 'Người gây hại đang ở gần trẻ',
  offenderThreatens: 'Người gây hại đe dọa',
  abandonedInfant: 'Trẻ nhỏ bị bỏ rơi',
  suicideTalk: 'Trẻ nói muốn chết',
  alone: 'Trẻ ở một mình, không ai trông',
  needsMedicine: 'Cần thuốc hoặc cấp cứu',
};

/** Levels of risk. */
export const RISK = { critical: 'Rất cao', high: 'Cao', medium: 'Trung bình', low: 'Thấp' };

/** Stages of a case. */
export const STAGE = {
  received: 'Tiếp nhận',
  screenedOut: 'Không lập hồ sơ',
  assessingInitial: 'Đánh giá ban đầu',
  emergencyActive: 'Bảo vệ khẩn cấp',
  assessingSpecific: 'Đánh giá cụ thể',
  needsMeeting: 'Họp xác định nhu cầu',
  planDraft: 'Soạn kế hoạch',
  planSubmitted: 'Đã trình kế hoạch',
  returned: 'Kế hoạch bị trả lại',
  approved: 'Kế hoạch được duyệt',
  implementing: 'Đang thực hiện',
  reviewing: 'Đang rà soát',
  closeProposed: 'Đề nghị kết thúc',
  closed: 'Đã kết thúc',
  reopened: 'Mở lại',
  transferredOut: 'Chuyển xã khác',
  merged: 'Gộp vào hồ sơ khác',
};

/** Whether a child learns. */
export const SCHOOLING = {
  attending: 'Đang học',
  shortBreak: 'Nghỉ dưới 1 tháng',
  droppedOut: 'Bỏ học',
  finished: 'Đã học xong',
  transferred: 'Chuyển trường',
  notYet: 'Chưa đến tuổi',
  never: 'Chưa đi học bao giờ',
  unknown: 'Không biết',
};

/** Sex as the papers have it. */
export const SEX = { male: 'Nam', female: 'Nữ' };

/** What is known of a person's life. */
export const VITAL = {
  alive: 'Còn sống',
  dead: 'Đã mất',
  missing: 'Mất tích (tòa tuyên)',
  unknown: 'Không biết',
};

/** Where a parent is. */
export const WHEREABOUTS = {
  home: 'Ở nhà',
  awayForWork: 'Đi làm xa',
  leftFamily: 'Bỏ đi',
  facility: 'Ở cơ sở tập trung',
  unknown: 'Không biết',
};

/** Why children of a household are at risk. */
export const RISK_GROUP = {
  R1: 'Hộ nghèo, cận nghèo',
  R2: 'Trẻ bỏ học sớm',
  R3: 'Gia đình có vấn đề xã hội',
  R4: 'Gia đình có người bị xử lý',
  R5: 'Cha mẹ đều đi làm xa',
  R6: 'Mồ côi cha hoặc mẹ',
};

/** What a child needs, without the diagnosis. */
export const CARE_NEED = {
  wheelchairAccess: 'Lối đi cho xe lăn',
  hearingAid: 'Máy trợ thính',
  glasses: 'Kính',
  frontSeat: 'Ngồi bàn đầu',
  signLanguage: 'Ngôn ngữ ký hiệu',
  medicineAtSchool: 'Uống thuốc ở trường',
  restAtSchool: 'Chỗ nghỉ ở trường',
  noSports: 'Không tập thể dục nặng',
  specialDiet: 'Chế độ ăn riêng',
  personalAssistant: 'Người giúp đỡ riêng',
  rehabilitation: 'Phục hồi chức năng',
  orthopaedicAid: 'Dụng cụ chỉnh hình',
  transport: 'Đưa đón',
  other: 'Nhu cầu khác',
};

/** Words of everyday work: who, what could not be saved, undo. */
export const work = {
  'agency.village': 'Cộng tác viên thôn',
  'agency.school': 'Nhà trường',
  'agency.healthStation': 'Trạm Y tế',
  'agency.police': 'Công an xã',
  'agency.cultureSociety': 'Phòng Văn hóa - Xã hội',
  'agency.councilOffice': 'Văn phòng HĐND và UBND',
  'agency.union': 'Đoàn thể',
  'agency.peoplesCommittee': 'Ủy ban nhân dân xã',
  'agency.province': 'Tỉnh',
  'agency.administration': 'Quản trị',
  'agency.hub': 'Máy chủ xã',

  'member.unknown': 'Đồng nghiệp',
  'member.me': 'Anh/chị',

  'edit.why.no-right': 'Chưa lưu: anh/chị không được ghi mục này. Chữ vừa gõ vẫn còn trên màn hình.',
  'edit.why.invalid': 'Chưa lưu: nội dung này không ghi được. Sửa lại rồi thử tiếp.',
  'edit.why.storage': 'Chưa lưu được trên máy này. Đừng đóng trang, dọn bớt ảnh, tệp: có chỗ là máy tự lưu.',
  'edit.why.changed-since': 'Chưa lưu: nơi khác vừa sửa mục này.',
  'edit.why.no-lease': 'Máy cần có mạng một lần rồi mới ghi tiếp được.',
  'edit.undo': 'Đã ghi “{label}”',
  'edit.undoFailed': 'Không hoàn tác được: mục này đã có người sửa sau đó.',

  'folder.loading': 'Đang mở hồ sơ…',
  'folder.failed': 'Chưa mở được hồ sơ',
  'folder.failed.text': 'Dữ liệu trên máy vẫn còn nguyên. Anh/chị mở lại trang này.',
  'folder.empty': 'Hồ sơ này không còn trên máy của anh/chị',
  'folder.empty.text': 'Có thể quyền xem đã hết, hoặc hồ sơ được chuyển đi nơi khác.',
} as const;

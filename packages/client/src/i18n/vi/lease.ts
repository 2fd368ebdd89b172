/** Words of the lease: how long a tablet shows files without meeting its Hub. */
export const lease = {
  'lease.ended.title': 'Đã quá 14 ngày máy chưa gặp máy chủ xã',
  'lease.ended.why':
    'Để người lạ nhặt được máy không xem được hồ sơ trẻ, máy tạm cất tất cả hồ sơ. Không có gì bị mất: mọi việc anh/chị đã ghi vẫn ở trong máy.',
  'lease.ended.do': 'Hãy đưa máy tới nơi có mạng (ủy ban, trường, trạm y tế) rồi bấm “Gửi ngay”. Hồ sơ tự hiện lại.',
  'lease.ended.unsent': '{n} việc chưa gửi, đang giữ trong máy',
  'lease.ended.nothing': 'Không có việc nào chờ gửi',
  'lease.ended.report': 'Ghi tin báo',
  'lease.ended.report.text': 'Vẫn ghi được tin báo mới. Ghi xong, tin được niêm phong: chỉ máy chủ xã mở được.',
  'lease.ended.send': 'Gửi ngay',
  'lease.ended.offline': 'Chưa gặp được máy chủ. Máy vẫn tự thử lại.',
  'lease.soon.all': 'Hồ sơ chỉ xem được đến {time} nếu máy chưa gặp máy chủ xã',
  'lease.soon.high': 'Hồ sơ mật chỉ xem được đến {time} nếu máy chưa gặp máy chủ xã',
  'lease.soon.text': 'Đưa máy tới nơi có mạng rồi bấm “Gửi ngay”.',
  'lease.open.title': 'Hồ sơ mật đang tạm cất: đã quá 72 giờ chưa gặp máy chủ xã',
  'lease.open.text': 'Hồ sơ khác vẫn dùng được. Có mạng, hồ sơ mật tự hiện lại; việc chưa gửi vẫn còn và sẽ được gửi.',
  'unlock.lease': 'Đã lâu máy chưa gặp máy chủ xã nên một số hồ sơ được cất đi. Mở khóa để làm tiếp.',
} as const;

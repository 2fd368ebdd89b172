/** The history of a file, wherever it is shown. */
export const history = {
  'history.then': 'Xem lúc đó',
  'history.then.title': '{kind} lúc {at}',
  'history.then.text': 'Chỉ để xem. Hồ sơ bây giờ không thay đổi.',
  'history.then.none': 'Nội dung lúc đó không còn trên máy này. Mở lại trang khi có mạng.',
  'history.read': 'Ai đã xem',
  'history.read.text': 'Mỗi lần mở phần kín của hồ sơ đều được ghi lại, kể cả khi không có mạng.',
  'history.read.open': '{who} đã mở: {kind}.',
  'history.read.history': '{who} đã xem lịch sử: {kind}.',
  'history.read.export': '{who} đã xuất ra tệp: {kind}.',
  'history.unread': 'Phần kín chưa mở được',
  'history.unread.text':
    'Máy này chưa ghi được ai xem, nên chưa mở phần đó. Kiểm tra chỗ trống của máy rồi mở lại hồ sơ.',
  'history.reach.here': 'Cần có mạng để xem nội dung cũ',
  'history.reach.here.text': 'Bên dưới là những gì máy này đang giữ.',
  'history.reach.part': 'Có phần trước đây anh/chị không xem được',
  'history.reach.part.text': 'Phần đó chỉ hiện nội dung khi hồ sơ được mở cho anh/chị.',
  'history.reach.busy': 'Máy chủ đang bận',
  'history.reach.busy.text': 'Vài phút nữa anh/chị mở lại trang này để xem nội dung cũ.',
  'history.reach.failed': 'Nội dung cũ nhận về không khớp với máy này',
  'history.reach.failed.text': 'Phần đó không được hiện. Hãy báo quản trị viên của xã.',
} as const;

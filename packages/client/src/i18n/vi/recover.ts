/** A passphrase that is forgotten: the locked tablet asks, two officers answer. */
export const recover = {
  'recover.link': 'Quên câu mật khẩu',
  'recover.title': 'Mở lại máy nhờ hai cán bộ',
  'recover.text':
    'Hai cán bộ xã cùng đồng ý thì máy này mở lại được, những gì chưa gửi vẫn còn nguyên. Máy này và máy của hai người đều cần có mạng lúc đó.',
  'recover.ask': 'Xin mở lại',
  'recover.asking': 'Đang hỏi máy chủ xã…',
  'recover.number': 'Số để so',
  'recover.number.text':
    'Gọi điện hoặc gặp hai người dưới đây. Đọc cho họ 12 số này; họ gõ vào máy của mình, ở mục Hôm nay hoặc Người dùng. Không nhắn số này cho ai khác.',
  'recover.officers': 'Ai giúp được (cần hai người khác nhau)',
  'recover.approved': 'Đã đồng ý',
  'recover.waiting': 'Chưa trả lời',
  'recover.until': 'Lời xin còn chờ đến {at}. Tắt máy rồi mở lại, số vẫn như cũ.',
  'recover.offline': 'Chưa liên lạc được với máy chủ xã. Máy sẽ tự thử lại khi có mạng.',
  'recover.withdraw': 'Thôi, không xin nữa',
  'recover.back': 'Về màn hình mở khóa',
  'recover.again': 'Xin lại',
  'recover.ready': 'Hai người đã đồng ý',
  'recover.ready.text':
    'Bây giờ đặt câu mật khẩu mới và mã PIN mới. Câu cũ, mã cũ và khóa của máy từ lúc đó không mở được nữa.',
  'recover.ready.next': 'Đặt câu mật khẩu mới',
  'recover.saving': 'Đang đặt câu mật khẩu mới…',
  'recover.no': 'Chưa mở lại được',
  'recover.no.none':
    'Máy này chưa có phần chìa của hai cán bộ: xã chưa đủ hai người giữ chìa, hoặc máy chưa có mạng từ khi đủ. Anh/chị tìm lại tờ giấy ghi bốn cụm từ. Đừng xóa ứng dụng: những gì chưa gửi còn trong máy.',
  'recover.no.too-few':
    'Trong những người giữ chìa của máy này, không còn đủ hai người đang làm việc. Gọi quản trị hệ thống. Đừng xóa ứng dụng: những gì chưa gửi còn trong máy.',
  'recover.no.bad-pass': 'Máy chủ xã không nhận máy này nữa. Gọi quản trị hệ thống.',
  'recover.no.too-many': 'Xin nhiều lần quá. Chờ nửa giờ rồi thử lại.',
  'recover.no.offline': 'Chưa liên lạc được với máy chủ xã. Cách này cần có mạng. Thử lại khi có mạng.',
  'recover.no.refused': '{who} không đồng ý mở lại máy này. Gọi cho người đó trước khi xin lại.',
  'recover.no.gone': 'Lời xin đã hết hạn hoặc máy chủ vừa khởi động lại. Xin lại là được.',
  'recover.no.damaged': 'Hai phần chìa nhận được không mở được máy này. Xin lại, và nhờ một người khác nếu có.',
  'recover.no.storage': 'Máy chưa lưu được. Chưa có gì thay đổi.',
  'recovery.title': 'Xin mở lại máy vì quên câu mật khẩu',
  'recovery.who': '{name} · {role}',
  'recovery.when': 'Hỏi lúc {at}',
  'recovery.device': 'máy “{label}”',
  'recovery.text':
    'Chỉ đồng ý khi đã gọi hoặc gặp chính người này và nghe họ đọc số trên máy. Người cầm máy lạ cũng có thể xin.',
  'recovery.number': '12 số người đó đọc trên máy của họ',
  'recovery.number.wrong':
    'Số không khớp. Nghe đọc lại từng số. Nếu vẫn không khớp thì đừng đồng ý: có thể không phải máy của người đó.',
  'recovery.share.broken': 'Phần chìa trên máy này không mở được. Nhờ một người khác.',
  'recovery.approve': 'Đồng ý mở lại',
  'recovery.refuse': 'Không đồng ý',
  'recovery.approved': 'Anh/chị đã đồng ý. Cần thêm một người khác.',
  'recovery.approvedBy': 'Đã đồng ý: {names}',
  'recovery.elsewhere':
    'Máy này không giữ phần chìa của máy đó. Mở trên máy khác của anh/chị, hoặc để người khác trả lời.',
  'recovery.state.recovered': 'Đã mở lại, với câu mật khẩu mới.',
  'recovery.state.refused': 'Đã bị từ chối.',
  'recovery.state.withdrawn': 'Người xin đã rút lại.',
} as const;

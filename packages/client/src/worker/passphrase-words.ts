import { assert } from '@chungtay/core/base/assert';
import { fold } from '@chungtay/core/model/names';

/**
 * The offered passphrase: four pictures ("trâu vàng", "thuyền nhỏ" …), each a thing and its quality. A thief who knows
 * these lists still has 2^52 phrases to try (`PASSPHRASE_BITS`); a person who leaves out the marks is understood.
 */
const THINGS =
  'trâu bò mèo chó gà vịt ngỗng lợn dê ngựa voi hổ báo gấu khỉ hươu thỏ cáo sói rùa cua tôm mực ếch nhái chim cò vạc sáo quạ diều bướm ong kiến dế cào sâu ốc nhện cá thuyền bè cầu đò xe ghế bàn giường tủ đèn nến quạt chiếu nồi chảo bát đĩa thìa dao kéo kim chỉ áo khăn mũ nón dép guốc ô túi sách bút giấy mực bảng trống chiêng sáo đàn khèn chuông cờ diều núi suối sông hồ biển đảo rừng đồi ruộng vườn giếng ao mây mưa gió nắng trăng sao sương bão lúa ngô khoai sắn đậu lạc vừng mía chè cà cam quýt bưởi chuối mít xoài ổi na nhãn vải dừa tre trúc thông sen hồng cúc lan đào mai nhà cửa sân ngõ mái cột';
const QUALITIES =
  'vàng xanh đỏ trắng đen tím nâu hồng xám bạc lam cam nhỏ to cao thấp dài ngắn rộng hẹp dày mỏng tròn vuông thẳng cong nặng nhẹ cứng mềm nóng lạnh ấm mát khô ướt mới cũ già trẻ nhanh chậm khỏe vui buồn hiền lành ngoan giỏi khéo chăm lười tươi héo chín sống ngọt mặn chua cay đắng bùi thơm nồng sáng tối trong đục đẹp xinh sạch gọn thưa đông vắng gần xa sâu nông đầy vơi no đói im ồn bay bơi chạy nhảy ngủ thức múa hát cười khóc đứng ngồi nằm lặn leo trèo lăn trôi nổi chìm rơi mọc nở tàn quay lắc gõ kêu gáy hót';

/** The two lists as used: one spelling for each folded form, so that marks never matter. */
export const PASSPHRASE_LISTS: readonly [readonly string[], readonly string[]] = [unique(THINGS), unique(QUALITIES)];

/** How many pictures are offered. */
export const PASSPHRASE_WORDS = 4;

/** Bits a thief must guess when he knows the lists. */
export const PASSPHRASE_BITS = PASSPHRASE_WORDS * Math.log2(PASSPHRASE_LISTS[0].length * PASSPHRASE_LISTS[1].length);

/** Returns four fresh pictures; `randomBelow(n)` gives a uniform number in [0, n). */
export function offerPassphrase(randomBelow: (n: number) => number): readonly string[] {
  return Array.from({ length: PASSPHRASE_WORDS }, () =>
    PASSPHRASE_LISTS.map((list) => list[randomBelow(list.length)]).join(' '),
  );
}

/** Returns a uniform number in [0, n) from the browser's generator, without modulo bias. */
export function cryptoRandomBelow(n: number): number {
  assert(n > 0 && n <= 65_536, 'range of a random pick');
  const limit = 65_536 - (65_536 % n);
  for (;;) {
    const [value = 0] = crypto.getRandomValues(new Uint16Array(1));
    if (value < limit) return value % n;
  }
}

/** Says whether a passphrase somebody typed himself is strong enough: seven different syllables, or twenty characters of eight kinds. */
export function isStrongPassphrase(passphrase: string): boolean {
  const folded = fold(passphrase).trim();
  const syllables = new Set(folded.split(/\s+/u));
  return syllables.size >= 7 || (folded.length >= 20 && new Set(folded).size >= 8);
}

function unique(words: string): readonly string[] {
  const seen = new Map<string, string>();
  for (const word of words.split(' ')) if (!seen.has(fold(word))) seen.set(fold(word), word);
  return [...seen.values()];
}

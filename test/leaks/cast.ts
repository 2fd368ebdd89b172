/** Invented people of every role: in and out of place, named and not, with and without a seat or a task. */
import type { Compartment } from '@chungtay/core/model/compartment';
import type { Role } from '@chungtay/core/model/role';

/** Two villages and two schools: what is in the first is out of place for who serves the second. */
export const PLACES = { here: 'na-pan', there: 'ta-phin', school: 'th-na-pan', otherSchool: 'th-ta-phin' } as const;

/** One appointment. */
export interface Part {
  readonly role: Role;
  readonly name: string;
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  readonly namedFor: readonly Compartment[];
}

function part(role: Role, name: string, places: Partial<Part> = {}): Part {
  return { role, name, villages: [], schools: [], namedFor: [], ...places };
}

const here = { villages: [PLACES.here] };
const there = { villages: [PLACES.there] };

/** Everybody, by what he is for. `out…` lose their rights with work under way, `later…` during the second act. */
export const CAST = {
  collaborator: part('collaborator', 'Lò Văn Pản', here),
  collaboratorThere: part('collaborator', 'Sùng A Chớ', there),
  collaboratorTasked: part('collaborator', 'Y Thao', there),
  teacher: part('teacher', 'Đinh Thị Hơ Mlê', { schools: [PLACES.school] }),
  teacherThere: part('teacher', 'Trần Quốc Toản', { schools: [PLACES.otherSchool] }),
  teacherSeated: part('teacher', 'Vàng Thị Dợ', { schools: [PLACES.otherSchool] }),
  nurse: part('nurse', 'Y Bhăm', here),
  nurseEverywhere: part('nurse', 'Nguyễn Thị Hạnh', { villages: ['*'], schools: ['*'] }),
  nurseSeated: part('nurse', 'Giàng Seo Phử', there),
  nurseNamed: part('nurse', 'Hà Thị Ước', { ...there, namedFor: ['hiv'] }),
  police: part('police', 'Lê Văn Đức'),
  policeRevoked: part('police', 'Kpă Klơng'),
  lead: part('lead', 'Bùi Thị Xuân', { villages: ['*'], schools: ['*'] }),
  leadNamed: part('lead', 'Phạm Văn Ơn', { villages: ['*'], schools: ['*'], namedFor: ['sealed'] }),
  councilOffice: part('councilOffice', 'Đỗ Thị Lụa'),
  councilLater: part('councilOffice', 'Quách Văn Đạt'),
  union: part('union', 'Lý Mẩy'),
  unionTasked: part('union', 'Ma Thị Nga'),
  chair: part('chair', 'Hoàng Văn Thụ'),
  chairNamed: part('chair', 'Tô Hiệu', { namedFor: ['sealed'] }),
  province: part('province', 'Võ Thị Sáu'),
  administrator: part('administrator', 'Cao Văn Khánh', { villages: ['*'], schools: ['*'] }),
  outCollaborator: part('collaborator', 'Hờ A Dơ', here),
  outTeacher: part('teacher', 'Ngô Thị Nhung', { schools: [PLACES.school] }),
  outNurse: part('nurse', 'Rơ Châm H’Yéo', here),
  outNurseNamed: part('nurse', 'Sầm Thị Én', { ...there, namedFor: ['hiv'] }),
  outPolice: part('police', 'Đặng Văn Ngữ'),
  outLead: part('lead', 'Mai Thị Bưởi', { villages: ['*'], schools: ['*'] }),
} as const satisfies Readonly<Record<string, Part>>;

/** One of the cast. */
export type Who = keyof typeof CAST;

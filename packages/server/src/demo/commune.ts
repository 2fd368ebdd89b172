import type { Compartment } from '@chungtay/core/model/compartment';
import type { Directory } from '@chungtay/core/model/directory';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import type { Role } from '@chungtay/core/model/role';

/** Someone of the invented commune. */
export interface DemoPerson {
  readonly name: string;
  readonly role: Role;
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  readonly namedFor: readonly Compartment[];
}

/** What the invented commune is called; every person in it is invented too. */
export const DEMO_COMMUNE = { name: 'Xã Nà Pàn (dữ liệu giả)', province: 'Tỉnh mẫu' } as const;

const VILLAGES = [
  ['v01', 'Bản Nà Pàn', 'ban', []],
  ['v02', 'Bản Pa Ủ', 'ban', ['Bản Pá Ủ']],
  ['v03', 'Bản Huổi Lóng', 'ban', []],
  ['v04', 'Bản Tả Phìn', 'ban', ['Bản Tả Phìn 1', 'Bản Tả Phìn 2']],
  ['v05', 'Thôn Đông Hạ', 'thon', []],
  ['v06', 'Thôn Hòa Bình', 'thon', []],
  ['v07', 'Thôn Ninh Xá', 'thon', []],
  ['v08', 'Thôn Yên Thượng', 'thon', []],
  ['v09', 'Khu phố 3', 'toDanPho', []],
  ['v10', 'Thôn 6', 'thon', []],
] as const;

/** Ids of the villages, in order. */
export const DEMO_VILLAGES: readonly string[] = VILLAGES.map(([id]) => id);

/** The two schools: who learns where goes by age. */
export const DEMO_SCHOOLS = { primary: 's01', lowerSecondary: 's02' } as const;

/** What the administrator of the invented commune would have entered. */
export const DEMO_PLACES: Pick<Directory, 'villages' | 'schools' | 'agencies'> = {
  villages: Object.fromEntries(
    VILLAGES.map(([id, name, kind, oldNames], order) => [id, { name, kind, oldNames: [...oldNames], order }]),
  ),
  schools: {
    [DEMO_SCHOOLS.primary]: { name: 'Trường Tiểu học Nà Pàn', level: 'primary' },
    [DEMO_SCHOOLS.lowerSecondary]: { name: 'Trường THCS Nà Pàn', level: 'lowerSecondary' },
  },
  agencies: {},
};

const COLLABORATORS = [
  'Lò Thị Mai',
  'Vàng A Páo',
  'Quàng Thị Thơm',
  'Tẩn Mẩy Dở',
  'Nguyễn Văn Quân',
  'Trần Thị Hạnh',
  'Đinh Công Tráng',
  'H’Mai Niê',
  'Phạm Thu Hằng',
  'Sùng A Chứ',
] as const;

/** Everyone who works in the invented commune: each role at least once. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  person('Đàm Thị Hương', 'lead', { namedFor: ['sealed'] }),
  person('Lò Văn Dũng', 'police', { namedFor: ['sealed'] }),
  person('Vàng Thị Mỷ', 'nurse', { villages: [EVERYWHERE], schools: [EVERYWHERE] }),
  person('Hoàng Thu Trang', 'teacher', { schools: [DEMO_SCHOOLS.primary] }),
  person('Lê Văn Bình', 'teacher', { schools: [DEMO_SCHOOLS.lowerSecondary] }),
  ...COLLABORATORS.map((name, i) => person(name, 'collaborator', { villages: [DEMO_VILLAGES[i] ?? ''] })),
  person('Quàng Văn Thịnh', 'chair', { namedFor: ['sealed'] }),
  person('Giàng A Tủa', 'police', {}),
  person('Nông Thị Lan', 'nurse', { villages: [EVERYWHERE], namedFor: ['hiv'] }),
  person('Bùi Thị Nga', 'councilOffice', {}),
  person('Sùng Thị Chứ', 'union', {}),
  person('Trần Minh Quang', 'province', {}),
  person('Phạm Quốc Huy', 'administrator', {}),
];

function person(name: string, role: Role, places: Partial<DemoPerson>): DemoPerson {
  return { name, role, villages: [], schools: [], namedFor: [], ...places };
}

/** People, places and devices as tables. */
import type { OfficeAnswer } from '../jobs/office.ts';

type Line = Readonly<Record<string, unknown>>;

/** Returns the devices as a table. */
export function devicesText({ devices, members }: OfficeAnswer): string {
  const people = new Map((members as readonly Line[]).map((person) => [person['member'], person]));
  const rows = (devices as readonly Line[]).map(({ device, member, label, lastContactMs, isRevoked, erasure }) => [
    String(device),
    String(member),
    String(people.get(member)?.['name']),
    String(people.get(member)?.['role']),
    String(label) || '-',
    Number(lastContactMs) > 0 ? new Date(Number(lastContactMs)).toISOString().slice(0, 16) : 'never',
    isRevoked === true ? ((erasure as Line | undefined)?.['erasedAtMs'] ? 'erased' : 'revoked') : '',
  ]);
  return columnsText([['DEVICE', 'NO', 'NAME', 'ROLE', 'CALLED', 'LAST CONTACT', ''], ...rows]);
}

/** Returns the people as a table. */
export function membersText({ members }: OfficeAnswer): string {
  const rows = (members as readonly Line[]).map(
    ({ member, name, role, villages, schools, namedFor, until, isSuspended }) => [
      String(member),
      String(name),
      String(role),
      [...(villages as string[]), ...(schools as string[])].join(',') || '-',
      (namedFor as string[]).join(',') || '-',
      typeof until === 'string' ? until : '-',
      isSuspended === true ? 'suspended' : '',
    ],
  );
  return columnsText([['NO', 'NAME', 'ROLE', 'PLACES', 'NAMED FOR', 'UNTIL', ''], ...rows]);
}

/** Returns the places as a table. */
export function placesText({ villages, schools }: OfficeAnswer): string {
  const rows = [
    ...(villages as readonly Line[]).map(({ id, name, kind, oldNames }) => [
      'village',
      String(id),
      String(name),
      String(kind),
      (oldNames as string[]).map((old) => `was ${old}`).join(', '),
    ]),
    ...(schools as readonly Line[]).map(({ id, name, level }) => [
      'school',
      String(id),
      String(name),
      String(level),
      '',
    ]),
  ];
  return columnsText([['', 'ID', 'NAME', 'KIND', ''], ...rows]);
}

/** Rows as columns that stand under one another. */
function columnsText(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, i) => Math.max(all[i] ?? 0, cell.length)), []);
  const lines = rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** Everything that a person was sent and is shown, as texts that can be compared. */
import { tasksOf } from '@chungtay/core/derive/tasks';
import { OPEN_GROUPS } from '@chungtay/core/model/groups';
import { SHIPPED_CALENDAR, dayOf } from '@chungtay/core/policy/calendar';
import { folderViewOf } from '../../../packages/client/src/worker/folder-views.ts';
import { Register } from '../../../packages/client/src/worker/register.ts';
import { HERE, THERE, type WatchedHub } from './commune.ts';
import type { WatchedTablet } from './watched-tablet.ts';

/** What was compared, by what it is. */
export type Told = ReadonlyMap<string, string>;

const FILTERS = ['all', 'watch', 'special', 'intervention', 'conflict', 'papers', 'closed'] as const;
const GROUPS = [...OPEN_GROUPS, 'G05'];
const TEXTS = ['', 'Mỷ', 'pao', 'Lò Thị', 'h’bia', 'hiv', 'G05', 'Điện Biên', 'trợ cấp', '114'];

/** Returns all of it for one tablet: what came over the wire, and what its screens are made of. */
export function toldTo(tablet: WatchedTablet, commune: WatchedHub): Told {
  const { replica } = tablet;
  const { nowMs } = commune.timeline;
  const register = new Register(replica, () => dayOf(nowMs));
  const lines = register.load();
  const rows = [...replica.rows()];
  const { principal } = replica;
  const answers = TEXTS.flatMap((text) =>
    FILTERS.flatMap((filter) =>
      [null, HERE, THERE].map((village) => register.query({ text, filter, village, group: null, limit: 50 })),
    ),
  );
  const counted = GROUPS.map((group) => register.query({ text: '', filter: 'all', village: null, group, limit: 50 }));
  const documents = [...replica.documents()].toSorted();
  const told: Record<string, unknown> = {
    'the bytes': commune.wire.get(tablet.name) ?? [],
    'the log and the rooms': commune.told.get(tablet.name) ?? [],
    'the documents': documents,
    'the rows': rows.toSorted((a, b) => (a.document < b.document ? -1 : 1)),
    'the register': lines,
    'the search': answers,
    'the groups': counted,
    'the tasks': principal ? tasksOf(rows, { principal, calendar: SHIPPED_CALENDAR, nowMs }) : [],
    'the counts': replica.counts(),
    'the receipts': documents.map((document) => replica.read(document)?.receipts),
    'the files': [...new Set(documents.map((id) => id.split('/')[0]))].map((folder) =>
      folderViewOf(replica, folder as never, new Set(), {
        beside: register.beside(folder as never),
        today: dayOf(nowMs),
      }),
    ),
    'the pasts': tablet.pasts,
    'the quarantine': replica.quarantine().length,
  };
  return new Map(Object.entries(told).map(([what, value]) => [what, JSON.stringify(value, plain)]));
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return [...value];
  if (value instanceof Set) return [...value].map(String).toSorted((a, b) => (a < b ? -1 : 1));
  return value;
}

/** Returns what differs between two communes in what one person was told; nothing when they are the same to him. */
export function differences(a: Told, b: Told): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((what) => {
    const [left = '', right = ''] = [a.get(what), b.get(what)];
    return left === right ? [] : [what];
  });
}

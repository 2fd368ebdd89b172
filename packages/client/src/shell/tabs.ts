import type { Role } from '@chungtay/core/model/role';
import {
  BookUser,
  CalendarCheck,
  ChartColumn,
  FileText,
  FolderOpen,
  Gift,
  History,
  House,
  Inbox,
  KeyRound,
  type LucideIcon,
  MapPinned,
  Siren,
  UserCog,
} from '@lucide/vue';
import type { PlainKey } from '../i18n/translate.ts';

/** One entry of the navigation. `route` is the name of a route; a tab whose route does not exist is not shown. */
export interface Tab {
  readonly route: string;
  readonly label: PlainKey;
  readonly icon: LucideIcon;
}

const TABS = {
  today: { route: 'today', label: 'shell.tab.today', icon: CalendarCheck },
  survey: { route: 'survey', label: 'shell.tab.survey', icon: House },
  register: { route: 'register', label: 'shell.tab.register', icon: BookUser },
  intakes: { route: 'intakes', label: 'shell.tab.intakes', icon: Siren },
  referrals: { route: 'referrals', label: 'shell.tab.referrals', icon: Inbox },
  cases: { route: 'cases', label: 'shell.tab.cases', icon: FolderOpen },
  targets: { route: 'targets', label: 'shell.tab.targets', icon: ChartColumn },
  reports: { route: 'reports', label: 'shell.tab.reports', icon: FileText },
  support: { route: 'support', label: 'shell.tab.support', icon: Gift },
  members: { route: 'members', label: 'shell.tab.members', icon: UserCog },
  directory: { route: 'directory', label: 'shell.tab.directory', icon: MapPinned },
  access: { route: 'access', label: 'shell.tab.access', icon: KeyRound },
  journal: { route: 'journal', label: 'shell.tab.journal', icon: History },
} as const satisfies Record<string, Tab>;

type TabName = keyof typeof TABS;

const TABS_OF_ROLE: Readonly<Record<Role, readonly TabName[]>> = {
  collaborator: ['today', 'survey', 'register', 'intakes'],
  teacher: ['today', 'referrals', 'register', 'intakes', 'access'],
  nurse: ['today', 'referrals', 'register', 'intakes', 'access'],
  police: ['today', 'cases', 'register', 'intakes', 'referrals', 'access'],
  lead: ['today', 'register', 'cases', 'survey', 'targets', 'reports', 'access', 'members'],
  councilOffice: ['today', 'register', 'support'],
  union: ['today', 'support', 'access'],
  chair: ['today', 'targets', 'cases', 'reports', 'access', 'members', 'journal'],
  province: ['targets', 'reports', 'access', 'journal'],
  administrator: ['members', 'directory', 'journal'],
};

/** Returns the tabs of a role, in order, of which only those whose route exists; who has none yet finds at least Today. */
export function tabsOf(role: Role, hasRoute: (name: string) => boolean): readonly Tab[] {
  const tabs: readonly Tab[] = TABS_OF_ROLE[role].map((name) => TABS[name]).filter((tab) => hasRoute(tab.route));
  return tabs.length > 0 ? tabs : [TABS.today];
}

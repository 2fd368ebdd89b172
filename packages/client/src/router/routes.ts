import type { RouteRecordRaw } from 'vue-router';
import type { PlainKey } from '../i18n/translate.ts';
import { caseWorkRoutes } from './case-work-routes.ts';
import { officeRoutes } from './office-routes.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** The title of the browser's tab and, unless a view sets its own heading, of the page. Never a name (UX-34). */
    titleKey: PlainKey;
    /** The tab this page belongs to, where it is not its own. */
    section?: string;
    /** One thing at a time, as in a survey: on a phone the tabs make room for the step bar. */
    isFocused?: boolean;
  }
}

/** Every screen, fetched when first opened. A new screen is one line here; its tab shows by itself. */
export const routes: readonly RouteRecordRaw[] = [
  { path: '/', name: 'home', redirect: { name: 'today' }, meta: { titleKey: 'shell.name' } },
  {
    path: '/hom-nay',
    name: 'today',
    component: () => import('../views/today/TodayView.vue'),
    meta: { titleKey: 'today.title' },
  },
  {
    path: '/so-tre',
    name: 'register',
    component: () => import('../views/register/RegisterView.vue'),
    meta: { titleKey: 'register.title' },
  },
  {
    path: '/so-tre/them',
    name: 'child-add',
    component: () => import('../views/child-add/ChildAddView.vue'),
    meta: { titleKey: 'childAdd.title', section: 'register' },
  },
  {
    path: '/so-tre/nhap-danh-sach',
    name: 'import',
    component: () => import('../views/import/ImportView.vue'),
    meta: { titleKey: 'import.title', section: 'register' },
  },
  {
    path: '/tre/:folder',
    name: 'child',
    component: () => import('../views/child/ChildView.vue'),
    meta: { titleKey: 'child.title', section: 'register' },
  },
  ...caseWorkRoutes,
  ...officeRoutes,
  {
    path: '/luu-va-gui/chua-nhan',
    name: 'quarantine',
    component: () => import('../views/sync/QuarantineView.vue'),
    meta: { titleKey: 'quarantine.title', section: 'today' },
  },
  {
    path: '/luu-va-gui/den-muon',
    name: 'held',
    component: () => import('../views/sync/HeldView.vue'),
    meta: { titleKey: 'held.title', section: 'today' },
  },
  {
    path: '/cai-dat',
    name: 'settings',
    component: () => import('../views/settings-parts/SettingsScreen.vue'),
    meta: { titleKey: 'settings.title' },
  },
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: () => import('../views/NotFoundView.vue'),
    meta: { titleKey: 'shell.notFound.title' },
  },
];

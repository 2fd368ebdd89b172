import type { RouteRecordRaw } from 'vue-router';
import type { PlainKey } from '../i18n/translate.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** The title of the browser's tab and, unless a view sets its own heading, of the page. Never a name (UX-34). */
    titleKey: PlainKey;
    /** The tab this page belongs to, where it is not its own. */
    section?: string;
    /** One thing at a time, as in a survey: on a phone the tabs make room for the step bar. */
    isFocused?: boolean;
    /** Shown before anybody has opened the device, without the frame. */
    isOutside?: boolean;
  }
}

/** Every screen, fetched when first opened. A new screen is one line here; its tab shows by itself. */
export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/cai-dat',
    name: 'settings',
    component: () => import('../views/SettingsView.vue'),
    meta: { titleKey: 'settings.title' },
  },
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: () => import('../views/NotFoundView.vue'),
    meta: { titleKey: 'shell.notFound.title' },
  },
];

import type { RouteRecordRaw } from 'vue-router';

/** Screens of the office: people, devices, places and days, who may see what, and the log, which is for everybody. */
export const officeRoutes: readonly RouteRecordRaw[] = [
  {
    path: '/nguoi-dung',
    name: 'members',
    component: () => import('../views/office/MembersView.vue'),
    meta: { titleKey: 'office.page' },
  },
  {
    path: '/nguoi-dung/:member(\\d+)',
    name: 'member',
    component: () => import('../views/office/MemberView.vue'),
    props: ({ params }) => ({ member: Number(params['member']) }),
    meta: { titleKey: 'office.person', section: 'members' },
  },
  {
    path: '/danh-muc',
    name: 'directory',
    component: () => import('../views/office/DirectoryView.vue'),
    meta: { titleKey: 'directory.page' },
  },
  {
    path: '/quyen-xem',
    name: 'access',
    component: () => import('../views/access/AccessView.vue'),
    meta: { titleKey: 'access.page' },
  },
  {
    path: '/nhat-ky',
    name: 'journal',
    component: () => import('../views/audit/AuditView.vue'),
    meta: { titleKey: 'audit.page' },
  },
];

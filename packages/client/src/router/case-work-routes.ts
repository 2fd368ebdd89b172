import type { RouteRecordRaw } from 'vue-router';

/** Screens of case work: survey, reports, cases. */
export const caseWorkRoutes: readonly RouteRecordRaw[] = [
  {
    path: '/tin-bao',
    name: 'intakes',
    component: () => import('../views/intake/IntakesView.vue'),
    meta: { titleKey: 'intake.list.title' },
  },
  {
    path: '/tin-bao/moi/:draft?',
    name: 'intake-new',
    component: () => import('../views/intake/IntakeNewView.vue'),
    props: ({ params, query }) => ({ draft: params['draft'] || undefined, village: query['thon'] }),
    meta: { titleKey: 'intake.new.title', section: 'intakes', isFocused: true },
  },
  {
    path: '/tin-bao/xem/:folder/:own',
    name: 'intake',
    component: () => import('../views/intake/IntakeView.vue'),
    props: true,
    meta: { titleKey: 'intake.one.title', section: 'intakes' },
  },
  {
    path: '/ho-so',
    name: 'cases',
    component: () => import('../views/case/CasesView.vue'),
    meta: { titleKey: 'case.list.title' },
  },
  {
    path: '/ho-so/:folder',
    name: 'case',
    component: () => import('../views/case/CaseView.vue'),
    props: true,
    meta: { titleKey: 'case.one.title', section: 'cases' },
  },
  {
    path: '/khao-sat',
    name: 'survey',
    component: () => import('../views/households/HouseholdsView.vue'),
    meta: { titleKey: 'survey.list.title' },
  },
  {
    path: '/khao-sat/:folder',
    name: 'household-survey',
    component: () => import('../views/survey/SurveyView.vue'),
    props: true,
    meta: { titleKey: 'survey.one.title', section: 'survey', isFocused: true },
  },
];

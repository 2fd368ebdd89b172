import '../src/styles/main.css';
import { createPinia } from 'pinia';
import { createApp, h } from 'vue';
import { createRouter, createWebHashHistory } from 'vue-router';
import { createI18n } from '../src/i18n/use-i18n.ts';
import { routes } from '../src/router/routes.ts';
import { useSession } from '../src/stores/session.ts';
import { IDLE } from '../src/stores/sync-summary.ts';
import { useSync } from '../src/stores/sync.ts';
import GalleryRoot from './GalleryRoot.vue';

const parts = {
  today: () => import('./parts/FeedbackPart.vue'),
  register: () => import('./parts/ListPart.vue'),
  survey: () => import('./parts/SurveyPart.vue'),
  cases: () => import('./parts/FieldsPart.vue'),
  targets: () => import('./parts/FeedbackPart.vue'),
  reports: () => import('./parts/FeedbackPart.vue'),
};

const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    ...Object.entries(parts).map(([name, component]) => ({
      path: `/${name}`,
      name,
      component,
      meta: { titleKey: `shell.tab.${name as keyof typeof parts}` as const, isFocused: name === 'survey' },
    })),
    // a screen of the product under the same name would take the part's place
    ...routes.filter(({ name }) => !Object.hasOwn(parts, String(name))),
  ],
});

const app = createApp({ render: () => h(GalleryRoot) })
  .use(createPinia())
  .use(createI18n())
  .use(router);
const session = useSession();
session.person = { name: 'Lò Thị Mai', place: 'Cán bộ xã Nà Pàn', role: 'lead' };
session.phase = 'open';
useSync().summary = { ...IDLE, state: 'waiting', waiting: 12 };
app.mount('#app');

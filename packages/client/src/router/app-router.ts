import { nextTick } from 'vue';
import { createRouter, createWebHistory, type Router, type RouterHistory } from 'vue-router';
import { routes } from './routes.ts';

/** Returns the app's router. `history` is another one in tests. */
export function createAppRouter(history: RouterHistory = createWebHistory()): Router {
  const router = createRouter({
    history,
    routes: [...routes],
    scrollBehavior: (to, _, saved) => saved ?? (to.hash ? { el: to.hash } : { top: 0 }),
  });
  router.afterEach(async (to, from, failure) => {
    // The first page and a change of query keep the focus where it is.
    if (failure || from.matched.length === 0 || to.path === from.path) return;
    await nextTick();
    document.getElementById('page-title')?.focus({ preventScroll: true });
  });
  return router;
}

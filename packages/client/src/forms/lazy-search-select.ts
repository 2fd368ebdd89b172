import { defineAsyncComponent } from 'vue';

/** The searched select, fetched when a list is long enough to need it: most forms never do. */
export const LazySearchSelect = defineAsyncComponent(() => import('./FieldSearchSelect.vue'));

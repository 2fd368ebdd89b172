import './styles/main.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { startUpdates } from './boot/start-updates.ts';
import { createI18n } from './i18n/use-i18n.ts';
import { createAppRouter } from './router/app-router.ts';

createApp(App).use(createPinia()).use(createI18n()).use(createAppRouter()).mount('#app');
startUpdates();

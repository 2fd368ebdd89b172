import './styles/main.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { takeInvitationCode } from './boot/invitation-link.ts';
import { createI18n } from './i18n/use-i18n.ts';
import { createAppRouter } from './router/app-router.ts';

// before the router reads the address: a code must not stay in it
const invitation = takeInvitationCode(window);
createApp(App, { invitation }).use(createPinia()).use(createI18n()).use(createAppRouter()).mount('#app');

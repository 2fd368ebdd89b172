import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** The gallery is a site of its own: nothing of it can reach the product's build. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: '../public',
  plugins: [vue()],
  define: { __APP_VERSION__: JSON.stringify('gallery') },
  build: { outDir: '../dist/gallery', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});

import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** Files that need a page say so in their first line: `// @vitest-environment happy-dom`. */
export default defineConfig({
  plugins: [vue()],
  define: { __APP_VERSION__: JSON.stringify('0.0.0-test') },
  test: { name: 'client', include: ['src/**/*.test.ts'], environment: 'node' },
});

import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/**
 * Begins every stylesheet of a build with the one order of the layers, as `main.css` has it: a part that the first page shares with a later one
 * becomes a file of its own, is fetched before `main.css`, and would put its layer below all others.
 */
export function layersFirst(): Plugin {
  const [order] = /^@layer [^;{]+;/mu.exec(readFileSync(new URL('src/styles/main.css', import.meta.url), 'utf8')) ?? [];
  if (order === undefined) throw new Error('main.css no longer says the order of the layers');
  return {
    name: 'layers-first',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = `${order}${String(file.source)}`;
    },
  };
}

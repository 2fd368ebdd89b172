import { describe, expect, it } from 'vitest';
import { importsOf, isTest, productFiles, type SourceFile } from './source.ts';

// From the top down: a folder (or a file at the top of src) may import its own row and the rows below it.
const layers: Record<string, readonly (readonly string[])[]> = {
  core: [['sync'], ['wire', 'doc', 'kinds', 'policy', 'derive', 'roster'], ['model'], ['base']],
  server: [['main'], ['ws', 'http', 'jobs', 'cli', 'demo'], ['store', 'auth', 'ops', 'config']],
  client: [
    ['main', 'app', 'router', 'boot', 'shell', 'service-worker'],
    ['views'],
    ['components', 'forms', 'print'],
    ['composables'],
    ['stores'],
    ['worker', 'platform'],
    ['i18n', 'config', 'fonts', 'styles', 'env'],
  ],
};

const corePackages = ['@noble/hashes', 'fflate', 'lib0', 'yjs', 'zod'];
const platforms: Record<string, RegExp> = {
  core: /^packages\/core\//u,
  client: /^packages\/(?:core|client)\//u,
  server: /^packages\/(?:core|server)\//u,
};
const yjsHolders = [
  'packages/core/src/doc/',
  'packages/client/src/platform/directory.ts',
  'packages/client/src/platform/presence.ts',
  'packages/server/src/ws/rooms.ts',
];

interface Place {
  readonly name: string;
  readonly folder: string;
  readonly row: number;
}

/** Where a path of the product stands; null outside any src. */
function placeOf(path: string): Place | null {
  const [, name, folder] = /^packages\/(\w+)\/src\/([^/.]+)/u.exec(path) ?? [];
  if (name === undefined || folder === undefined) return null;
  const row = layers[name]?.findIndex((folders) => folders.includes(folder.toLowerCase())) ?? -1;
  return { name, folder: folder.toLowerCase(), row };
}

const files = productFiles();
const sources = files.filter(({ path }) => !isTest(path) && placeOf(path) !== null);

/** Returns `importer → imported` for each import that `isWrong` finds so. */
function wrongImports(among: readonly SourceFile[], isWrong: (from: string, to: string) => boolean): string[] {
  return among.flatMap((file) =>
    importsOf(file)
      .filter((to) => isWrong(file.path, to))
      .map((to) => `${file.path} → ${to}`),
  );
}

describe('layers', () => {
  it('[ARC-1] every folder has a place', () => {
    expect(sources.filter(({ path }) => placeOf(path)?.row === -1).map(({ path }) => path)).toEqual([]);
  });

  it('[ARC-1] imports never point upwards', () => {
    const isUpward = (from: string, to: string): boolean => {
      const [low, high] = [placeOf(from), placeOf(to)];
      return low !== null && high !== null && low.name === high.name && high.row < low.row;
    };
    expect(wrongImports(sources, isUpward)).toEqual([]);
  });

  it('[ARC-1] folders of one layer form no circle', () => {
    expect(circlesIn(folderGraph())).toEqual([]);
  });

  it('[ARC-2] packages import only what lies below them', () => {
    const isForeign = (from: string, to: string): boolean => {
      const own = platforms[/^packages\/(\w+)\//u.exec(from)?.[1] ?? ''];
      return to.startsWith('packages/') && own !== undefined && !own.test(to);
    };
    expect(wrongImports(files, isForeign)).toEqual([]);
  });

  it('[ARC-2] core imports a closed list of packages', () => {
    const inCore = sources.filter(({ path }) => path.startsWith('packages/core/'));
    const isKnown = (to: string): boolean =>
      to.startsWith('packages/core/') || corePackages.some((name) => to === name || to.startsWith(`${name}/`));
    expect(wrongImports(inCore, (_, to) => !isKnown(to))).toEqual([]);
  });

  it('[ARC-2] nothing in the product imports the tests', () => {
    const isOfTests = (_: string, to: string): boolean => /^(?:test|@chungtay\/test)\//u.test(to) || isTest(to);
    expect(wrongImports(sources, isOfTests)).toEqual([]);
  });

  it('[ARC-2] units take nothing but fixtures from test/', () => {
    const isRunner = (_: string, to: string): boolean => to.startsWith('test/') && !to.startsWith('test/fixtures/');
    expect(wrongImports(files, isRunner)).toEqual([]);
  });

  it('[ARC-3] only documents and rooms know Yjs', () => {
    const holds = (path: string): boolean => yjsHolders.some((holder) => path.startsWith(holder));
    expect(wrongImports(sources, (from, to) => to === 'yjs' && !holds(from))).toEqual([]);
  });
});

function folderGraph(): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of sources) {
    const from = placeOf(file.path);
    for (const to of importsOf(file).map(placeOf)) {
      if (!from || !to || from.name !== to.name || from.row !== to.row || from.folder === to.folder) continue;
      const key = `${from.name}/${from.folder}`;
      graph.set(key, (graph.get(key) ?? new Set()).add(`${to.name}/${to.folder}`));
    }
  }
  return graph;
}

/** Returns the folders from which a walk comes back to where it began. */
function circlesIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return [...graph.keys()].filter((start) => {
    const seen = new Set<string>();
    const ahead = [...(graph.get(start) ?? [])];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      ahead.push(...(graph.get(next) ?? []));
    }
    return seen.has(start);
  });
}

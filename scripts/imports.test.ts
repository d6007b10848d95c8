import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '#lib/root.ts';

/**
 * The layers of the house, the highest first. A file may import from its own layer and from lower ones. Within
 * `lib`, the nouns are one layer: they may know each other.
 */
const LAYERS: { name: string; owns: RegExp }[] = [
  { name: 'programs and tests of the whole', owns: /^(server\.ts|builder\.ts|scripts\/|e2e\/|bench\/)/ },
  { name: 'tests and their helpers', owns: /(^lib\/testing\/|\.test\.tsx?$)/ },
  { name: 'life of the process', owns: /^lib\/(server|cli)\// },
  { name: 'pages and routes', owns: /^app\// },
  { name: 'product components', owns: /^components\/(?!ui\/)/ },
  { name: 'plain components', owns: /^components\/ui\// },
  { name: 'wire', owns: /^lib\/http\// },
  { name: 'methods', owns: /^lib\/rpc\// },
  { name: 'domain', owns: /^lib\/[^/]+\// },
  { name: 'foundations', owns: /^(lib\/[^/]+\.ts$|lib\/db\/|generated\/)/ },
];

/** These folders of `lib` are below the nouns. */
const FOUNDATIONS = /^lib\/(db\/|[^/]+\.ts$)/;

function layerOf(file: string): number {
  const found = FOUNDATIONS.test(file) ? LAYERS.length - 1 : LAYERS.findIndex(({ owns }) => owns.test(file));
  if (found === -1) throw new Error(`${file} belongs to no layer; give it one in scripts/imports.test.ts.`);
  return found;
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => path.posix.join(folder, name));
}

/** The files of ours that `file` imports, relative to the project. */
function importsOf(file: string): string[] {
  const source = readFileSync(path.join(ROOT, file), 'utf8');
  const specifiers = [...source.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([#.][^']*)'/g)].map(
    ([, one]) => one ?? '',
  );
  return specifiers.map((one) =>
    one.startsWith('#') ? one.slice(1) : path.posix.join(path.posix.dirname(file), one),
  );
}

const sources = ['app', 'bench', 'components', 'lib', 'scripts', 'e2e']
  .flatMap(sourcesBelow)
  .concat('server.ts', 'builder.ts');

describe('imports', () => {
  it('never point upward', () => {
    const upward = sources.flatMap((file) =>
      importsOf(file)
        .filter((target) => /\.tsx?$/.test(target) && layerOf(target) < layerOf(file))
        .map((target) => `${file} -> ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it('of plain components reach nothing that knows our data', () => {
    const reaching = sources
      .filter((file) => file.startsWith('components/ui/') && !file.includes('.test.'))
      .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
      .filter(({ target }) => /^(lib|generated)\//.test(target) && !FOUNDATIONS.test(target));
    expect(reaching).toEqual([]);
  });

  it('of what the server loads reach no .tsx, which Node cannot run', () => {
    const seen = new Set<string>();
    const visit = (file: string) => {
      if (seen.has(file) || file.startsWith('generated/')) return;
      seen.add(file);
      if (/\.tsx?$/.test(file)) importsOf(file).forEach(visit);
    };
    for (const entry of ['server.ts', 'builder.ts']) visit(entry);
    expect([...seen].filter((file) => file.endsWith('.tsx'))).toEqual([]);
  });
});

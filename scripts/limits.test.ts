import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '#lib/root.ts';

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const rows = read('docs/limits.md')
  .split('\n')
  .filter((line) => /^\|.*`/.test(line))
  .map((line) => line.split('|').at(-2) ?? '');

it('every limit in the documentation names a constant or a setting that there is', () => {
  const missing = rows.flatMap((where) => {
    const names = [...where.matchAll(/`([A-Z][A-Z_0-9]+)`/g)].map(([, name]) => name ?? '');
    const file = / in `([^`]+)`/.exec(where)?.[1] ?? 'lib/env.ts';
    const form = (name: string) =>
      new RegExp(file === 'lib/env.ts' ? `^  ${name}:` : `\\bconst ${name}\\b`, 'm');
    return names.filter((name) => !form(name).test(read(file))).map((name) => `${name} in ${file}`);
  });
  expect(missing).toEqual([]);
  expect(rows.length).toBeGreaterThan(20);
});

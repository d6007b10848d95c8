import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '#lib/root.ts';
import { run } from './support/run.ts';

const FILE = path.join(ROOT, 'deploy/compose.yaml');
/** What an administrator has to say; the rest has defaults. */
const REQUIRED = {
  PUBLIC_URL: 'https://groundstation.example.org',
  REGISTRY_PUBLIC_HOST: 'registry.example.org',
  AUTH_SECRET: 'a'.repeat(32),
  BUILDER_TOKEN: 'b'.repeat(32),
  POSTGRES_PASSWORD: 'c'.repeat(32),
};
const { PATH = '', HOME = '' } = process.env;

/** Every Compose of this machine: the first version, the second one as a program, and as a part of `docker`. */
async function composes(): Promise<string[][]> {
  const files = PATH.split(path.delimiter).map((folder) => path.join(folder, 'docker-compose'));
  const programs = new Set(files.filter((file) => existsSync(file)).map((file) => realpathSync(file)));
  const part = ['docker', 'compose'];
  const { code } = await run([...part, 'version'], { env: { HOME } });
  return [...Array.from(programs, (file) => [file]), ...(code === 0 ? [part] : [])];
}

/** `docker-compose version 1.29.2` or `Docker Compose version v2.40.3`. */
async function versionOf(words: string[]): Promise<string> {
  const { output } = await run([...words, 'version'], { env: { HOME } });
  return /ompose version v?([\d.]+)/i.exec(output)?.[1] ?? output;
}

const found = await Promise.all(
  (await composes()).map(async (words) => ({ words, version: await versionOf(words) })),
);

it('is read by a Compose of this machine', () => {
  expect(found).not.toEqual([]);
});

describe.each(found)('the compose file for Compose $version', ({ words }) => {
  const config = (env: Record<string, string>) =>
    run([...words, '-f', FILE, 'config', '--quiet'], { env: { HOME, ...env } });

  it('is valid with what it requires, and says what is missing without', async () => {
    expect(await config(REQUIRED)).toEqual({ code: 0, output: '' });
    for (const name of Object.keys(REQUIRED)) {
      const { code, output } = await config({ ...REQUIRED, [name]: '' });
      expect(code).not.toBe(0);
      expect(output).toContain(name);
    }
  });
});

import path from 'node:path';
import { expect, it } from 'vitest';
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

const config = (env: Record<string, string>) =>
  run(['docker-compose', '-f', FILE, 'config', '--quiet'], { env });

it('the compose file is valid with what it requires, and says what is missing without', async () => {
  expect(await config(REQUIRED)).toEqual({ code: 0, output: '' });
  for (const name of Object.keys(REQUIRED)) {
    const { code, output } = await config({ ...REQUIRED, [name]: '' });
    expect(code).not.toBe(0);
    expect(output).toContain(name);
  }
});

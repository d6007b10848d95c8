import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { pool } from '#lib/db/pool.ts';
import { ROOT } from '#lib/root.ts';

const SCHEMA = `
datasource db {
  provider = "postgresql"
}

model First {
  id String @id
}

model Second {
  id String @id
}
`;

const FIRST_MIGRATION = `
CREATE TABLE "First" ("id" TEXT NOT NULL, CONSTRAINT "First_pkey" PRIMARY KEY ("id"));
-- Two statements; in a comment.
ALTER TABLE "First" ADD CONSTRAINT "not_this" CHECK ("id" <> ';');
CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
`;

async function prisma(env: Record<string, string>, ...args: string[]): Promise<string> {
  const program = path.join(ROOT, 'scripts/prisma.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], {
    env: { ...process.env, ...env },
  });
  return stdout;
}

/** A project with one migration by hand and a model without one; inside of ours, so that it finds the packages. */
function makeProject(): string {
  mkdirSync(path.join(ROOT, '.cache'), { recursive: true });
  const project = mkdtempSync(path.join(ROOT, '.cache/schema-engine-'));
  const migration = path.join(project, 'prisma/migrations/20260101000000_first');
  mkdirSync(migration, { recursive: true });
  copyFileSync(path.join(ROOT, 'prisma.config.ts'), path.join(project, 'prisma.config.ts'));
  writeFileSync(path.join(project, 'prisma/schema.prisma'), SCHEMA);
  writeFileSync(path.join(migration, 'migration.sql'), FIRST_MIGRATION);
  return project;
}

it('finds no difference between our migrations and our schema', async () => {
  const sources = ['--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema.prisma'];
  expect(await prisma({}, 'migrate', 'diff', ...sources, '--script')).toMatch(/empty migration/);
});

it('says that a migrated database is up to date', async () => {
  expect(await prisma({}, 'migrate', 'status')).toMatch(/up to date/);
});

it('makes a database, applies functions, checks and comments with semicolons, and writes a migration', async () => {
  const project = makeProject();
  const name = `test_engine_${randomBytes(6).toString('hex')}`;
  const url = new URL(process.env.DATABASE_URL ?? '');
  url.pathname = `/${name}`;
  const config = path.join(project, 'prisma.config.ts');
  try {
    await prisma({ DATABASE_URL: url.href }, 'migrate', 'dev', '--name', 'second', '--config', config);
    const migrations = path.join(project, 'prisma/migrations');
    const made = readdirSync(migrations).find((one) => one.endsWith('_second')) ?? '';
    const sql = readFileSync(path.join(migrations, made, 'migration.sql'), 'utf8');
    expect(sql).toMatch(/^-- CreateTable\nCREATE TABLE "Second" \([^;]*;\n$/);
  } finally {
    await pool().query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    rmSync(project, { recursive: true });
  }
});

it('leaves no shadow database', async () => {
  const { rows } = await pool().query("SELECT datname FROM pg_database WHERE datname LIKE '%shadow%'");
  expect(rows).toEqual([]);
});

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runServerToEnd, startTestServer, type TestServer } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const SECRET = 'a secret of more than thirty-two characters';
const { folder, remove } = makeTemporaryFolder();
afterAll(remove);

/** A start that must end with 1, nothing on stdout and one line on stderr, which is returned. */
async function refusal(env: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await runServerToEnd({ DATA_DIR: path.join(folder, 'unused'), ...env });
  expect({ code, stdout, lines: stderr.split('\n').length }, stderr).toEqual({
    code: 1,
    stdout: '',
    lines: 2,
  });
  return stderr.trimEnd();
}

describe('a start is refused in one line', () => {
  it('with a wrong variable, which is named', async () => {
    expect(await refusal({ PORT: 'http' })).toBe('PORT is "http"; allowed: a port from 0 to 65535.');
  });

  it('with a DATABASE_URL where nothing answers', async () => {
    expect(await refusal({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })).toMatch(
      /^DATABASE_URL cannot be/,
    );
  });

  it('on data of another major version of Postgres', async () => {
    const dataDir = path.join(folder, 'old-major');
    mkdirSync(path.join(dataDir, 'postgres'), { recursive: true });
    chmodSync(dataDir, 0o711);
    writeFileSync(path.join(dataDir, 'postgres/PG_VERSION'), '13\n');
    expect(await refusal({ DATA_DIR: dataDir })).toMatch(
      /was written by PostgreSQL 13 and this version brings \d+; /,
    );
  });

  it('on a DATA_DIR that is a file', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    expect(await refusal({ DATA_DIR: file })).toMatch(/^DATA_DIR is "/);
  });

  it.runIf(process.getuid?.() !== 0)('on a DATA_DIR that we cannot look into', async () => {
    const closed = path.join(folder, 'ours-but-closed');
    mkdirSync(closed, { mode: 0 });
    expect(await refusal({ DATA_DIR: path.join(closed, 'data') })).toMatch(
      /^DATA_DIR is ".*", which cannot be used \(EACCES\); /,
    );
    // So that it can be removed.
    chmodSync(closed, 0o700);
  });

  it.runIf(process.getuid?.() === 0)('as root, on a DATA_DIR that Postgres cannot enter', async () => {
    const closed = path.join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    expect(await refusal({ DATA_DIR: path.join(closed, 'data') })).toMatch(
      /^DATA_DIR is ".*", which .* cannot enter; /,
    );
  });
});

describe('beside a database in use, a start is refused in one line', () => {
  let server: TestServer;
  let client: pg.Client;

  beforeAll(async () => {
    server = await startTestServer({ AUTH_SECRET: SECRET });
    client = new pg.Client({ connectionString: server.databaseUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  it('with another AUTH_SECRET', async () => {
    const env = { DATABASE_URL: server.databaseUrl, AUTH_SECRET: `${SECRET} but another` };
    expect(await refusal(env)).toMatch(/^AUTH_SECRET is not the one that this database is used with; /);
  });

  it('on an address that is taken', async () => {
    const other = http.createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const env = { DATABASE_URL: server.databaseUrl, AUTH_SECRET: SECRET, PORT: String(port) };
    expect(await refusal(env)).toMatch(/^127\.0\.0\.1:\d+ is taken by another program; /);
    other.close();
  });

  it('when the database is newer', async () => {
    const name = '99991231000000_from_the_future';
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ('future', '', $1, now(), 1)`,
      [name],
    );
    const env = { DATABASE_URL: server.databaseUrl, AUTH_SECRET: SECRET };
    expect(await refusal(env)).toMatch(/^The database is newer than this version .*from_the_future/);
    await client.query("DELETE FROM _prisma_migrations WHERE id = 'future'");
  });
});

import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runAdmin } from '#lib/testing/admin.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const DAY_MS = 24 * 3_600_000;

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

/** A folder with a file to import, and room for the data; gone after the test. */
function makePlace(bytes: Buffer): { DATA_DIR: string; file: string } {
  const { folder, remove } = makeTemporaryFolder();
  removals.push(remove);
  const file = path.join(folder, 'old.bin');
  writeFileSync(file, bytes);
  return { DATA_DIR: path.join(folder, 'data'), file };
}

/** Pushes as docarray before 0.11.3 does; resolves to the status of the answer. */
async function daPush({ url }: TestServer, name: string, bytes: string): Promise<number> {
  const form = new FormData();
  form.set('file', new Blob([bytes]), 'DocumentArray');
  form.set('token', name);
  return (await fetch(`${url}/v2/rpc/da.push`, { method: 'POST', body: form })).status;
}

/** The bytes that nobody in particular pulls by a bare name, or null when there is none. */
async function daPull({ url }: TestServer, name: string): Promise<Buffer | null> {
  const response = await fetch(`${url}/v2/rpc/da.pull?${new URLSearchParams({ token: name })}`);
  const { data } = (await response.json()) as { data: { download: string } | null };
  return data && Buffer.from(await (await fetch(data.download)).arrayBuffer());
}

const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

describe('admin artifact', () => {
  it('imports while the server does not run and while it does, lists and deletes', async () => {
    const bytes = randomBytes(3_000_000);
    const { DATA_DIR, file } = makePlace(bytes);
    const admin = (...words: string[]) => runAdmin({ DATA_DIR }, ['artifact', ...words]);
    const before = await admin('import', '--legacy', 'before', file);
    expect(before).toMatch(/^Imported before: 3000000 bytes, sha256 [0-9a-f]{64}, never expires\.$/);
    const server = await startTestServer({ DATA_DIR });
    try {
      expect(await daPull(server, 'before')).toEqual(bytes);
      await admin('import', '--legacy', 'while it runs', file, '--days', '3');
      expect(await daPull(server, 'while it runs')).toEqual(bytes);
      const listed = (await admin('list', '--legacy')).split('\n');
      expect(listed.map((line) => line.replace(/expires .*Z$/, 'expires soon'))).toEqual([
        'before\tdocumentArray\t3000000 bytes\timported\tnever expires',
        'while it runs\tdocumentArray\t3000000 bytes\timported\texpires soon',
      ]);
      await admin('delete', '--legacy', 'before');
      expect(await daPull(server, 'before')).toBeNull();
      expect(await runAdmin({ DATA_DIR }, ['verify'])).toContain('0 wrong');
    } finally {
      await server.stop();
    }
  });

  it('says in one sentence what it cannot do, and ends with 1; with 2 for what it does not understand', async () => {
    const { DATA_DIR, file } = makePlace(Buffer.from('bytes'));
    const server = await startTestServer({ DATA_DIR });
    const admin = (...words: string[]) => runAdmin({ DATA_DIR }, ['artifact', ...words]);
    try {
      await admin('import', '--legacy', 'name', file);
      for (const [words, said] of [
        [['import', '--legacy', 'name', file], 'ended with 1: name was imported before'],
        [['import', '--legacy', 'other', `${file}.gone`], 'ended with 1: There is no file'],
        [['delete', '--legacy', 'other'], 'ended with 1: There is no un-namespaced'],
        [['import', 'name', file], 'ended with 2: --legacy is missing'],
        [['import', '--legacy', 'name', file, '--days', '0'], 'ended with 2: --days'],
      ] as const)
        await expect(admin(...words)).rejects.toThrow(said);
    } finally {
      await server.stop();
    }
  });
});

describe('expiry by command', () => {
  it('takes an anonymous push after seven days from its last push, and never an import', async () => {
    const { DATA_DIR, file } = makePlace(Buffer.from('from before'));
    const server = await startTestServer({ DATA_DIR, ANONYMOUS_PUSH: 'on', RETENTION_DAYS: '1' });
    try {
      await runAdmin({ DATA_DIR }, ['artifact', 'import', '--legacy', 'imported', file]);
      expect(await daPush(server, 'shared', 'bytes')).toBe(200);
      expect(await daPush(server, 'imported', 'bytes')).toBe(403);
      const expire = (at: string) => runAdmin({ DATA_DIR, RETENTION_DAYS: '1' }, ['expire', '--at', at]);
      expect(await expire(inDays(6.9))).toBe('0 artifacts expired.');
      expect(await daPull(server, 'shared')).toEqual(Buffer.from('bytes'));
      expect(await expire(inDays(7.1))).toBe('1 artifacts expired.');
      expect(await daPull(server, 'shared')).toBeNull();
      expect(await expire(inDays(36_500))).toBe('0 artifacts expired.');
      expect(await daPull(server, 'imported')).toEqual(Buffer.from('from before'));
    } finally {
      await server.stop();
    }
  });

  it('leaves what was pushed without a token readable after that is switched off, and takes no more of it', async () => {
    const { DATA_DIR } = makePlace(Buffer.from(''));
    const on = await startTestServer({ DATA_DIR, ANONYMOUS_PUSH: 'on' });
    expect(await daPush(on, 'shared', 'bytes')).toBe(200);
    await on.stop();
    const off = await startTestServer({ DATA_DIR });
    try {
      expect(await daPush(off, 'shared', 'other')).toBe(401);
      expect(await daPull(off, 'shared')).toEqual(Buffer.from('bytes'));
    } finally {
      await off.stop();
    }
  });
});

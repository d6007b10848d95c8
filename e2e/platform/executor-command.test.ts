import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { runAdmin } from '#lib/testing/admin.ts';
import { PLAIN_EXECUTOR, zipOf } from '#lib/testing/executor-zip.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

async function makePlace(bytes?: Buffer): Promise<{ DATA_DIR: string; zip: string }> {
  const { folder, remove } = makeTemporaryFolder();
  removals.push(remove);
  const zip = path.join(folder, 'old.zip');
  writeFileSync(zip, bytes ?? (await zipOf(PLAIN_EXECUTOR)));
  return { DATA_DIR: path.join(folder, 'data'), zip };
}

/** What somebody without an account gets; the HTTP status when it is refused. */
async function pull({ url }: TestServer, input: object): Promise<number | string> {
  const reply = await fetch(`${url}/v2/rpc/executor.getPackage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ include: ['code'], ...input }),
  });
  const { data } = (await reply.json()) as { data: { package: { download: string } } | null };
  if (!data) return reply.status;
  const zip = Buffer.from(await (await fetch(data.package.download)).arrayBuffer());
  return zip.subarray(0, 2).toString();
}

it('an import without a secret is for everybody by its bare name, one with a secret for who has it', async () => {
  const { DATA_DIR, zip } = await makePlace();
  const env = { DATA_DIR };
  const print = await runAdmin(env, ['executor', 'import', '--legacy', 'Open', zip]);
  expect(print).toMatch(/^Imported Open as [0-9a-z]{8}, public: jinahub:\/\/Open$/);
  await runAdmin(env, ['executor', 'import', '--legacy', 'Locked', '--secret', 's3@cret', zip]);
  const server = await startTestServer({ DATA_DIR });
  try {
    expect(await pull(server, { id: 'Open' })).toBe('PK');
    expect(await pull(server, { id: 'Locked', secret: 's3@cret' })).toBe('PK');
    expect(await pull(server, { id: 'Locked', secret: 'wrong' })).toBe(401);
    expect(await pull(server, { id: 'Locked' })).toBe(401);
    const again = runAdmin(env, ['executor', 'import', '--legacy', 'Open', zip]);
    await expect(again).rejects.toThrow('There is an Executor Open without a namespace');
    const listed = await runAdmin(env, ['executor', 'list', '--legacy']);
    expect(listed.split('\n').map((line) => line.split('\t')[0])).toEqual(['Locked', 'Open']);
    await runAdmin(env, ['executor', 'delete', '--legacy', 'Open']);
    expect(await pull(server, { id: 'Open' })).toBe(401);
    await runAdmin(env, ['executor', 'import', '--legacy', 'Open', zip]);
    const absent = runAdmin(env, ['executor', 'delete', '--legacy', 'Absent']);
    await expect(absent).rejects.toThrow('There is no Executor Absent');
  } finally {
    await server.stop();
  }
});

it('what is no Executor is refused in one sentence, and its name stays free', async () => {
  const { DATA_DIR, zip } = await makePlace(Buffer.from('no zip at all, whatever it is called'));
  const refused = runAdmin({ DATA_DIR }, ['executor', 'import', '--legacy', 'Open', zip]);
  await expect(refused).rejects.toThrow('The file is no zip.');
  writeFileSync(zip, await zipOf({ 'README.md': 'nothing' }));
  const empty = runAdmin({ DATA_DIR }, ['executor', 'import', '--legacy', 'Open', zip]);
  await expect(empty).rejects.toThrow(/ended with 1: [A-Z].*\.$/m);
  writeFileSync(zip, await zipOf(PLAIN_EXECUTOR));
  await runAdmin({ DATA_DIR }, ['executor', 'import', '--legacy', 'Open', zip]);
});

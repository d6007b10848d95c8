import { afterAll, expect, test } from 'vitest';
import { unzip } from '#lib/testing/unzip.ts';
import { pushed, removeAll } from '../artifacts.ts';
import { codes, send } from '../client.ts';
import { newPerson, rowsOf } from '../people.ts';

const FILE = '/api/export.zip';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

function file(headers: Record<string, string>) {
  return send({ path: FILE, headers });
}

test('a person gets all of theirs and nothing of anybody else, byte for byte', async () => {
  const bytes = Buffer.alloc(1_500_000, 'of alice');
  await pushed(alice, { name: 'photos', public: 'True' }, bytes);
  await pushed(bob, { name: 'of-bob', public: 'True' });
  const reply = await file({ cookie: `gs-session=${alice.session}` });
  expect(reply.status).toBe(200);
  expect(reply.headers).toMatchObject({
    'content-type': 'application/zip',
    'cache-control': 'no-store',
    'content-disposition': `attachment; filename="groundstation-${alice.name}.zip"`,
  });
  const files = await unzip(reply.bytes);
  expect([...files.keys()]).toEqual([
    'account.json',
    'activity.csv',
    'artifacts/photos/about.json',
    'artifacts/photos/data.bin',
    'index.json',
  ]);
  expect(files.get('artifacts/photos/data.bin')?.equals(bytes)).toBe(true);
  expect(Buffer.concat([...files.values()]).toString('latin1')).not.toContain('of-bob');
  const acts = await rowsOf(
    `SELECT action FROM audit_event WHERE namespace = $1 AND action LIKE 'account.%'`,
    [alice.name],
  );
  expect(acts).toEqual([{ action: 'account.export' }]);
});

test('nobody, a token, a foreign host and another site get none', async () => {
  expect(codes(await file({}))).toBe('401/40103');
  expect(codes(await file({ authorization: `token ${alice.token}` }))).toBe('401/40103');
  expect(codes(await file({ cookie: `gs-session=${alice.token}` }))).toBe('401/40103');
  const cookie = `gs-session=${alice.session}`;
  const foreign: [string, string][] = [
    ['host', 'evil.example'],
    ['sec-fetch-site', 'cross-site'],
    ['sec-fetch-site', 'same-site'],
  ];
  for (const [header, value] of foreign) expect((await file({ cookie, [header]: value })).status).toBe(403);
});

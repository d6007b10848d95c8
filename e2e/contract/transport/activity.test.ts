import { afterAll, beforeAll, expect, test } from 'vitest';
import { pushed, removeAll } from '../artifacts.ts';
import { codes, rpc, send } from '../client.ts';
import { newPerson, type Person } from '../people.ts';

const FILE = '/api/activity.csv';

let alice: Person;
let bob: Person;
beforeAll(async () => {
  [alice, bob] = [await newPerson('alice'), await newPerson('bob')];
  await pushed(alice, { name: '=1+1, "quoted"' });
  await pushed(bob, { name: 'of-bob' });
});
afterAll(() => removeAll(alice, bob));

function file(session: string) {
  return send({ path: FILE, headers: { cookie: `gs-session=${session}` } });
}

test('the file has what concerns one’s own namespace, and no formula', async () => {
  const { status, headers, bytes } = await file(alice.session);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="activity.csv"',
  });
  const lines = bytes.toString().split('\r\n');
  expect(lines[0]).toBe('at,action,target,by,token,address,client,request,detail');
  expect(lines[1]).toContain(`artifact.create,"'=1+1, ""quoted""",own,for the test,`);
  expect(bytes.toString()).not.toContain('of-bob');
});

test('more than a batch is there whole, once', async () => {
  const carol = await newPerson('carol');
  for (let at = 0; at < 3; at++)
    await rpc('user.pat.create', { token: carol.token, json: { name: `t${at}` } });
  const lines = (await file(carol.session)).bytes.toString().trimEnd().split('\r\n');
  expect(lines.slice(1).map((line) => line.split(',')[2])).toEqual(['t2', 't1', 't0']);
});

test('nobody, a token and a program get none', async () => {
  expect(codes(await send({ path: FILE }))).toBe('401/40103');
  expect(codes(await send({ path: FILE, headers: { authorization: `token ${alice.session}` } }))).toBe(
    '401/40103',
  );
  expect(codes(await send({ path: FILE, headers: { cookie: `gs-session=${alice.token}` } }))).toBe(
    '401/40103',
  );
  const headers = { cookie: `gs-session=${alice.session}`, host: 'evil.example' };
  expect((await send({ path: FILE, headers })).status).toBe(403);
});

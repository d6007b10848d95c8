import { afterAll, expect, test } from 'vitest';
import { freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, type Reply, send } from '../client.ts';
import { newPerson } from '../people.ts';
import { shape } from '../shape.ts';

const alice = await newPerson('alice');
afterAll(() => removeAll(alice));
const authorization = `token ${alice.token}`;

function post(path: string): Promise<Reply> {
  return send({ method: 'POST', path, headers: { authorization }, body: Buffer.alloc(0) });
}

test.each([
  '/v2/rpc/user.identity.whoami',
  '//v2/rpc/user.identity.whoami',
  '///v2//rpc///user.identity.whoami',
  '/v2/user/identity/whoami',
  '//v2//user//identity//whoami',
])('%s is answered without a redirect', async (path) => {
  expect(dataOf(await post(path))).toMatchObject({ name: alice.name });
  expect(dataOf(await send({ path, headers: { authorization } }))).toMatchObject({ name: alice.name });
});

test('the alias takes a query and a body like the dotted name', async () => {
  const { _id: id } = await pushed(alice, { name: freshName('alias') });
  const byQuery = await send({ path: `/v2/artifact/getDetail?id=${id}`, headers: { authorization } });
  expect(dataOf(byQuery)).toMatchObject({ _id: id });
  const body = Buffer.from(JSON.stringify({ id }));
  const headers = { authorization, 'content-type': 'application/json' };
  const byBody = await send({ method: 'POST', path: '/v2/artifact/getDetail', headers, body });
  expect(dataOf(byBody)).toMatchObject({ _id: id });
});

test('the alias takes an upload', async () => {
  const headers = { authorization, 'content-type': 'multipart/form-data; boundary=b' };
  const body = Buffer.from(
    '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nbytes\r\n--b--\r\n',
  );
  expect(dataOf(await send({ method: 'POST', path: '/v2/artifact/upload', headers, body }))).toMatchObject({
    size: 5,
  });
});

test.each([
  '/v2/rpc/no.such.method',
  '/v2/no/such/method',
  '/v2/rpc/constructor',
  '/v2/rpc/__proto__',
  '/v2/rpc/artifact.list.extra',
  '/v2/rpc/Artifact.List',
  '/v2/rpc/%00',
  '/v2/rpc/%ff',
])('%s is 404/40402, with and without a token', async (path) => {
  expect(codes(await post(path))).toBe('404/40402');
  expect(codes(await send({ path }))).toBe('404/40402');
});

test('the answer to an unknown method has the shape of every error', async () => {
  expect(shape(await post('/v2/rpc/no.such.method'))).toMatchSnapshot();
});

test('a trailing slash is not redirected', async () => {
  const reply = await post('/v2/rpc/user.identity.whoami/');
  expect([200, 404]).toContain(reply.status);
  expect(reply.headers.location).toBeUndefined();
});

test('/ping answers 200 to GET and to HEAD', async () => {
  expect((await send({ path: '/ping' })).status).toBe(200);
  expect((await send({ method: 'HEAD', path: '/ping' })).status).toBe(200);
});

test('clients that would read a token themselves find that there are no keys for it', async () => {
  const { status, bytes } = await send({ path: '/v2/.well-known/jwks.json' });
  expect([status, JSON.parse(bytes.toString())]).toEqual([200, { keys: [] }]);
});

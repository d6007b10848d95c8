import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { newPerson, type Person } from '../people.ts';

const CREATE = 'user.pat.create';

let alice: Person;
let id: string;
beforeAll(async () => {
  alice = await newPerson('alice');
  id = (await pushed(alice, { name: freshName('mine') }))._id;
});
afterAll(() => removeAll(alice));

/** Makes a token as a form, in which a list is a repeated field. */
async function limited(maker: string, ...scopes: string[]): Promise<string> {
  const form: [string, string][] = [
    ['name', freshName('limited')],
    ...scopes.map((scope): [string, string] => ['scopes', scope]),
  ];
  return dataOf<{ token: string }>(await rpc(CREATE, { token: maker, form })).token;
}

test('success: a token may do what its scopes say, and nothing else', async () => {
  const reader = await limited(alice.token, 'artifact:read');
  expect(codes(await rpc('artifact.getDetail', { token: reader, json: { id } }))).toBe('200/20000');
  expect(codes(await rpc('user.identity.whoami', { token: reader }))).toBe('200/20000');
  const update = { id, name: freshName('renamed') };
  expect(codes(await rpc('artifact.update', { token: reader, json: update }))).toBe('403/40301');
  expect(codes(await rpc('artifact.delete', { token: reader, json: { id } }))).toBe('403/40301');
  expect(codes(await rpc(CREATE, { token: reader, json: { name: freshName('x') } }))).toBe('403/40301');
  const writer = await limited(alice.token, 'artifact:read', 'artifact:write');
  expect(codes(await rpc('artifact.update', { token: writer, json: update }))).toBe('200/20000');
});

test('success: the list says what each may do', async () => {
  const json = { name: freshName('listed'), scopes: ['artifact:read', 'token:manage', 'artifact:read'] };
  dataOf(await rpc(CREATE, { token: alice.token, json }));
  const reply = await rpc('user.pat.list', { token: alice.token });
  const tokens = dataOf<{ personal_access_tokens: { name: string }[] }>(reply).personal_access_tokens;
  expect(tokens.find(({ name }) => name === json.name)).toMatchObject({
    scopes: ['artifact:read', 'token:manage'],
  });
});

test('a token makes none that may do more than itself: asked for, or by not asking', async () => {
  const maker = await limited(alice.token, 'token:manage', 'artifact:read');
  const json = { name: freshName('wider'), scopes: ['artifact:read', 'artifact:delete'] };
  expect(codes(await rpc(CREATE, { token: maker, json }))).toBe('403/40301');
  const same = await limited(maker);
  expect(codes(await rpc('artifact.getDetail', { token: same, json: { id } }))).toBe('200/20000');
  expect(codes(await rpc('artifact.delete', { token: same, json: { id } }))).toBe('403/40301');
});

test.each([[['artifact:*']], [['ARTIFACT:READ']], [['']], [[{}]], [['artifact:read', 'x']]])(
  'invalid: scopes of %j',
  async (scopes) => {
    const json = { name: freshName('odd'), scopes };
    expect(codes(await rpc(CREATE, { token: alice.token, json }))).toBe('400/40001');
  },
);

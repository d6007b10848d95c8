import { expect, test } from 'vitest';
import { codes, dataOf, rpc } from '../client.ts';
import { newPerson } from '../people.ts';
import { shape } from '../shape.ts';

const METHOD = 'user.identity.whoami';
const alice = await newPerson('alice');

test('success: a token tells who its owner is', async () => {
  expect(shape(await rpc(METHOD, { token: alice.token }))).toMatchSnapshot();
});

test('success: a session and a token stand for the same user, by POST and by GET', async () => {
  const byToken = dataOf(await rpc(METHOD, { token: alice.token }));
  expect(byToken).toMatchObject({ _id: alice.id, name: alice.name, email: alice.email });
  expect(dataOf(await rpc(METHOD, { token: alice.session }))).toEqual(byToken);
  expect(dataOf(await rpc(METHOD, { token: alice.token, via: 'GET' }))).toEqual(byToken);
});

test('no token: 401/40103', async () => {
  const reply = await rpc(METHOD);
  expect(codes(reply)).toBe('401/40103');
  expect(shape(reply)).toMatchSnapshot();
});

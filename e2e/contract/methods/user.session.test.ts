import { expect, test } from 'vitest';
import { codes, dataOf, rpc } from '../client.ts';
import { logIn, newPerson, signUp } from '../people.ts';
import { shape } from '../shape.ts';

const GET_RAW = 'user.session.getRaw';
const DISMISS = 'user.session.dismiss';
const alice = await newPerson('alice');

test('getRaw, success: a session and a token say when they began and end', async () => {
  expect(shape(await rpc(GET_RAW, { token: alice.session }))).toMatchSnapshot();
  expect(dataOf(await rpc(GET_RAW, { token: alice.token }))).toMatchObject({
    userId: alice.id,
    expireAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
});

test('getRaw, no token: 401/40103', async () => {
  expect(codes(await rpc(GET_RAW))).toBe('401/40103');
});

test('dismiss, success: the session ends at once and no other does', async () => {
  const account = await signUp('bob');
  const [first, second] = [await logIn(account), await logIn(account)];
  // The empty body and its content type are aiohttp's.
  const headers = { 'content-type': 'application/octet-stream' };
  expect(shape(await rpc(DISMISS, { token: first, headers }))).toMatchSnapshot();
  expect(codes(await rpc('user.identity.whoami', { token: first }))).toBe('401/40103');
  expect(codes(await rpc('user.identity.whoami', { token: second }))).toBe('200/20000');
  expect(codes(await rpc(DISMISS, { token: first }))).toBe('401/40103');
});

test('dismiss, success: a personal access token stays', async () => {
  expect(codes(await rpc(DISMISS, { token: alice.token }))).toBe('200/20000');
  expect(codes(await rpc('user.identity.whoami', { token: alice.token }))).toBe('200/20000');
});

test('dismiss, no token: none and the text None are the same 401 with a message', async () => {
  const none = await rpc(DISMISS);
  expect(shape(none)).toMatchSnapshot();
  expect(shape(await rpc(DISMISS, { token: 'None' }))).toEqual(shape(none));
});

import { expect, test } from 'vitest';
import { codes, envelope, rpc } from '../client.ts';
import { newPerson } from '../people.ts';

const METHODS = [
  'user.m2m.impersonateUser',
  'user.m2m.listUserInfo',
  'payment.app.getAuthorizedJWT',
  'payment.app.getSummary',
  'payment.app.verify',
  'payment.app.reportUsage',
];

test.each(METHODS)('%s: a machine’s password is 401/40103, as is none', async (method) => {
  const headers = { authorization: 'Basic random_m2m_token' };
  const form: [string, string][] = [['token', 'x']];
  expect(codes(await rpc(method, { headers, form }))).toBe('401/40103');
  expect(codes(await rpc(method, { form }))).toBe('401/40103');
});

test.each(METHODS)('%s: whoever is logged in is told that there is no such thing here', async (method) => {
  const { token } = await newPerson('alice');
  const reply = await rpc(method, { token, json: { userId: 'x' } });
  expect(codes(reply)).toBe('404/40402');
  expect(envelope(reply).message).toContain('This server has no machine-to-machine calls and no payments.');
});

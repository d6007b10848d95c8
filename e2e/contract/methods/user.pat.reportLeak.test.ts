import { expect, test } from 'vitest';
import { newTokenText } from '#lib/tokens/format.ts';
import { codes, rpc } from '../client.ts';
import { newPerson, rowsOf } from '../people.ts';
import { shape } from '../shape.ts';

const REPORT = 'user.pat.reportLeak';
const WHOAMI = 'user.identity.whoami';

test('success: by its text alone a token is over, and so is a session; both are written down', async () => {
  const alice = await newPerson('alice');
  for (const token of [alice.token, alice.session]) {
    expect(codes(await rpc(REPORT, { json: { token: ` ${token}\n` } }))).toBe('200/20000');
    expect(codes(await rpc(WHOAMI, { token }))).toBe('401/40103');
  }
  const acts = await rowsOf(
    `SELECT target, coalesce(actor_id, 'nobody') AS actor FROM audit_event WHERE namespace = $1 AND action = 'token.leak'
     ORDER BY id`,
    [alice.name],
  );
  expect(acts).toEqual([
    { target: 'for the test', actor: 'nobody' },
    { target: 'a session', actor: 'nobody' },
  ]);
});

test('what is no token, or counts no more, gets the same answer', async () => {
  const { token } = await newPerson('bob');
  const known = shape(await rpc(REPORT, { json: { token } }));
  for (const other of [token, newTokenText(), 'a word', '', 'a\0b', 'x'.repeat(1_000_000)])
    expect(shape(await rpc(REPORT, { json: { token: other } }))).toEqual(known);
});

test('invalid: nothing to look at', async () => {
  expect(codes(await rpc(REPORT, {}))).toBe('400/40001');
});

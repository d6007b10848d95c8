import { expect, test } from 'vitest';
import { dataOf, rpc } from '../client.ts';
import { newPerson } from '../people.ts';
import { shape } from '../shape.ts';

const METHOD = 'dockerRegistry.listInternalRegistries';

test('success: one host without a scheme, the same for everybody', async () => {
  const alice = await newPerson('alice');
  const reply = await rpc(METHOD, { token: alice.token });
  expect(shape(reply)).toMatchSnapshot();
  expect(dataOf<string[]>(reply)[0]).toMatch(/^[^/]+$/);
});

test('no token: none is needed', async () => {
  expect(dataOf<string[]>(await rpc(METHOD))).toHaveLength(1);
});

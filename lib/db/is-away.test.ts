import { describe, expect, it } from 'vitest';
import { isDatabaseAway, isDatabaseFull } from './is-away.ts';

/** As Prisma 7 throws what a raw query met (its P2010). */
function wrapped(originalCode: string, kind = 'postgres'): Error {
  const meta = { driverAdapterError: { cause: { originalCode, kind } } };
  return Object.assign(new Error('Raw query failed'), { code: 'P2010', meta });
}

const withCode = (code: string) => Object.assign(new Error('failed'), { code });

describe('a database that is away', () => {
  it.each([
    ['a server that refuses connections', withCode('ECONNREFUSED')],
    ['a server that shuts down', withCode('57P01')],
    ['the same below a raw query of Prisma', wrapped('57P01')],
    ['a postmaster that was killed, below a raw query', wrapped('57P02')],
    ['a connection that closed below a raw query', wrapped('', 'ConnectionClosed')],
    ['a connection that pg lost', new Error('Connection terminated unexpectedly')],
    ['one of these as the cause', new Error('cannot', { cause: withCode('ECONNRESET') })],
  ])('is %s', (_what, error) => expect(isDatabaseAway(error)).toBe(true));

  it.each([
    ['a constraint', wrapped('23505')],
    ['a mistake in a query', withCode('42601')],
    ['a full disk', wrapped('53100')],
    ['no error', 'ECONNREFUSED'],
  ])('is not %s', (_what, error) => expect(isDatabaseAway(error)).toBe(false));
});

it('a full disk is known, also below a raw query', () => {
  expect([withCode('53100'), wrapped('53100')].map(isDatabaseFull)).toEqual([true, true]);
  expect(isDatabaseFull(wrapped('57P01'))).toBe(false);
});

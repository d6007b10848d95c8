import { describe, expect, it } from 'vitest';
import { Fault } from '#lib/errors.ts';
import { errorReply } from '#lib/http/errors.ts';

function replyTo(error: unknown) {
  const { status, headers, body } = errorReply(error, 'id-1');
  return { http: status, headers, ...JSON.parse(String(body)) };
}

describe('errorReply', () => {
  it('shows a sentence of ours with the code of its kind and the request id', () => {
    const reply = replyTo(new Fault('not-found', 'There is nothing.'));
    expect(reply).toMatchObject({
      http: 404,
      code: 404,
      status: 40403,
      data: null,
      message: 'There is nothing. (request id-1)',
    });
    expect(reply.readableMessage).toBe(`RequestedEntityNotFoundError: ${reply.message}`);
    expect(reply.headers['x-request-id']).toBe('id-1');
  });

  it('says when to come back after too many tries', () => {
    const reply = replyTo(new Fault('too-often', 'Wait.', { retryAfterSeconds: 30 }));
    expect(reply).toMatchObject({ http: 429, code: 429, status: 40301 });
    expect(reply.headers['retry-after']).toBe('30');
  });

  it.each([
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('the database system is shutting down'), { code: '57P03' }),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new Error('wrapped', { cause: Object.assign(new Error('gone'), { code: '57P01' }) }),
  ])('tells a database that is away from a mistake: %s', (error) => {
    expect(replyTo(error)).toMatchObject({ http: 503, code: 503, status: 50002 });
  });

  it('says nothing of an error that nobody expected', () => {
    const reply = replyTo(new Error('select secret from table'));
    expect(reply).toMatchObject({ http: 500, status: 50001 });
    expect(JSON.stringify(reply)).not.toContain('secret');
  });
});

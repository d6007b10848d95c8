import type { NextApiRequest, NextApiResponse } from 'next';
import NextAuth from 'next-auth';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '#lib/accounts/create.ts';
import type { Origin } from '#lib/audit/record.ts';
import { authenticate } from '#lib/auth/authenticate.ts';
import { authOptions } from '#lib/auth/next-auth.ts';
import { systemClock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { makeUser } from '#lib/testing/domain.ts';
import { createToken } from '#lib/tokens/create.ts';

const ORIGIN: Origin = { caller: null, address: '10.0.0.1', client: 'test', requestId: 'request' };
const PASSWORD = 'a sentence that is ours';

/** What next-auth met and kept to itself. */
const failures: unknown[] = [];

/** The cookies of one browser. */
type Jar = Record<string, string>;

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Asks next-auth itself, as its route does, and keeps the cookies that it sets. */
async function ask(jar: Jar, method: string, action: string, body: object = {}): Promise<Answer> {
  const answer: Answer = { status: 200, body: {} };
  const headers = new Map<string, string[]>();
  const res = {
    status: (status: number) => {
      answer.status = status;
      return res;
    },
    getHeader: (name: string) => headers.get(name),
    setHeader: (name: string, value: string[]) => headers.set(name, value),
    json: (value: Answer['body']) => Object.assign(answer, { body: value }),
    send: (value: Answer['body']) => Object.assign(answer, { body: value }),
    end: () => undefined,
  };
  const req = { method, query: { nextauth: action.split('/') }, cookies: { ...jar }, headers: {}, body };
  const options = authOptions({ origin: ORIGIN, onFailure: (error) => failures.push(error) });
  await NextAuth(req as unknown as NextApiRequest, res as unknown as NextApiResponse, options);
  for (const cookie of headers.get('Set-Cookie') ?? []) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    jar[name] = decodeURIComponent(value);
  }
  return answer;
}

async function post(jar: Jar, action: string, fields: object = {}): Promise<Answer> {
  const { body } = await ask(jar, 'GET', 'csrf');
  return ask(jar, 'POST', action, { ...fields, csrfToken: body.csrfToken, json: 'true' });
}

async function signIn(password = PASSWORD): Promise<{ jar: Jar; answer: Answer }> {
  const jar: Jar = {};
  const answer = await post(jar, 'callback/credentials', { login: 'ada', password });
  return { jar, answer };
}

beforeAll(async () => {
  await createAccount({
    name: 'ada',
    email: 'ada@example.org',
    password: PASSWORD,
    isAdmin: false,
    origin: ORIGIN,
  });
});

describe('signing in', () => {
  it('puts the token of a session row into the cookie, and no claims', async () => {
    const { jar, answer } = await signIn();
    expect(answer.status).toBe(200);
    expect(jar['gs-session']).toMatch(/^gss_[0-9A-Za-z]{43}$/);
    expect(await authenticate(jar['gs-session'] ?? '')).toMatchObject({ name: 'ada', via: 'session' });
  });

  it('keeps neither the token nor the password', async () => {
    const { jar } = await signIn();
    const rows = await prisma().$queryRaw<{ text: string }[]>`
      SELECT to_jsonb(session)::text || to_jsonb(app_user)::text AS text FROM session, app_user`;
    const kept = rows.map(({ text }) => text).join();
    expect(kept).not.toContain(jar['gs-session']);
    expect(kept).not.toContain(PASSWORD);
  });

  it('with a wrong password gives our sentence and no session', async () => {
    const before = await prisma().session.count();
    const { jar, answer } = await signIn('not the password');
    expect(answer.status).toBe(401);
    expect(new URL(String(answer.body.url)).searchParams.get('error')).toMatch(
      /^The name or the password is wrong\./,
    );
    expect(jar['gs-session']).toBeUndefined();
    expect(await prisma().session.count()).toBe(before);
  });

  it('without the token against forgery makes no session', async () => {
    const jar: Jar = {};
    await ask(jar, 'POST', 'callback/credentials', { login: 'ada', password: PASSWORD, json: 'true' });
    expect(jar['gs-session']).toBeUndefined();
  });
});

describe('a session', () => {
  it('is over at the next request once its row is gone', async () => {
    const { jar } = await signIn();
    const cookies = { ...jar };
    expect((await ask(jar, 'GET', 'session')).body).toMatchObject({ user: { name: 'ada' } });
    await prisma().session.deleteMany();
    expect((await ask({ ...cookies }, 'GET', 'session')).body).toEqual({});
    expect(await authenticate(cookies['gs-session'] ?? '')).toBeNull();
  });

  it('is over at the next request once its user is disabled', async () => {
    const { jar } = await signIn();
    await prisma().user.updateMany({ data: { disabledAt: new Date() } });
    expect((await ask(jar, 'GET', 'session')).body).toEqual({});
    await prisma().user.updateMany({ data: { disabledAt: null } });
  });

  it('is ended by signing out, which is written down', async () => {
    const { jar } = await signIn();
    const token = jar['gs-session'] ?? '';
    await post(jar, 'signout');
    expect(await authenticate(token)).toBeNull();
    expect(jar['gs-session']).toBe('');
    const event = await prisma().auditEvent.findFirst({ where: { action: 'session.dismiss' } });
    expect(event).toMatchObject({ target: 'ada', address: '10.0.0.1' });
  });

  it('cannot be made of a personal access token', async () => {
    const { caller, origin } = await makeUser();
    const { token } = await createToken({
      userId: caller.userId,
      name: 't',
      days: 1,
      origin,
      clock: systemClock,
    });
    expect(await authenticate(token)).not.toBeNull();
    const jar: Jar = { 'gs-session': token };
    expect((await ask(jar, 'GET', 'session')).body).toEqual({});
  });
});

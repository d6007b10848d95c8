import { expect, test } from 'vitest';
import { type Reply, send } from '../client.ts';
import { newPerson } from '../people.ts';

const alice = await newPerson('alice');

test('a page opens for a session in the cookie, and for no personal access token', async () => {
  const open = (secret: string) =>
    send({ path: '/settings/tokens', headers: { cookie: `gs-session=${secret}` } });
  expect((await open(alice.session)).status).toBe(200);
  const refused = await open(alice.token);
  expect(refused.status).toBe(307);
  expect(refused.headers.location).toMatch(/^\/login/);
});

test('no other page may frame ours', async () => {
  const { headers } = await send({ path: '/login' });
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['x-frame-options']).toBe('DENY');
});

const cookie = `gs-session=${alice.session}`;

function nonceOf(reply: Reply): string | undefined {
  const policy = String(reply.headers['content-security-policy']);
  return /script-src 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1];
}

test.each(['/login', '/signup', '/storage', '/storage/trash', '/settings/tokens', '/nowhere'])(
  'every script of %s has the nonce that its policy asks for, and another one each time',
  async (path) => {
    const headers = { cookie: path === '/login' || path === '/signup' ? '' : cookie };
    const [first, second] = [await send({ path, headers }), await send({ path, headers })];
    const scripts = first.bytes.toString().match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of scripts) expect(script).toContain(`nonce="${nonceOf(first)}"`);
    expect(nonceOf(second)).not.toBe(nonceOf(first));
  },
);

test('nobody chooses the nonce of a page by a header', async () => {
  const chosen = "script-src 'nonce-chosen'";
  const headers = { 'content-security-policy': chosen, 'x-groundstation-nonce': 'chosen' };
  expect((await send({ path: '/login', headers })).bytes.toString()).not.toContain('chosen');
});

test.each(['/v2/rpc/user.identity.whoami', '/ping', '/api/ready'])(
  'the policy of pages is no concern of %s, by whichever way it is answered',
  async (path) => {
    expect((await send({ path })).headers['content-security-policy']).toBeUndefined();
  },
);

test.each([
  ['longer than a form', Buffer.alloc(70_000, 'x')],
  ['of unknown length', [Buffer.from('csrfToken=x')]],
])('a body that is %s is refused before the pages read it', async (_what, body) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const reply = await send({ method: 'POST', path: '/api/auth/callback/credentials', headers, body });
  expect(reply.status).toBe(413);
});

test('a sign-in whose body only calls itself JSON is refused as the sender’s mistake', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = Buffer.from('{{{');
  const reply = await send({ method: 'POST', path: '/api/auth/callback/credentials', headers, body });
  expect(reply.status).toBe(400);
});

test('a page is not served under a foreign Host', async () => {
  expect((await send({ path: '/login', headers: { host: 'rebound.example.org' } })).status).toBe(421);
});

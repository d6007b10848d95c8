import { createVerify, X509Certificate } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { hashSecret } from '#lib/auth/secret.ts';
import { newId } from '#lib/ids.ts';
import { newTokenText } from '#lib/tokens/format.ts';
import { removeAll } from '../artifacts.ts';
import { type Reply, send } from '../client.ts';
import { newExecutor } from '../executors.ts';
import { fromAnywhere, newPerson, onDatabase, type Person } from '../people.ts';
import { basic, get, json, partOf, post, SERVICE, scopeOf } from '../registry-tokens.ts';

const alice = await newPerson('alice');
const bob = await newPerson('bob');
const hidden = await newExecutor(alice, { visibility: 'private' });
const other = await newExecutor(bob, { visibility: 'public' });
const open = await newExecutor(alice, { visibility: 'public' });
afterAll(() => removeAll(alice, bob));

const refresh = (secret: string, scope = `${scopeOf(hidden.id)} ${scopeOf(open.id)}`) =>
  post([
    ['grant_type', 'refresh_token'],
    ['refresh_token', secret],
    ['service', 'groundstation-registry'],
    ['client_id', 'docker'],
    ['scope', scope],
  ]);

/** The ids of what a token opens, and how; fails for a reply without one. */
function accessIn(reply: Reply): string[] {
  expect(reply.status).toBe(200);
  expect(reply.headers['cache-control']).toBe('no-store');
  const { token, access_token } = json(reply);
  expect(access_token).toBe(token);
  const { access } = partOf(token, 1) as { access: { type: string; name: string; actions: string[] }[] };
  return access.map(({ type, name, actions }) => `${type}:${name}:${actions.join(',')}`);
}

const both = [scopeOf(hidden.id), scopeOf(open.id)];

describe('a token for the registry', () => {
  it('is signed by the key whose certificate it brings, and lives for five minutes', async () => {
    const { token, expires_in, issued_at } = json(await get(both, basic(alice.name, alice.token)));
    const [header, claims, signature] = token.split('.');
    const { alg, typ, x5c, kid } = partOf(token, 0);
    const certificate = new X509Certificate(Buffer.from(x5c[0], 'base64'));
    const verify = createVerify('sha256').update(`${header}.${claims}`);
    const key = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const;
    expect(verify.verify(key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect({ alg, typ }).toEqual({ alg: 'ES256', typ: 'JWT' });
    expect(kid).toMatch(/^[\w-]{43}$/);
    const { iss, aud, sub, exp, iat } = partOf(token, 1);
    expect({ iss, aud, sub }).toEqual({ iss: 'groundstation', aud: 'groundstation-registry', sub: alice.id });
    expect([expires_in, exp - iat]).toEqual([300, 300]);
    expect(Date.parse(issued_at)).toBeGreaterThan(Date.now() - 60_000);
  });

  it('opens what its owner may see: GET with Basic, of their name and of <token>', async () => {
    for (const user of [alice.name, '<token>'])
      expect(accessIn(await get(both, basic(user, alice.token)))).toEqual(both);
    expect(accessIn(await get(both, basic('<token>', alice.session)))).toEqual(both);
    expect(accessIn(await get(both, basic(bob.name, bob.token)))).toEqual([scopeOf(open.id)]);
  });

  it('opens the same by POST, with a refresh token and with a password', async () => {
    expect(accessIn(await refresh(alice.token))).toEqual(both);
    expect(accessIn(await refresh(bob.token))).toEqual([scopeOf(open.id)]);
    const form: [string, string][] = [
      ['grant_type', 'password'],
      ['username', alice.name],
      ['password', alice.token],
      ['scope', scopeOf(hidden.id)],
    ];
    expect(accessIn(await post(form))).toEqual([scopeOf(hidden.id)]);
  });

  it('opens what is public for nobody, who says nothing or "anonymous"', async () => {
    expect(accessIn(await get(both))).toEqual([scopeOf(open.id)]);
    expect(accessIn(await get(both, basic('<token>', 'anonymous')))).toEqual([scopeOf(open.id)]);
    expect(accessIn(await refresh('anonymous'))).toEqual([scopeOf(open.id)]);
  });

  it('is given without a scope, for docker login', async () => {
    const login = (password: string) =>
      send({
        path: `/registry/token?account=${alice.name}&client_id=docker&offline_token=true&${SERVICE}`,
        headers: basic(alice.name, password),
      });
    expect(accessIn(await login(alice.token))).toEqual([]);
    expect((await login('no token')).status).toBe(401);
  });

  it('never pushes, deletes or lists, not even for the owner', async () => {
    for (const actions of ['push,pull', 'pull,push', '*', 'pull,delete'])
      expect(accessIn(await get([scopeOf(hidden.id, actions)], basic('alice', alice.token)))).toEqual([
        scopeOf(hidden.id),
      ]);
    const wide = [scopeOf(hidden.id, 'delete'), scopeOf(hidden.id, 'push'), 'registry:catalog:*'];
    expect(accessIn(await get(wide, basic('alice', alice.token)))).toEqual([]);
  });

  it('opens what a grant of its owner does, until the secret is another one', async () => {
    await onDatabase([
      ['UPDATE executor SET secret_hash = $2 WHERE id = $1', [hidden.id, 'a hash']],
      [
        'INSERT INTO registry_grant (user_id, executor_id, secret_hash) VALUES ($1, $2, $3)',
        [bob.id, hidden.id, 'a hash'],
      ],
    ]);
    expect(accessIn(await refresh(bob.token))).toEqual(both);
    expect(accessIn(await refresh('anonymous'))).toEqual([scopeOf(open.id)]);
    await onDatabase([['UPDATE executor SET secret_hash = $2 WHERE id = $1', [hidden.id, 'another']]]);
    expect(accessIn(await refresh(bob.token))).toEqual([scopeOf(open.id)]);
    await onDatabase([['UPDATE executor SET secret_hash = NULL WHERE id = $1', [hidden.id]]]);
    expect(accessIn(await refresh(bob.token))).toEqual([scopeOf(open.id)]);
  });

  it('opens nothing of the trash', async () => {
    const gone = await newExecutor(alice, { visibility: 'public' });
    await onDatabase([['UPDATE executor SET deleted_at = now() WHERE id = $1', [gone.id]]]);
    expect(accessIn(await get([scopeOf(gone.id)], basic('alice', alice.token)))).toEqual([]);
  });
});

async function newToken(person: Person, scopes: string[], pattern: string | null): Promise<string> {
  const token = newTokenText();
  await onDatabase([
    [
      `INSERT INTO access_token (id, user_id, name, prefix, hash, scopes, name_pattern) VALUES ($1, $2, $1, 'x', $3, $4, $5)`,
      [newId(), person.id, hashSecret(token), scopes, pattern],
    ],
  ]);
  return token;
}

describe('an access token with limits', () => {
  it('opens by its scope, and without it what is public', async () => {
    expect(accessIn(await refresh(await newToken(alice, ['executor:read'], null)))).toEqual(both);
    expect(accessIn(await refresh(await newToken(alice, ['artifact:read'], null)))).toEqual([
      scopeOf(open.id),
    ]);
  });

  it('opens by its pattern of names, as far as its owner’s go', async () => {
    const scope = [...both, scopeOf(other.id)].join(' ');
    const token = await newToken(alice, [], hidden.name);
    expect(accessIn(await refresh(token, scope))).toEqual([scopeOf(hidden.id), scopeOf(other.id)]);
  });
});

describe('a credential that does not count', () => {
  it.each([
    ['no token', 'hunter2'],
    ['a token of nobody', newTokenText()],
    ['nothing', ''],
  ])('is refused with 401 in words that engines show: %s', async (_, secret) => {
    for (const reply of [
      await get(both, { ...basic('alice', secret), ...fromAnywhere() }),
      await refresh(secret),
    ]) {
      expect(reply.status).toBe(401);
      expect(json(reply)).toMatchObject({
        errors: [{ code: 'UNAUTHORIZED', message: expect.stringContaining('docker login -u NAME -p TOKEN') }],
        error: 'invalid_grant',
      });
    }
  });

  it('is what a revoked token and one of a disabled user become at once', async () => {
    const carol = await newPerson('carol');
    expect(accessIn(await refresh(carol.token))).toEqual([scopeOf(open.id)]);
    await onDatabase([['UPDATE app_user SET disabled_at = now() WHERE id = $1', [carol.id]]]);
    expect((await refresh(carol.token)).status).toBe(401);
    await onDatabase([['UPDATE app_user SET disabled_at = NULL WHERE id = $1', [carol.id]]]);
    await onDatabase([['DELETE FROM access_token WHERE user_id = $1', [carol.id]]]);
    expect((await refresh(carol.token)).status).toBe(401);
  });

  it('is refused with 429 when there are many from one address, where a good one still counts', async () => {
    const address = fromAnywhere();
    const statuses = new Set<number>();
    for (let tries = 0; tries < 65; tries++)
      statuses.add((await get(both, { ...basic('x', 'y'), ...address })).status);
    expect([...statuses]).toEqual([401, 429]);
    expect(accessIn(await get(both, { ...basic('x', alice.token), ...address }))).toEqual(both);
  });
});

describe('bad input', () => {
  it.each([
    ['no value', 'scope'],
    ['no text', 'scope='],
    ['a NUL', 'scope=%00'],
    ['no UTF-8', 'scope=%ff'],
    ['a type alone', 'scope=repository'],
    ['colons', 'scope=repository:::::'],
    ['a long name', `scope=repository:jinahub/${'a'.repeat(5000)}:pull`],
    ['a NUL in a name', 'scope=repository:jinahub/%00abcdefg:pull'],
    ['a path', 'scope=repository:jinahub/..%2f..%2fx:pull'],
    ['many', `scope=${'repository:jinahub/aaaaaaaa:pull+'.repeat(300)}`],
    ['a list', 'scope[]=repository:jinahub/aaaaaaaa:pull'],
    ['other parameters', 'service=%F0%9F%98%80&account=%00'],
    ['names of JavaScript', '__proto__=1&constructor=2'],
  ])('is never our failure: a scope of %s', async (_, query) => {
    for (const reply of [
      await send({ path: `/registry/token?${query}` }),
      await send({
        method: 'POST',
        path: '/registry/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(query),
      }),
    ]) {
      expect([200, 400]).toContain(reply.status);
      if (reply.status === 200) expect(accessIn(reply)).toEqual([]);
    }
  });

  it.each([
    ['nothing', 'Basic'],
    ['no base64', 'Basic !!!'],
    ['no colon', 'Basic AAAA'],
    ['no name', 'Basic Og=='],
    ['a long text', `Basic ${'A'.repeat(9000)}`],
    ['another scheme', 'Bearer x'],
  ])('is never our failure: an Authorization of %s', async (_, authorization) => {
    expect([200, 401]).toContain((await get(both, { authorization, ...fromAnywhere() })).status);
  });

  it('is a body of another kind, and a verb of another kind', async () => {
    const body = Buffer.from('{"refresh_token": 1, "scope": {"a": []}}');
    const headers = { 'content-type': 'application/json' };
    expect((await send({ method: 'POST', path: '/registry/token', headers, body })).status).toBe(200);
    const broken = await send({ method: 'POST', path: '/registry/token', headers, body: Buffer.from('{') });
    expect(broken.status).toBe(400);
  });
});

import { afterAll, describe, expect, test } from 'vitest';
import { ANONYMOUS_PUSHES_AN_HOUR } from '#lib/artifacts/anonymous.ts';
import {
  type Artifact,
  bytesBehind,
  daPush,
  detail,
  EARLY_DOCARRAY,
  freshName,
  listedNames,
  pushed,
  pushParts,
  removeAll,
} from '../artifacts.ts';
import { codes, dataOf, envelope, type Reply, rpc } from '../client.ts';
import { deleteLegacy, importLegacy } from '../library.ts';
import { MAX_UPLOAD_BYTES } from '../limits.ts';
import { freeName, fromAnywhere, newPerson } from '../people.ts';
import { both, shape } from '../shape.ts';

const alice = await newPerson('alice');
afterAll(() => removeAll(alice));

/** docarray 0.11.3 to 0.13.7 without a token, from an address of its own. */
function upload(
  fields: Record<string, string>,
  bytes: string | Buffer = 'some bytes',
  headers: Record<string, string> = fromAnywhere(),
): Promise<Reply> {
  const parts = [
    { name: 'file', filename: 'DocumentArray', value: bytes },
    ...Object.entries({ type: 'documentArray', ...fields }).map(([name, value]) => ({ name, value })),
  ];
  return pushParts({}, parts, { headers: { ...EARLY_DOCARRAY, ...headers } });
}

async function pulled(name: string, who: { token?: string } = {}): Promise<string> {
  return bytesBehind(await rpc('da.pull', { token: who.token, via: 'GET', query: { token: name } }));
}

describe('a push without a token', () => {
  test('success: da.push and da.pull by a bare name, as docarray before 0.11.3', async () => {
    const name = freshName('docs');
    expect(dataOf(await daPush({}, name, 'one', fromAnywhere()))).toEqual({ token: name });
    expect(await pulled(name)).toBe('one');
    expect(dataOf(await daPush({ token: 'None' }, name, 'three', fromAnywhere()))).toEqual({ token: name });
    expect(await pulled(name)).toBe('three');
    expect(await pulled(name, alice)).toBe('three');
  });

  test('success: artifact.upload answers the artifact: public, seven days, nobody’s', async () => {
    const name = freshName('docs');
    const reply = await upload({ name });
    expect(shape(reply)).toMatchSnapshot();
    const { _id, expireAt, createdAt } = dataOf<Artifact & { expireAt: string }>(reply);
    expect(Date.parse(expireAt) - Date.parse(createdAt)).toBe(7 * 24 * 3_600_000);
    expect(dataOf(await upload({ name, public: 'True' }, 'other bytes'))).toMatchObject({ _id, version: 2 });
    expect(await listedNames(alice)).not.toContain(name);
  });

  test('success: two of one name at once leave one artifact, whole', async () => {
    const name = freshName('docs');
    const replies = await Promise.all(['first', 'second'].map((bytes) => upload({ name }, bytes)));
    expect(new Set(replies.map((reply) => dataOf<Artifact>(reply)._id)).size).toBe(1);
    expect(['first', 'second']).toContain(await pulled(name));
  });

  test('its name is the own namespace’s for who has a token', async () => {
    const name = freshName('docs');
    dataOf(await upload({ name }, 'shared'));
    expect(await pushed(alice, { name }, 'mine')).toMatchObject({ visibility: 'private' });
    expect(await pulled(name)).toBe('shared');
    expect(await pulled(name, alice)).toBe('mine');
  });

  test.each([
    ['no name', {}, '400/40001'],
    ['an empty name', { name: '' }, '400/40001'],
    ['a line break in the name', { name: 'line\nbreak' }, '400/40001'],
    ['something private', { name: freshName('x'), public: 'False' }, '401/40103'],
    ['an id', { name: freshName('x'), id: '0'.repeat(24) }, '401/40103'],
  ])('refused: %s', async (_what, fields, expected) => {
    const reply = await upload(fields);
    expect(codes(reply)).toBe(expected);
    expect(shape(reply)).toMatchSnapshot();
  });

  test('refused: an id is 401/40103, there or not, to the byte', async () => {
    const open = await pushed(alice, { name: freshName('open'), public: 'True' });
    const pair = { hidden: open._id, absent: '0'.repeat(24) };
    const { hidden, absent } = await both(pair, (id) => upload({ id }));
    expect(hidden).toEqual(absent);
  });

  test('refused: a name in somebody’s namespace is 401/40103, whether there is such a thing or not', async () => {
    const { name } = await pushed(alice, { name: freshName('private') });
    const full = `${alice.name}/${name}`;
    const pair = { hidden: full, absent: `${full.slice(0, -4)}zzzz` };
    const { hidden, absent } = await both(pair, (which) => upload({ name: which }));
    expect(hidden).toEqual(absent);
    expect(hidden.status).toBe(401);
    expect(codes(await daPush({}, full, 'x', fromAnywhere()))).toBe('401/40103');
    expect(await detail(alice, { name: String(name) })).toMatchObject({ version: 1 });
  });

  test('a name that begins with a namespace which comes later never means the stranger’s bytes', async () => {
    const [slug, rest] = [freeName('later'), freshName('x')];
    dataOf(await upload({ name: `${slug}/${rest}` }, 'planted'));
    const later = await newPerson('later', slug);
    expect(codes(await rpc('artifact.getDetail', { json: { name: `${slug}/${rest}` } }))).toBe('401/40103');
    await pushed(later, { name: rest, public: 'True' }, 'theirs');
    expect(await pulled(`${slug}/${rest}`)).toBe('theirs');
    await removeAll(later);
  });

  test('refused: what an administrator imported is never overridden', async () => {
    const name = freshName('imported');
    await importLegacy(name, 'from before');
    for (const reply of [await upload({ name }), await daPush({}, name, 'x', fromAnywhere())]) {
      expect(codes(reply)).toBe('403/40301');
      expect(envelope(reply).message).toContain('imported');
    }
    expect(await pulled(name)).toBe('from before');
    await deleteLegacy(name);
  });

  test.each([
    ['a token that was never given out', `gst_${'a'.repeat(40)}_000000`],
    ['a random token', 'somerandomtoken'],
    ['a token that cannot be read', '<property object at 0x7f3a5c0d1e50>'],
  ])('refused: %s is no anonymous push but 401/40103', async (_what, token) => {
    const name = freshName('docs');
    expect(codes(await daPush({ token }, name))).toBe('401/40103');
    expect(codes(await rpc('da.pull', { via: 'GET', query: { token: name } }))).toBe('401/40103');
  });

  test('refused: from a foreign page, and under a foreign Host', async () => {
    for (const [header, value] of [
      ['origin', 'https://evil.example.org'],
      ['host', 'rebound.example.org'],
    ] as const)
      expect(codes(await upload({ name: freshName('x') }, 'x', { [header]: value }))).toBe('403/40301');
  });

  test('everything else still needs a token', async () => {
    for (const method of ['artifact.list', 'artifact.update', 'artifact.delete', 'user.identity.whoami'])
      expect(codes(await rpc(method, { json: { id: '0'.repeat(24) } }))).toBe('401/40103');
  });
});

describe('the limits of pushes without a token', () => {
  test('so many an hour and address; then 429 with the time to wait, and from elsewhere still 200', async () => {
    const here = fromAnywhere();
    const name = freshName('often');
    for (let i = 0; i < ANONYMOUS_PUSHES_AN_HOUR; i++)
      expect(codes(await upload({ name }, 'x', here))).toBe('200/20000');
    const reply = await upload({ name }, 'x', here);
    expect(reply.status).toBe(429);
    expect(envelope(reply)).toMatchObject({ code: 429, status: 40301 });
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
    expect(codes(await daPush({}, name, 'x', here))).toBe('429/40301');
    expect(codes(await daPush(alice, name, 'x', here))).toBe('200/20000');
    expect(codes(await upload({ name }, 'x'))).toBe('200/20000');
  });

  test('one quota for all of them: 413/41302, with what was there unharmed', async () => {
    const [first, second] = [freshName('big'), freshName('big')];
    const bytes = Buffer.alloc(MAX_UPLOAD_BYTES - 100, 'x');
    expect(codes(await daPush({}, first, bytes, fromAnywhere()))).toBe('200/20000');
    const reply = await upload({ name: second }, bytes);
    expect(codes(reply)).toBe('413/41302');
    expect(shape(reply)).toMatchSnapshot();
    expect(codes(await upload({ name: first }, 'small now'))).toBe('200/20000');
    expect(codes(await upload({ name: second }, bytes))).toBe('200/20000');
    dataOf(await upload({ name: second }, 'small too'));
    expect(
      codes(
        await pushParts({}, [{ name: 'file', filename: 'x', value: `${bytes}${bytes}` }], {
          headers: fromAnywhere(),
        }),
      ),
    ).toBe('413/41301');
  });
});

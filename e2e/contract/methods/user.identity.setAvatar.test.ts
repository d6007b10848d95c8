import { expect, test } from 'vitest';
import { codes, dataOf, rpc, send } from '../client.ts';
import { newPerson, type Person, rowsOf } from '../people.ts';
import { jpeg, png, webp } from '../pictures.ts';

const [SET, REMOVE] = ['user.identity.setAvatar', 'user.identity.removeAvatar'];
const alice = await newPerson('alice');
const bob = await newPerson('bob');

/** As the page calls: by the cookie. */
function asPage(person: Person, method: string, json: object = {}) {
  return rpc(method, { json, headers: { cookie: `gs-session=${person.session}` } });
}

function picture(session: string | null, sha256: string) {
  const headers = session === null ? undefined : { cookie: `gs-session=${session}` };
  return send({ path: `/api/avatar?v=${sha256}`, headers });
}

async function set(person: Person, bytes: Buffer): Promise<string> {
  const reply = await asPage(person, SET, { image: bytes.toString('base64') });
  return dataOf<{ sha256: string }>(reply).sha256;
}

test.each([
  ['image/png', png()],
  ['image/jpeg', jpeg()],
  ['image/webp', webp()],
  ['image/png', png(1024, 1)],
])('success: %s is kept, and given to its person as a picture that runs nothing', async (type, bytes) => {
  const sha256 = await set(alice, bytes);
  const { status, headers, bytes: given } = await picture(alice.session, sha256);
  expect(status).toBe(200);
  expect(given.equals(bytes)).toBe(true);
  expect(headers).toMatchObject({
    'content-type': type,
    'cache-control': 'private, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
});

test('success: another takes its place, and removed it is gone; each is written down', async () => {
  const carol = await newPerson('carol');
  const first = await set(carol, png(3, 3));
  const second = await set(carol, png(4, 4));
  expect((await picture(carol.session, first)).status).toBe(404);
  expect((await picture(carol.session, second)).status).toBe(200);
  for (let twice = 0; twice < 2; twice++) dataOf(await asPage(carol, REMOVE));
  expect((await picture(carol.session, second)).status).toBe(404);
  const acts = await rowsOf('SELECT action FROM audit_event WHERE namespace = $1', [carol.name]);
  expect(acts).toEqual(Array(3).fill({ action: 'account.avatar' }));
});

test('not visible: nobody, a token and another person get none', async () => {
  const sha256 = await set(alice, png());
  expect(codes(await picture(null, sha256))).toBe('401/40103');
  expect(codes(await picture(alice.token, sha256))).toBe('401/40103');
  for (const [session, wanted] of [
    [bob.session, sha256],
    [bob.session, '0'.repeat(64)],
    [alice.session, ''],
    [alice.session, '%00'],
  ])
    expect(codes(await picture(session ?? null, wanted ?? ''))).toBe('404/40403');
});

const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

test.each([
  ['nothing', ''],
  ['no base64', '<svg>'],
  ['SVG', SVG.toString('base64')],
  ['HTML after a beginning', Buffer.from('\x89PNG\r\n<script>').toString('base64')],
  ['GIF', Buffer.from('GIF89a\x01\0\x01\0').toString('base64')],
  ['a JPEG without a size', Buffer.from('ffd8ffe00004', 'hex').toString('base64')],
  ['a JPEG of endless segments', Buffer.from(`ffd8${'ff000000'.repeat(1000)}`, 'hex').toString('base64')],
  ['a WebP of another kind', Buffer.from('RIFF\x16\0\0\0WEBPXXXX'.padEnd(40)).toString('base64')],
  ['no width', png(0, 1).toString('base64')],
  ['too many pixels', png(1025, 1).toString('base64')],
  ['too many bytes', Buffer.concat([png(), Buffer.alloc(256 * 1024)]).toString('base64')],
  ['a text beyond all measure', 'A'.repeat(2_000_000)],
])('invalid: %s', async (_, image) => {
  const before = await set(alice, png());
  expect(codes(await asPage(alice, SET, { image }))).toBe('400/40001');
  expect((await picture(alice.session, before)).status).toBe(200);
});

test.each([SET, REMOVE])(
  '%s: no token: 401/40103; a token: 403/40301; another site: 403/40301',
  async (method) => {
    const json = { image: png().toString('base64') };
    expect(codes(await rpc(method, { json }))).toBe('401/40103');
    expect(codes(await rpc(method, { json, token: alice.token }))).toBe('403/40301');
    const headers = { cookie: `gs-session=${alice.session}`, origin: 'https://evil.example' };
    expect(codes(await rpc(method, { json, headers }))).toBe('403/40301');
  },
);

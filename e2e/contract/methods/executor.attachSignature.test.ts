import { afterAll, expect, test } from 'vitest';
import { newSigner, signedPayload } from '#lib/testing/signatures.ts';
import { removeAll } from '../artifacts.ts';
import { codes, envelope, rpc } from '../client.ts';
import { newExecutor, newImage } from '../executors.ts';
import { newPerson } from '../people.ts';
import { both } from '../shape.ts';
import { keepSignature, newSignedImage, signer, trust } from '../signing.ts';

const [alice, bob] = [await newPerson('alice'), await newPerson('bob')];
await trust(alice);
afterAll(() => removeAll(alice, bob));

const attach = (json: object, { token }: { token?: string } = alice) =>
  rpc('executor.attachSignature', { token, json });
const sentenceOf = async (json: object) => {
  const reply = await attach(json);
  return `${codes(reply)} ${envelope(reply).readableMessage}`;
};
/** As far as a server without a registry goes with what is good. */
const GOOD = /^403\/40301 .*This server keeps no images\./;

test('what is good is taken by tag, by digest, by both and by neither, up to the registry, which this server lacks', async () => {
  const executor = await newExecutor(alice);
  const image = await newSignedImage(executor);
  const { digest, tag, ...rest } = image;
  for (const ref of [{ digest }, { tag }, { tag: 'latest' }, { tag, digest }, {}])
    expect(await sentenceOf({ ...rest, ...ref })).toMatch(GOOD);
  expect(await sentenceOf({ ...image, id: `${alice.name}/${executor.name}` })).toMatch(GOOD);
  expect(await sentenceOf({ ...image, signature: `\n${image.signature}\n` })).toMatch(GOOD);
});

test('invalid: each kind of bad signature has its sentence', async () => {
  const executor = await newExecutor(alice);
  const image = await newSignedImage(executor);
  const { id, digest, payload } = image;
  const repository = `127.0.0.1:5000/jinahub/${id}`;
  const signed = (text: string) => ({ ...image, payload: text, signature: signer.sign(text) });
  const other = `sha256:${'0'.repeat(64)}`;
  const cases: [object, RegExp][] = [
    [{ ...image, signature: newSigner().sign(payload) }, /None of your signing keys/],
    [{ ...image, signature: newSigner('rsa2048').sign(payload) }, /None of your signing keys/],
    [{ ...image, payload: `${payload} ` }, /None of your signing keys/],
    [signed(signedPayload(repository, other)), /about another image/],
    [signed(signedPayload('elsewhere.example/jinahub/x', digest)), /docker-reference is not 127/],
    [signed(signedPayload('127.0.0.1:5000/jinahub/00000000', digest)), /docker-reference is not 127/],
    [signed(payload.replace('cosign container', 'atomic container')), /type is not/],
    [signed('hello'), /not what cosign signs/],
    [signed(''), /not what cosign signs/],
    [signed('['.repeat(2_000) + ']'.repeat(2_000)), /not what cosign signs/],
    [signed(`${payload.slice(0, -1)},"x":"\u0000"}`), /not what cosign signs/],
    [signed(payload + ' '.repeat(4_096)), /more than 4096 bytes/],
    [{ ...image, signature: 'A'.repeat(2_052) }, /no base64 of up to 2048/],
    [{ ...image, signature: 'not base64' }, /no base64/],
    [{ ...image, signature: '' }, /no base64/],
    [{ id, digest, payload }, /signature/],
    [{ id, digest, signature: image.signature }, /payload/],
    [{ ...image, payload: JSON.parse(payload) }, /payload/],
  ];
  for (const [input, sentence] of cases) {
    const said = await sentenceOf(input);
    expect(said).toMatch(/^400\/40001/);
    expect(said).toMatch(sentence);
  }
  const stranger = await newPerson('stranger');
  const own = await newSignedImage(await newExecutor(stranger));
  expect(envelope(await attach(own, stranger)).readableMessage).toMatch(/You have no signing key/);
});

test('not there: an Executor without images, a tag or digest of something else', async () => {
  const image = await newSignedImage(await newExecutor(alice));
  const bare = await newExecutor(alice);
  expect(codes(await attach({ ...image, id: bare.id, digest: undefined, tag: undefined }))).toBe('404/40403');
  const tag = await newImage(await newExecutor(alice));
  for (const wrong of [
    { tag },
    { tag: 'absent' },
    { tag: 'a/b' },
    { tag: '\u0000' },
    { digest: 'sha256:0' },
    { digest: '\u0000' },
  ])
    expect(codes(await attach({ ...image, ...wrong })), JSON.stringify(wrong)).toBe('404/40403');
});

test('not visible and not there: the same 404/40403 to the byte', async () => {
  const { id: hidden, ...input } = await newSignedImage(await newExecutor(alice));
  const replies = await both({ hidden, absent: '00000000' }, (id) => attach({ ...input, id }, bob));
  expect(replies.hidden).toEqual(replies.absent);
  expect(replies.hidden.status).toBe(404);
});

test('executor.listImages says by which keys an image is signed, to whoever may see it', async () => {
  const executor = await newExecutor(alice, { visibility: 'public' });
  const image = await newSignedImage(executor);
  await newImage(executor, { rebuiltFor: '3.20.0' });
  await keepSignature(image);
  const list = async (token?: string) =>
    envelope(await rpc('executor.listImages', { token, json: { id: executor.id } })).data as object[];
  const signature = { status: 'signed', signatures: [{ key: 'laptop', isTrusted: true }] };
  for (const token of [alice.token, bob.token, undefined])
    expect(await list(token)).toMatchObject([
      { digest: image.digest, signature },
      { jina: '3.20.0', signature: { status: 'unsigned', signatures: [] } },
    ]);
  expect(codes(await rpc('signingKey.remove', { token: alice.token, json: { name: 'laptop' } }))).toBe(
    '200/20000',
  );
  const untrusted = { status: 'untrusted', signatures: [{ key: 'laptop', isTrusted: false }] };
  expect((await list())[0]).toMatchObject({ signature: untrusted });
  await trust(alice);
});

test('executor.listImages: not visible and not there are the same, and no images are an empty list', async () => {
  const executor = await newExecutor(alice);
  const list = (id: string, { token } = bob) => rpc('executor.listImages', { token, json: { id } });
  const replies = await both({ hidden: executor.id, absent: '00000000' }, (id) => list(id));
  expect(replies.hidden).toEqual(replies.absent);
  expect(envelope(await list(executor.id, alice)).data).toEqual([]);
  expect(codes(await rpc('executor.listImages', { token: alice.token, json: {} }))).toBe('400/40001');
});

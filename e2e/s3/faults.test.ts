import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PART_BYTES } from '#lib/blobs/s3-upload.ts';
import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { downloadUrl, openPush, pullBytes, pushBytes } from '#lib/testing/client.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { type Bucket, contentsOf, makeBucket } from './support/bucket.ts';
import { type FaultProxy, type Mishap, type SeenRequest, startFaultProxy } from './support/fault-proxy.ts';

const OLD = randomBytes(PART_BYTES + 1000);
const SMALL = randomBytes(20_000);
const LARGE = randomBytes(3 * PART_BYTES);
/** A client's connection that is silent for longer is ended by the server, without an answer. */
const CLIENT_IDLE_MS = 20_000;

const AWAY = /^The blob store does not answer as it should right now\. Try again in a moment; .* \(request /;
const FULL = /^The server has no room left for this\. Tell its administrator, .* \(request /;

let bucket: Bucket;
let road: FaultProxy;
let server: TestServer;
let env: Record<string, string>;
let token: string;
let database: pg.Client;

beforeAll(async () => {
  bucket = await makeBucket();
  road = await startFaultProxy(bucket.env.S3_ENDPOINT ?? '');
  const given = {
    ...bucket.env,
    S3_ENDPOINT: road.url,
    S3_PUBLIC_ENDPOINT: 'none',
    LOG_LEVEL: 'silent',
    IDLE_TIMEOUT_MS: String(CLIENT_IDLE_MS),
  };
  server = await startTestServer(given);
  // No client waits for a command.
  env = { ...given, DATA_DIR: server.dataDir, IDLE_TIMEOUT_MS: '60000' };
  token = await addUser(env, 'mira');
  database = new pg.Client({ connectionString: server.databaseUrl });
  await database.connect();
  await pushBytes(server.url, token, 'old', OLD);
});
afterAll(async () => {
  await database.end();
  await server.stop();
  await road.stop();
});
beforeEach(() => {
  road.plan = () => null;
});

const isPart = ({ target }: SeenRequest) => /[?&]partNumber=/.test(target);
const isObject = ({ verb, target }: SeenRequest) => verb === 'PUT' && !target.includes('partNumber');
const isComplete = ({ verb, target }: SeenRequest) => verb === 'POST' && /[?&]uploadId=/.test(target);

/** Lets `mishap` happen to the first requests that `fits`, so many times. */
function happens(mishap: Mishap, fits: (request: SeenRequest) => boolean, times = Infinity): void {
  let left = times;
  road.plan = (request) => (fits(request) && left-- > 0 ? mishap : null);
}

/** Pushes over the old artifact. */
async function push(bytes: Buffer) {
  const upload = openPush(server.url, token, 'old');
  for (let start = 0; start < bytes.length; start += 1_000_000)
    await upload.write(bytes.subarray(start, start + 1_000_000));
  const { status, body } = await upload.finish();
  return { status, code: (body as { status?: number }).status, message: body.message };
}

/** What was there is whole, nothing else is left after the sweep, and the server lives. */
async function expectUnharmed(bytes: Buffer = OLD): Promise<void> {
  road.plan = () => null;
  expect((await pullBytes(server.url, token, 'old')).equals(bytes)).toBe(true);
  await runAdmin(env, ['sweep', '--at', new Date(Date.now() + 3_600_000).toISOString()]);
  const { rows } = await database.query<{ id: string; state: string }>('SELECT id, state FROM blob');
  expect(rows.filter(({ state }) => state !== 'committed')).toEqual([]);
  const { objects, uploads } = await contentsOf(bucket);
  expect(uploads).toEqual([]);
  expect(objects.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
}

describe('a push', () => {
  it.each<[string, Buffer, Mishap, (request: SeenRequest) => boolean, RegExp]>([
    ['is full, by its own word', SMALL, { answers: 507, code: 'InsufficientStorage' }, isObject, FULL],
    ['has a quota that is full', LARGE, { answers: 403, code: 'QuotaExceeded' }, isPart, FULL],
    ['denies objects', SMALL, { answers: 403, code: 'AccessDenied' }, isObject, AWAY],
    ['denies parts', LARGE, { answers: 403, code: 'AccessDenied' }, isPart, AWAY],
    ['says 503 for ever', LARGE, { answers: 503, code: 'SlowDown' }, () => true, AWAY],
    ['says 500 at the end', LARGE, { answers: 500, code: 'InternalError' }, isComplete, AWAY],
    ['cuts every part', LARGE, { cutsAfter: 1_000_000, of: 'request' }, isPart, AWAY],
    ['never answers', SMALL, 'silence', () => true, AWAY],
    ['never answers to a part', LARGE, 'silence', isPart, AWAY],
  ])(
    'into a store that %s fails in a sentence and changes nothing',
    async (_what, bytes, mishap, fits, sentence) => {
      happens(mishap, fits);
      const begun = Date.now();
      const { status, code, message } = await push(bytes);
      expect(Date.now() - begun).toBeLessThan(CLIENT_IDLE_MS);
      expect([status, code]).toEqual([503, 50002]);
      expect(message).toMatch(sentence);
      await expectUnharmed();
    },
  );

  it('fails when the store goes away in the middle of it, and what is left goes when it is back', async () => {
    const upload = openPush(server.url, token, 'old');
    await upload.write(LARGE.subarray(0, 2 * PART_BYTES));
    await expect.poll(() => road.seen.some(isPart)).toBe(true);
    await road.goAway();
    await upload.write(LARGE.subarray(2 * PART_BYTES));
    expect(await upload.finish()).toMatchObject({
      status: 503,
      body: { message: expect.stringMatching(AWAY) },
    });
    await road.comeBack();
    await expectUnharmed();
  });

  it('fails when the store has kept something else', async () => {
    road.plan = async ({ verb, target }) => {
      const [Bucket = '', Key = ''] = target.slice(1).split('?')[0]?.split('/') ?? [];
      if (verb === 'HEAD' && Key) await bucket.s3.putObject({ Bucket, Key, Body: 'something else' });
      return null;
    };
    expect(await push(SMALL)).toMatchObject({ status: 503, message: expect.stringMatching(AWAY) });
    await expectUnharmed();
  });

  it.each<[string, Buffer, Mishap, (request: SeenRequest) => boolean]>([
    ['says 503 once', SMALL, { answers: 503, code: 'SlowDown' }, isObject],
    ['says 503 to a part once', LARGE, { answers: 503, code: 'SlowDown' }, isPart],
    ['cuts a part once', LARGE, { cutsAfter: 1_000_000, of: 'request' }, isPart],
    ['does not say that it has the object', SMALL, 'lost answer', isObject],
    ['does not say that it has the whole', LARGE, 'lost answer', isComplete],
    ['is slow', SMALL, { pieceMs: 300 }, () => true],
  ])('into a store that %s succeeds', async (what, bytes, mishap, fits) => {
    happens(mishap, fits, what === 'is slow' ? Infinity : 1);
    expect(await push(bytes)).toMatchObject({ status: 200 });
    await expectUnharmed(bytes);
    await pushBytes(server.url, token, 'old', OLD);
  });
});

describe('a pull through us', () => {
  const isRead = ({ verb }: SeenRequest) => verb === 'GET';

  it('goes on where the store has cut it', async () => {
    const seen = road.seen.length;
    happens({ cutsAfter: 3_000_000, of: 'answer' }, isRead, 2);
    expect((await pullBytes(server.url, token, 'old')).equals(OLD)).toBe(true);
    expect(road.seen.slice(seen).filter(isRead)).toHaveLength(3);
  });

  it('is cut, and is not taken for whole, when the store goes away in the middle of it', async () => {
    const url = await downloadUrl(server.url, token, 'old');
    let left = 1;
    road.plan = (request) => {
      if (!isRead(request)) return null;
      return left-- > 0 ? { cutsAfter: 3_000_000, of: 'answer' } : { answers: 503, code: 'SlowDown' };
    };
    const reply = await fetch(url);
    expect(reply.headers.get('content-length')).toBe(String(OLD.length));
    await expect(reply.arrayBuffer()).rejects.toThrow();
    await expectUnharmed();
  });

  it.each<[string, Mishap]>([
    ['denies it', { answers: 403, code: 'AccessDenied' }],
    ['says 503 for ever', { answers: 503, code: 'SlowDown' }],
    ['never answers', 'silence'],
  ])('fails in a sentence when the store %s', async (_what, mishap) => {
    const url = await downloadUrl(server.url, token, 'old');
    happens(mishap, isRead);
    const begun = Date.now();
    const reply = await fetch(url);
    expect(Date.now() - begun).toBeLessThan(CLIENT_IDLE_MS);
    expect(reply.status).toBe(503);
    expect(await reply.json()).toMatchObject({ status: 50002, message: expect.stringMatching(AWAY) });
  });

  it('of bytes that are gone says so', async () => {
    await pushBytes(server.url, token, 'gone', SMALL);
    const before = (await contentsOf(bucket)).objects;
    const url = await downloadUrl(server.url, token, 'gone');
    // Keys begin with the time.
    const last = { Bucket: bucket.name, Key: before.at(-1) };
    await bucket.s3.deleteObject(last);
    const reply = await fetch(url);
    expect([reply.status, await reply.json()]).toMatchObject([404, { status: 40401 }]);
    await bucket.s3.putObject({ ...last, Body: SMALL });
  });
});

describe('/api/ready', () => {
  const ready = async () => (await fetch(`${server.url}/api/ready`)).status;

  it('says 503 while the store is away, and 200 when it is back', async () => {
    expect(await ready()).toBe(200);
    await road.goAway();
    expect(await ready()).toBe(503);
    await road.comeBack();
    expect(await ready()).toBe(200);
  });

  it('says so soon when the store does not answer', async () => {
    road.plan = () => 'silence';
    const begun = Date.now();
    expect(await ready()).toBe(503);
    expect(Date.now() - begun).toBeLessThan(10_000);
  });
});

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { downloadUrl, openPush, pushBytes } from '#lib/testing/client.ts';
import { queryOnce } from '#lib/testing/database.ts';
import { openLogin } from '#lib/testing/program-login.ts';
import { type BehindProxy, startBehindProxy } from './support/behind-proxy.ts';
import { makeProxySite, type ProxyKind, startProxy } from './support/proxy.ts';

const PATIENT = { timeout: 30_000, interval: 50 };
const MEBIBYTE = 1024 * 1024;
/** Longer than the tests wait for a line: what comes sooner was not sent to wake a proxy. */
const LONG_SILENCE_MS = '600000';

/** The lines of an answer that is still going on, as they come. */
async function* piecesOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const piece of response.body ?? []) yield decoder.decode(piece, { stream: true });
}

describe.each<ProxyKind>(['nginx', 'caddy'])('behind %s', (kind) => {
  let behind: BehindProxy;
  beforeAll(async () => {
    behind = await startBehindProxy(kind, { STREAM_SILENCE_MS: LONG_SILENCE_MS });
  });
  afterAll(() => behind?.stop());

  it('the server has the bytes of a push while the client still sends', async () => {
    const { url, token, server } = behind;
    const push = openPush(url, token, 'under-way');
    const arrived = async () => {
      // How far it is, is told with the bytes that come.
      await push.write(randomBytes(MEBIBYTE));
      const rows = await queryOnce<{ bytes: string }>(
        server.databaseUrl,
        `SELECT received_bytes AS bytes FROM blob WHERE state = 'provisional'`,
      );
      return Number(rows[0]?.bytes ?? 0) > 2 * MEBIBYTE;
    };
    await vi.waitUntil(arrived, PATIENT);
    expect(await push.finish()).toMatchObject({ status: 200 });
  });

  it('a download has its length, and a part of it can be had', async () => {
    const { url, token } = behind;
    const bytes = randomBytes(3 * MEBIBYTE);
    await pushBytes(url, token, 'parts', bytes);
    const link = await downloadUrl(url, token, 'parts');
    expect(link.startsWith(`${url}/download/`)).toBe(true);
    const head = await fetch(link, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(bytes.length));
    const whole = await fetch(link, { headers: { 'accept-encoding': 'gzip' } });
    expect(whole.headers.get('content-encoding')).toBeNull();
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
    const rest = await fetch(link, { headers: { range: 'bytes=2000000-' } });
    expect(rest.status).toBe(206);
    expect(Buffer.from(await rest.arrayBuffer())).toEqual(bytes.subarray(2_000_000));
  });

  it('a line of a stream comes at once, though no other follows', async () => {
    const login = await openLogin(behind.url, '?prompt=login', { 'accept-encoding': 'gzip' });
    expect(login.response.headers['content-encoding']).toBeUndefined();
    expect(login.link).not.toBe('');
    login.leave();
  });

  it('events of a page come one by one', async () => {
    const { url, token } = behind;
    const { data } = await fetch(`${url}/v2/rpc/user.identity.passwordLogin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'mira', password: 'a sentence that nobody guesses' }),
    }).then((answer) => answer.json());
    const gone = new AbortController();
    const response = await fetch(`${url}/api/events`, {
      headers: { cookie: `__Host-gs-session=${data.token}` },
      signal: gone.signal,
    });
    const pieces = piecesOf(response);
    expect((await pieces.next()).value).toBe('event: beat\ndata: {}\n\n');
    await pushBytes(url, token, 'seen-live', randomBytes(10));
    expect((await pieces.next()).value).toMatch(/^event: (changed|arriving)\n/);
    gone.abort();
  });

  it('a client that leaves ends its request at the server too', async () => {
    const { url, token, server } = behind;
    const push = openPush(url, token, 'left');
    await push.write(randomBytes(MEBIBYTE));
    const count = async () =>
      (await queryOnce(server.databaseUrl, `SELECT FROM blob WHERE state = 'provisional'`)).length;
    await vi.waitUntil(async () => (await count()) === 1, PATIENT);
    push.leave();
    await vi.waitUntil(async () => (await count()) === 0, PATIENT);
  });

  it('the address that counts is that of the client, whatever it claims', async () => {
    const { url, server } = behind;
    const request = https.request(`${url}/v2/rpc/user.identity.passwordLogin`, {
      method: 'POST',
      localAddress: '127.0.0.9',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7' },
    });
    request.end(JSON.stringify({ name: 'mira', password: 'not the password' }));
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    expect(await json(response)).toMatchObject({ status: 40102 });
    const rows = await queryOnce(
      server.databaseUrl,
      'SELECT address FROM audit_event ORDER BY at DESC LIMIT 1',
    );
    expect(rows).toEqual([{ address: '127.0.0.9' }]);
  });

  it('a doubled slash and a dotted method go through unchanged', async () => {
    const { url, token } = behind;
    const headers = { authorization: `token ${token}` };
    const answer = await fetch(`${url}//v2/rpc/user.identity.whoami`, { headers, redirect: 'error' });
    expect(await answer.json()).toMatchObject({ code: 200, data: { name: 'mira' } });
  });

  it('clients that say http are told to say https, and pages are sent there', async () => {
    const plain = `http://127.0.0.2:${behind.site.httpPort}`;
    const call = await fetch(`${plain}/v2/rpc/user.identity.whoami`, { method: 'POST' });
    expect(await call.json()).toMatchObject({ status: 40001, message: expect.stringContaining('https') });
    const page = await fetch(`${plain}/storage?x=1`, { redirect: 'manual' });
    expect(page.status).toBe(308);
    expect(page.headers.get('location')).toBe('https://127.0.0.2/storage?x=1');
  });
});

describe.each<ProxyKind>(['nginx', 'caddy'])('what %s itself answers', (kind) => {
  it('is JSON with a sentence when the server is away', async () => {
    const site = await makeProxySite();
    const closed = net.createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as net.AddressInfo;
    await once(closed.close(), 'close');
    const proxy = await startProxy(kind, site, { stationPort: port });
    try {
      const answer = await get(`${site.url}/v2/rpc/user.identity.whoami`);
      expect(answer.status).toBe(502);
      expect(answer.body).toMatchObject({ data: null, code: 502, status: 50002 });
      expect(answer.body.message).toMatch(/does not answer/);
      expect(await get(`${site.registryUrl}/v2/`)).toMatchObject({ status: 503, body: { errors: [{}] } });
    } finally {
      await proxy.stop();
      site.remove();
    }
  });

  it('is JSON with a sentence when the server takes too long', async () => {
    const site = await makeProxySite();
    const silent = http.createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as net.AddressInfo;
    const edit = (text: string) => text.replaceAll(/(read_timeout|header_timeout) 5m/g, '$1 1s');
    const proxy = await startProxy(kind, site, { stationPort: port, edit });
    try {
      const answer = await get(`${site.url}/v2/rpc/user.identity.whoami`);
      expect(answer.status).toBe(504);
      expect(answer.body).toMatchObject({ data: null, code: 504, status: 50002 });
    } finally {
      await proxy.stop();
      silent.closeAllConnections();
      silent.close();
      site.remove();
    }
  });
});

/** Without a look at the certificate, which is another test's matter. */
async function get(url: string): Promise<{ status: number; body: { message?: string } }> {
  const request = https.get(url, { rejectUnauthorized: false, agent: false });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  expect(response.headers['content-type']).toBe('application/json');
  return { status: response.statusCode ?? 0, body: (await json(response)) as { message?: string } };
}

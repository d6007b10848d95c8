import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexGateServer } from './index-gate.ts';

const PAGE = `<base href="https://elsewhere.example/"><a data-x="1" href="/files/a-1.whl#sha256=00">a</a>
<A HREF='https://127.0.0.1:1/b-1.whl'>b</A><a href="moved.whl">c</a><a href="outside.whl">d</a>
<a href="http://[">e</a>`;
const asked: { url: string | undefined; authorization: string | undefined }[] = [];
const upstream = http.createServer((request, response) => {
  const { url, headers } = request;
  asked.push({ url, authorization: headers.authorization });
  if (url === '/root/simple/a/' && headers.accept?.includes('json')) {
    response.setHeader('content-type', 'application/vnd.pypi.simple.v1+json');
    response.end(
      JSON.stringify({
        name: 'a',
        files: [{ url: 'http://[' }, { filename: 'a-1.whl', url: '../../../files/a-1.whl' }],
      }),
    );
  } else if (url === '/root/simple/a/') response.setHeader('content-type', 'text/html').end(PAGE);
  else if (url === '/files/a-1.whl') response.setHeader('content-length', 5).end('wheel');
  else if (url === '/files/a-1.whl.metadata') response.end('metadata');
  else if (url === '/root/simple/a/moved.whl') response.writeHead(302, { location: '/files/a-1.whl' }).end();
  else if (url === '/root/simple/a/outside.whl')
    response.writeHead(302, { location: 'http://localhost:1/' }).end();
  else response.writeHead(404).end('not here');
});
let gate: http.Server;
let base = '';

async function listen(server: http.Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const get = (path: string, init: RequestInit = {}) => fetch(base + path, init);

async function links(): Promise<string[]> {
  const page = await (await get('/simple/a/')).text();
  return [...page.matchAll(/href="([^"]*)"/gi)].map(([, link = '']) => link);
}

beforeAll(async () => {
  gate = indexGateServer(`http://user:pass%40word@${await listen(upstream)}/root/simple`);
  base = `http://${await listen(gate)}`;
});
afterAll(() => {
  gate.closeAllConnections();
  gate.close();
  upstream.close();
});

describe('the gate to a package index', () => {
  it('hands on pages and the files that they link to, and keeps the index’s password to itself', async () => {
    asked.length = 0;
    const [file = ''] = await links();
    expect(file).toMatch(/^\/files\/[\w-]{22}\/[\w-]+\/a-1\.whl#sha256=00$/);
    expect(Buffer.from(file.split('/')[3] ?? '', 'base64url').toString()).not.toContain('pass');
    expect(await (await get(file)).text()).toBe('wheel');
    expect(await (await get(`${file.split('#')[0]}.metadata`)).text()).toBe('metadata');
    const login = `Basic ${Buffer.from('user:pass@word').toString('base64')}`;
    expect(asked.map(({ authorization }) => authorization)).toEqual([login, login, login]);
  });

  it('hands on pages in JSON', async () => {
    const page = await get('/simple/a/', { headers: { accept: 'application/vnd.pypi.simple.v1+json' } });
    const { files } = (await page.json()) as { files: { url: string }[] };
    expect(await (await get(files[0]?.url ?? '')).text()).toBe('wheel');
  });

  it('follows redirects on the index’s host, and none to this machine or near it', async () => {
    const [, near = '', moved = '', outside = ''] = await links();
    expect(await (await get(moved)).text()).toBe('wheel');
    expect((await get(outside)).status).toBe(403);
    expect((await get(near)).status).toBe(403);
  });

  it('reaches nothing that was not linked to, and sends nothing', async () => {
    const [file = ''] = await links();
    asked.length = 0;
    const forged = file.replace(
      /\/[\w-]+\/a-1/,
      `/${Buffer.from('http://127.0.0.1/').toString('base64url')}/a-1`,
    );
    const paths = [
      '/',
      '/simple/',
      '/simple/a/b',
      '/simple/..%2f',
      '/simple/-x',
      '/simple/a?x=1',
      '/files/',
      forged,
    ];
    for (const path of paths) expect((await get(path)).status, path).toBe(403);
    expect((await get('/simple/a/', { method: 'POST', body: 'x' })).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it('says that a project is not there as the index does', async () => {
    expect((await get('/simple/none/')).status).toBe(404);
  });
});

import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { META_DATA } from '../multipart.ts';
import { type Books, type Item, MemoryBooks, PostgresBooks } from './books.ts';
import { receive } from './push.ts';

/**
 * The bare reference: what a push, a pull, a look-up and a list need on `node:http`, and nothing else. No checks of
 * input, no limits, no log, no metrics, no quota, no versions, no answer to anything unexpected but 500.
 * `node main.ts FOLDER TOKEN [DATABASE_URL]`: without a database the books are in memory only.
 */

const [folder = '', ownToken = '', databaseUrl] = process.argv.slice(2);
const READ_BYTES = 256 * 1024;
const LISTED = 10_000;
const key = createSecretKey(randomBytes(32));

/** What the database is filled with, where there is one. */
function listedItems(): Item[] {
  const facts = { sizeBytes: 1, sha256: '0'.repeat(64), createdAt: new Date(), metaDataText: META_DATA };
  return Array.from({ length: LISTED }, (_, number) => {
    return { ...facts, id: number.toString(16).padStart(24, '0'), name: `artifact-${number}` };
  });
}

const books: Books = databaseUrl ? new PostgresBooks(databaseUrl) : new MemoryBooks(ownToken, listedItems());

function itemJson({ metaDataText, ...facts }: Item): string {
  return `${JSON.stringify(facts).slice(0, -1)},"metaData":${metaDataText}}`;
}

function sendJson(res: ServerResponse, data: string): void {
  const body = `{"code":200,"data":${data}}`;
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  res.writeHead(200, headers).end(body);
}

function tokenOf(req: IncomingMessage): string {
  return req.headers.authorization?.slice('token '.length) ?? '';
}

function sign(text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

async function push(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const user = await books.whoami(tokenOf(req));
  const { fields, ...received } = await receive(req, folder);
  await books.insert(user, received, fields('metaData'));
  const { id, name, sizeBytes, sha256 } = received;
  sendJson(res, JSON.stringify({ id, name, sizeBytes, sha256: sha256.toString('hex') }));
}

async function link(req: IncomingMessage, res: ServerResponse, query: string): Promise<void> {
  const { id, sizeBytes } = await books.stat(tokenOf(req), query);
  const right = `${id}.${sizeBytes}`;
  sendJson(
    res,
    JSON.stringify({ download: `http://${req.headers.host}/bytes?${right}.${sign(right).toString('hex')}` }),
  );
}

function bytes(res: ServerResponse, query: string): void {
  const [id = '', sizeBytes = '', mac = ''] = query.split('.');
  if (!timingSafeEqual(sign(`${id}.${sizeBytes}`), Buffer.from(mac, 'hex'))) throw new Error('a wrong link');
  res.writeHead(200, { 'content-length': sizeBytes });
  createReadStream(path.join(folder, id), { highWaterMark: READ_BYTES }).pipe(res);
}

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const [target, query = ''] = (req.url ?? '').split('?');
  if (target === '/push') return push(req, res);
  if (target === '/link') return link(req, res, query);
  if (target === '/bytes') return bytes(res, query);
  if (target === '/whoami') return sendJson(res, JSON.stringify(await books.whoami(tokenOf(req))));
  if (target === '/stat') return sendJson(res, itemJson(await books.stat(tokenOf(req), query)));
  if (target === '/list')
    return sendJson(res, `[${(await books.list(tokenOf(req))).map(itemJson).join(',')}]`);
  if (target !== '/remove') throw new Error('no such path');
  await rm(path.join(folder, (await books.stat(tokenOf(req), query)).id));
  sendJson(res, 'null');
}

const server = http.createServer({ requestTimeout: 0 }, (req, res) => {
  answer(req, res).catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    res.writeHead(500).end();
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listens on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

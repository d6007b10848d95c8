import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { guardedLookup, requireReachable, UnreachableError } from './addresses.ts';

const MAX_REDIRECTS = 5;
const ANSWER_TIMEOUT_MS = 60_000;
/** The page of a project with thousands of files has 10 MB. */
const MAX_PAGE_BYTES = 32 * 1024 * 1024;
const MAX_PAGES = 2;
const JSON_TYPE = 'application/vnd.pypi.simple.v1+json';
const METADATA = '.metadata';

/** An address that the index itself linked to, as a path of the gate: nobody else can make one. */
class Links {
  readonly #key = randomBytes(32);

  #sign(url: string): string {
    return createHmac('sha256', this.#key).update(url).digest('base64url').slice(0, 22);
  }

  pathOf(link: string, page: URL): string {
    const url = new URL(link, page);
    const { hash } = url;
    url.hash = '';
    const name = url.pathname.split('/').at(-1) ?? '';
    return `/files/${this.#sign(url.href)}/${Buffer.from(url.href).toString('base64url')}/${name}${hash}`;
  }

  /** @returns what was linked to, or its metadata beside it (PEP 658); null for a path that this did not make. */
  urlOf(path: string): URL | null {
    const [, signature = '', encoded = '', name = ''] =
      /^\/files\/([\w-]{22})\/([\w-]+)\/([^/]*)$/.exec(path) ?? [];
    const href = Buffer.from(encoded, 'base64url').toString();
    const expected = Buffer.from(this.#sign(href));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const url = new URL(href);
    if (name.endsWith(METADATA) && !url.pathname.endsWith(METADATA)) url.pathname += METADATA;
    return url;
  }
}

/** Asks for `url`, through redirects. The index's own host may be anywhere, since the operator named it; others are public. */
async function ask(
  url: URL,
  index: URL,
  headers: http.OutgoingHttpHeaders,
  left = MAX_REDIRECTS,
): Promise<IncomingMessage> {
  const isOwn = url.host === index.host;
  if (!isOwn) requireReachable(url.hostname, 'public');
  const lookup = isOwn ? undefined : guardedLookup('public');
  const { request } = url.protocol === 'https:' ? https : http;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(url, { headers, lookup, timeout: ANSWER_TIMEOUT_MS }, resolve);
    asked.on('timeout', () => asked.destroy(new Error(`${url.host} does not answer`)));
    asked.on('error', reject).end();
  });
  const { location } = answer.headers;
  if (!location || (answer.statusCode ?? 0) < 300 || (answer.statusCode ?? 0) > 399) return answer;
  answer.resume();
  if (left === 0) throw new Error(`${url.host} redirects without end`);
  const next = new URL(location, url);
  if (!/^https?:$/.test(next.protocol)) throw new UnreachableError(`${next.protocol} is not for builds`);
  // What the operator gave for the index is for nobody else.
  const { authorization: _, ...others } = headers;
  return ask(next, index, next.host === index.host ? headers : others, left - 1);
}

async function readPage(answer: IncomingMessage): Promise<string> {
  let bytes = 0;
  answer.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > MAX_PAGE_BYTES) answer.destroy(new Error('a page of the index is too large'));
  });
  return text(answer);
}

interface PageFile {
  url: string;
}

/** The path of the gate for a link; null for one that is no address, which its page does without. */
function pathOf(link: string, at: URL, links: Links): string | null {
  return URL.canParse(link, at) ? links.pathOf(link, at) : null;
}

function rewrite(page: string, type: string, at: URL, links: Links): string {
  if (type.startsWith(JSON_TYPE)) {
    const { files, ...rest } = JSON.parse(page) as { files: PageFile[] };
    return JSON.stringify({
      ...rest,
      files: files.flatMap((file) => {
        const url = pathOf(file.url, at, links);
        return url === null ? [] : [{ ...file, url }];
      }),
    });
  }
  return page
    .replace(/<base\b[^>]*>/gi, '')
    .replace(
      /(<a\b[^>]*?\shref\s*=\s*)(?:"([^"]*)"|'([^']*)')/gi,
      (_whole, start: string, one?: string, other?: string) => {
        const link = (one ?? other ?? '').replaceAll('&amp;', '&');
        return `${start}"${pathOf(link, at, links) ?? ''}"`;
      },
    );
}

/** How many pages are read at a time: each may be large, and is held as a whole. */
class Pages {
  #left = MAX_PAGES;
  readonly #waiting: (() => void)[] = [];

  async oneOf(work: () => Promise<void>): Promise<void> {
    while (this.#left === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#left -= 1;
    try {
      await work();
    } finally {
      this.#left += 1;
      this.#waiting.shift()?.();
    }
  }
}

/** Where packages come from. */
interface Source {
  index: URL;
  /** What the operator gave for the index: for it alone, never in an address that a build sees. */
  login: http.OutgoingHttpHeaders;
  links: Links;
  pages: Pages;
}

function sourceOf(indexUrl: string): Source {
  const index = new URL(indexUrl);
  const given = `${decodeURIComponent(index.username)}:${decodeURIComponent(index.password)}`;
  const login = index.username ? { authorization: `Basic ${Buffer.from(given).toString('base64')}` } : {};
  index.username = '';
  index.password = '';
  return { index, login, links: new Links(), pages: new Pages() };
}

async function givePage(project: string, source: Source, request: IncomingMessage, response: ServerResponse) {
  const { index, login, links } = source;
  const url = new URL(`${index.href.replace(/\/$/, '')}/${project}/`);
  const { accept = 'text/html' } = request.headers;
  const answer = await ask(url, index, { accept, 'accept-encoding': 'identity', ...login });
  const type = answer.headers['content-type'] ?? 'text/html';
  const page = await readPage(answer);
  const isPage = answer.statusCode === 200;
  response.writeHead(answer.statusCode ?? 502, { 'content-type': isPage ? type : 'text/plain' });
  response.end(isPage ? rewrite(page, type, url, links) : '');
}

async function giveFile(
  url: URL,
  source: Source,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { range } = request.headers;
  const login = url.host === source.index.host ? source.login : {};
  const headers = { 'accept-encoding': 'identity', ...(range ? { range } : {}), ...login };
  const answer = await ask(url, source.index, headers);
  const kept = ['content-type', 'content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified'];
  const told = Object.entries(answer.headers).filter(([name]) => kept.includes(name));
  response.writeHead(answer.statusCode ?? 502, Object.fromEntries(told));
  response.on('close', () => answer.destroy());
  answer.on('error', () => response.destroy()).pipe(response);
}

/**
 * A package index for builds (PEP 503, 691) at `/simple/`: the pages of `indexUrl`, and the files that those link to. Nothing else
 * can be asked for, and nothing sent but the name of a project.
 */
export function indexGateServer(indexUrl: string): http.Server {
  const source = sourceOf(indexUrl);
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const [, project] =
      /^\/simple\/([A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?)\/?$/.exec(request.url ?? '') ?? [];
    const file = source.links.urlOf(request.url ?? '');
    if (request.method !== 'GET' || !(project || file))
      return void response.writeHead(403).end('not for builds\n');
    if (project) return source.pages.oneOf(() => givePage(project, source, request, response));
    if (file) return giveFile(file, source, request, response);
  };
  return http.createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      if (response.headersSent) return void response.destroy();
      response.writeHead(error instanceof UnreachableError ? 403 : 502).end(`${error.message}\n`);
    });
  });
}

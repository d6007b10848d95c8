import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

const WHEEL = 'groundpkg-1.0-py3-none-any.whl';

/** A wheel with one module. */
function makeWheel(): Promise<Buffer> {
  const zip = new ZipFile();
  const info = 'groundpkg-1.0.dist-info';
  const files = {
    'groundpkg.py': 'ground = True\n',
    [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: groundpkg\nVersion: 1.0\n',
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: '',
  };
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** A package index with one package, `groundpkg`, on this machine. `/other` on the same host is no part of it. */
export async function startIndex() {
  const wheel = await makeWheel();
  const digest = createHash('sha256').update(wheel).digest('hex');
  const page = `<!doctype html><a href="../../files/${WHEEL}#sha256=${digest}">${WHEEL}</a>`;
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    if (request.url === '/simple/groundpkg/') response.setHeader('content-type', 'text/html').end(page);
    else if (request.url === `/files/${WHEEL}`) response.end(wheel);
    else response.writeHead(request.url === '/other' ? 200 : 404).end('other');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`;
  return { url, asked, stop: () => void server.close() };
}

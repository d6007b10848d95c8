import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A wheel with one module. */
function makeWheel(name: string, version: string): Promise<Buffer> {
  const zip = new ZipFile();
  const info = `${name}-${version}.dist-info`;
  const files = {
    [`${name}.py`]: 'ground = True\n',
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: '',
  };
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** A package index with one package on this machine. `/other` on the same host is no part of it. */
export async function startIndex(name = 'groundpkg', version = '1.0') {
  const wheel = await makeWheel(name, version);
  const file = `${name}-${version}-py3-none-any.whl`;
  const digest = createHash('sha256').update(wheel).digest('hex');
  const page = `<!doctype html><a href="../../files/${file}#sha256=${digest}">${file}</a>`;
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    if (request.url === `/simple/${name}/`) response.setHeader('content-type', 'text/html').end(page);
    else if (request.url === `/files/${file}`) response.end(wheel);
    else response.writeHead(request.url === '/other' ? 200 : 404).end('other');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`;
  return { url, asked, stop: () => void server.close() };
}

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BehindProxy, startBehindProxy } from './support/behind-proxy.ts';
import { runClient, runHub } from './support/private-ca.ts';
import type { ProxyKind } from './support/proxy.ts';

const KINDS: ProxyKind[] = ['nginx', 'caddy'];
/** Clients whose uploads say nothing of their length. */
const CHUNKED = [
  ['docarray-0.21', 'docarray1'],
  ['docarray-0.38', 'docarray2'],
] as const;
const MAX_UPLOAD_BYTES = 150_000_000;

function trustOf({ site }: BehindProxy) {
  return { REQUESTS_CA_BUNDLE: site.tls.ca, SSL_CERT_FILE: site.tls.ca };
}

describe.each(KINDS)('real clients behind %s, with an authority of the house', (kind) => {
  let behind: BehindProxy;
  beforeAll(async () => {
    behind = await startBehindProxy(kind, { MAX_UPLOAD_BYTES: String(MAX_UPLOAD_BYTES) });
  });
  afterAll(() => behind?.stop());

  it('docarray 0.21 pushes and pulls a hundred megabytes', async () => {
    const around = { url: behind.url, token: behind.token, trust: trustOf(behind) };
    expect(await runClient('docarray-0.21', 'docarray1', around, 100)).toMatchObject({ isGood: true });
  });

  it('docarray 0.38 and the SDK push and pull', async () => {
    const around = { url: behind.url, token: behind.token, trust: trustOf(behind) };
    expect(await runClient('docarray-0.38', 'docarray2', around, 5)).toMatchObject({ isGood: true });
    expect(await runClient('hubble-sdk-0.39', 'sdk', around, 5)).toMatchObject({ isGood: true });
  });

  it("show the server's own sentence when an upload is too large for it", async () => {
    const around = { url: behind.url, token: behind.token, trust: trustOf(behind) };
    const { isGood, output } = await runClient('docarray-0.21', 'docarray1', around, 151);
    expect(isGood).toBe(false);
    expect(output).toContain('150');
  });

  it('jina hub pushes an Executor, whose log comes as a stream, and pulls it', async () => {
    const around = { url: behind.url, token: behind.token, trust: trustOf(behind) };
    const folder = path.join(behind.site.folder, 'Passing');
    await mkdir(folder);
    const source = 'from jina import Executor\n\n\nclass Passing(Executor):\n    pass\n';
    await writeFile(path.join(folder, 'executor.py'), source);
    await writeFile(
      path.join(folder, 'config.yml'),
      'jtype: Passing\nmetas:\n  name: Passing\n  py_modules: [executor.py]\n',
    );
    const pushed = await runHub('jina-3.23', ['push', '--private', '--no-usage', folder], around);
    expect(pushed.output).toContain('Published');
    const pulled = await runHub('jina-3.23', ['pull', 'jinaai://mira/Passing'], around);
    expect(pulled).toMatchObject({ isGood: true });
  });
});

describe.each(KINDS)('what %s itself answers to real clients', (kind) => {
  let behind: BehindProxy;
  beforeAll(async () => {
    behind = await startBehindProxy(kind, {}, (text) =>
      kind === 'nginx'
        ? text.replaceAll('client_max_body_size 0', 'client_max_body_size 1m')
        : text.replaceAll(
            'reverse_proxy 127.0.0.1',
            'request_body {\nmax_size 1MB\n}\nreverse_proxy 127.0.0.1',
          ),
    );
  });
  afterAll(() => behind?.stop());

  // Caddy 2.6 takes an upload of a known length that passes its limit for a server that is away.
  const clients = kind === 'nginx' ? [...CHUNKED, ['hubble-sdk-0.39', 'sdk'] as const] : CHUNKED;

  it.each(clients)('%s shows the sentence of a limit', async (client, operation) => {
    const around = { url: behind.url, token: behind.token, trust: trustOf(behind) };
    const { isGood, output } = await runClient(client, operation, around, 3);
    expect(isGood).toBe(false);
    expect(output).toContain('takes no upload of this size');
    expect(output).not.toContain('JSONDecodeError');
  });

  it('the SDK shows the sentence when the server is away', async () => {
    const around = { url: behind.url, token: behind.token, trust: trustOf(behind) };
    await behind.server.stop();
    const { isGood, output } = await runClient('hubble-sdk-0.39', 'whoami', around);
    expect(isGood).toBe(false);
    expect(output).toContain('50002: The server does not answer right now. Try again in a moment.');
  });
});

/** Which client reads which variable: the table of docs/proxy.md. */
describe('a client trusts an authority of the house', () => {
  let behind: BehindProxy;
  beforeAll(async () => {
    behind = await startBehindProxy('nginx');
  });
  afterAll(() => behind?.stop());

  it.each([
    ['docarray-0.21', 'docarray1'],
    ['docarray-0.38', 'docarray2'],
    ['hubble-sdk-0.13', 'whoami'],
    ['hubble-sdk-0.39', 'sdk'],
  ])('by REQUESTS_CA_BUNDLE and not by SSL_CERT_FILE: %s, %s', async (client, operation) => {
    const around = { url: behind.url, token: behind.token };
    const { ca } = behind.site.tls;
    const byFile = await runClient(client, operation, { ...around, trust: { SSL_CERT_FILE: ca } });
    expect(byFile.output).toContain('CERTIFICATE_VERIFY_FAILED');
    const byBundle = await runClient(client, operation, { ...around, trust: { REQUESTS_CA_BUNDLE: ca } });
    expect(byBundle).toMatchObject({ isGood: true });
  });

  it.each(['hubble-sdk-0.13', 'docarray-0.21', 'hubble-sdk-0.39'])(
    'by SSL_CERT_FILE and not by REQUESTS_CA_BUNDLE: %s, what it asks by aiohttp',
    async (client) => {
      const { ca } = behind.site.tls;
      const around = { url: behind.url };
      const byBundle = await runClient(client, 'logout', { ...around, trust: { REQUESTS_CA_BUNDLE: ca } });
      expect(byBundle.output).toContain('CERTIFICATE_VERIFY_FAILED');
      const byFile = await runClient(client, 'logout', { ...around, trust: { SSL_CERT_FILE: ca } });
      expect(byFile).toMatchObject({ isGood: true });
    },
  );
});

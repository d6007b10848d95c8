import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOpenRegistry } from './support/open-registry.ts';
import {
  makeProxySite,
  type ProxyKind,
  type ProxySite,
  type RunningProxy,
  startProxy,
} from './support/proxy.ts';

/** Beyond what nginx takes by default, many times. */
const LAYER_BYTES = 30_000_000;

describe.each<ProxyKind>(['nginx', 'caddy'])('the registry behind %s', (kind) => {
  let site: ProxySite;
  let registry: Awaited<ReturnType<typeof startOpenRegistry>>;
  let proxy: RunningProxy;
  beforeAll(async () => {
    site = await makeProxySite();
    tls.setDefaultCACertificates([readFileSync(site.tls.ca, 'utf8')]);
    registry = await startOpenRegistry(site.folder);
    proxy = await startProxy(kind, site, { stationPort: registry.port, registryPort: registry.port });
  });
  afterAll(async () => {
    await proxy?.stop();
    await registry?.stop();
    site?.remove();
  });

  it('takes a layer under the address that clients know, and gives it back', async () => {
    const layer = randomBytes(LAYER_BYTES);
    const digest = `sha256:${createHash('sha256').update(layer).digest('hex')}`;
    const begun = await fetch(`${site.registryUrl}/v2/some/image/blobs/uploads/`, { method: 'POST' });
    const place = begun.headers.get('location') ?? '';
    expect(begun.status).toBe(202);
    expect(new URL(place, site.registryUrl).origin).toBe(site.registryUrl);
    const sent = await fetch(place, { method: 'PATCH', body: layer });
    const end = new URL(sent.headers.get('location') ?? '');
    expect(end.origin).toBe(site.registryUrl);
    end.searchParams.set('digest', digest);
    expect(await fetch(end, { method: 'PUT' })).toMatchObject({ status: 201 });
    const back = await fetch(`${site.registryUrl}/v2/some/image/blobs/${digest}`);
    expect(Buffer.from(await back.arrayBuffer()).equals(layer)).toBe(true);
  });

  it('shows nothing else', async () => {
    for (const path of ['/', '/debug/vars', '/metrics'])
      expect(await fetch(`${site.registryUrl}${path}`)).toMatchObject({ status: 404 });
  });
});

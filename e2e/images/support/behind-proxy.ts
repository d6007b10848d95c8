import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { addUser } from '#lib/testing/admin.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { makeProxySite, type ProxyKind, type ProxySite, type RunningProxy, startProxy } from './proxy.ts';

/** A server of ours with a real proxy in front, and Mira who has a token there. */
export interface BehindProxy {
  site: ProxySite;
  /** What people reach: `https://…`. */
  url: string;
  server: TestServer;
  token: string;
  stop(): Promise<void>;
}

/** Has this process trust the private authority of a site beside those that it knows. */
function trust(site: ProxySite): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('bundled'), readFileSync(site.tls.ca, 'utf8')]);
}

/** Starts both. @param edit a change of the proxy's file, as an administrator may make it. */
export async function startBehindProxy(
  kind: ProxyKind,
  settings: Record<string, string> = {},
  edit?: (text: string) => string,
): Promise<BehindProxy> {
  const site = await makeProxySite();
  trust(site);
  let [server, proxy]: [TestServer | null, RunningProxy | null] = [null, null];
  const stop = async () => {
    await proxy?.stop();
    await server?.stop();
    site.remove();
  };
  try {
    server = await startTestServer({ PUBLIC_URL: site.url, TRUST_PROXY: '127.0.0.1', ...settings });
    const token = await addUser({ DATA_DIR: server.dataDir }, 'mira');
    proxy = await startProxy(kind, site, { stationPort: Number(new URL(server.url).port), edit });
    return { site, url: site.url, server, token, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

import { once } from 'node:events';
import { open } from 'node:fs/promises';
import type http from 'node:http';
import type { BuildNetwork } from '#lib/images/builder.ts';
import type { Reach } from './addresses.ts';
import { indexGateServer } from './index-gate.ts';
import { openGateServer } from './open-gate.ts';
import { GATE_PORT, GATE_SOCKET } from './relay.ts';

/** What a build may have of this process at a time: pip opens one, apt ten. */
const MAX_CONNECTIONS = 32;
const ADDRESS = `http://127.0.0.1:${GATE_PORT}`;

/** What a sandbox may reach, as a socket in the folder of its job. */
export interface Gate {
  close(): Promise<void>;
}

/** The variables by which programs find a proxy, in both spellings: some know only one. */
function proxyVariables(): Record<string, string> {
  const names = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'];
  const own = ['no_proxy', 'NO_PROXY'].map((name) => [name, 'localhost,127.0.0.1,::1']);
  return Object.fromEntries([...names.map((name) => [name, ADDRESS]), ...own]);
}

function indexVariables(): Record<string, string> {
  const index = `${ADDRESS}/simple/`;
  return {
    PIP_INDEX_URL: index,
    UV_DEFAULT_INDEX: index,
    UV_INDEX_URL: index,
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
  };
}

async function listen(server: http.Server, folder: string): Promise<Gate> {
  server.maxConnections = MAX_CONNECTIONS;
  // The path of a socket may have 107 bytes, and a data folder may lie deep.
  const handle = await open(folder, 'r');
  try {
    await once(server.listen(`/proc/self/fd/${handle.fd}/${GATE_SOCKET}`), 'listening');
    const close = async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
      await handle.close();
    };
    return { close };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** By what variables programs in a build find its gate. */
export function gateVariables(network: BuildNetwork): Record<string, string> {
  if (network === 'none') return {};
  return network === 'open' ? proxyVariables() : indexVariables();
}

/** A gate for the pull of images. @param folder of the job. */
export async function openPullGate(reach: Reach, folder: string): Promise<Gate> {
  return listen(openGateServer(reach), folder);
}

/** The variables for a tool that pulls through a gate. */
export const PULL_VARIABLES = proxyVariables();

/** The gate of a build; null where it may reach nothing. @param folder of the job. */
export async function openGate(
  network: BuildNetwork,
  indexUrl: string,
  folder: string,
): Promise<Gate | null> {
  if (network === 'none') return null;
  return listen(network === 'open' ? openGateServer('private too') : indexGateServer(indexUrl), folder);
}

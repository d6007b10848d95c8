import { BlockList, isIP } from 'node:net';
import { env } from '#lib/env.ts';
import { shared } from '#lib/shared.ts';

function trustedProxies(): BlockList {
  return shared('trusted-proxies', () => {
    const list = new BlockList();
    for (const entry of env().TRUST_PROXY) {
      const [network = '', bits] = entry.split('/');
      const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
      if (bits === undefined) list.addAddress(network, family);
      else list.addSubnet(network, Number(bits), family);
    }
    return list;
  });
}

function isTrusted(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && trustedProxies().check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** `::ffff:10.0.0.1` is 10.0.0.1. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/**
 * The address of whoever sent a request: the peer, or what the proxies named in TRUST_PROXY say, read from the last
 * hop backwards up to the first that is not trusted.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | undefined): string | null {
  if (!peer) return null;
  let address = plain(peer);
  const hops = (forwardedFor ?? '').split(',').map((hop) => plain(hop.trim()));
  while (isTrusted(address)) {
    const before = hops.pop();
    if (!before || isIP(before) === 0) break;
    address = before;
  }
  return address;
}

import dns from 'node:dns';
import net, { type LookupFunction } from 'node:net';
import os from 'node:os';

/** What a build may reach of the addresses in the world; services of clouds that give away credentials are in no set. */
export type Reach = 'public' | 'private too';

/** This machine itself, its link, addresses that stand for others, and what clouds answer on. */
const NEVER = [
  ...['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4', '192.88.99.0/24'],
  ...['100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32', 'fd00:ec2::254/128', 'fd20:ce::254/128'],
  ...['::/96', 'fe80::/10', 'ff00::/8', '64:ff9b::/96', '64:ff9b:1::/48', '2001::/32', '2002::/16'],
];
const PRIVATE = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '192.0.0.0/24', '198.18.0.0/15'],
  ...['fc00::/7', 'fec0::/10'],
];

function listOf(subnets: string[]): net.BlockList {
  const list = new net.BlockList();
  for (const subnet of subnets) {
    const [address = '', bits] = subnet.split('/');
    list.addSubnet(address, Number(bits), net.isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

const never = listOf(NEVER);
const privates = listOf(PRIVATE);

/** `::ffff:7f00:1` and `::ffff:127.0.0.1` are 127.0.0.1. */
function unmapped(address: string): string {
  if (!net.isIPv6(address)) return address;
  const plain = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(plain) ?? [];
  if (!(high && low)) return plain;
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join('.');
}

function isOwn(address: string): boolean {
  return Object.values(os.networkInterfaces()).some((all) =>
    all?.some((one) => unmapped(one.address) === address),
  );
}

/** Whether a build may connect to `address`. This machine's own addresses are looked up each time. */
export function mayReach(address: string, reach: Reach): boolean {
  if (!net.isIP(address)) return false;
  const plain = unmapped(address);
  const family = net.isIPv6(plain) ? 'ipv6' : 'ipv4';
  if (never.check(plain, family) || isOwn(plain)) return false;
  return reach === 'private too' || !privates.check(plain, family);
}

/** A host that builds may not reach. */
export class UnreachableError extends Error {}

/**
 * A look-up for connections of builds: what is connected to is what was looked at, so that a name that answers differently the next
 * time gains nothing. It is not asked about addresses: see `requireReachable`.
 */
export function guardedLookup(reach: Reach): LookupFunction {
  return (host, options, callback) => {
    dns.lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const allowed = found.filter(({ address }) => mayReach(address, reach));
      const [first] = allowed;
      if (!first) return callback(new UnreachableError(`${host} is not for builds`), '');
      if (options.all) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}

/** @throws UnreachableError for a host that is an address out of reach; names are looked at when they are looked up. */
export function requireReachable(host: string, reach: Reach): void {
  const address = host.replace(/^\[|\]$/g, '');
  if (net.isIP(address) && !mayReach(address, reach)) throw new UnreachableError(`${host} is not for builds`);
}

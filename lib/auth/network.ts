import { isIPv6 } from 'node:net';

/** Groups of 16 bits in the part of an IPv6 address that a provider gives to one customer (RFC 6177): 64 bits. */
const CUSTOMER_GROUPS = 4;
const GROUPS = 8;

function isLoopback(address: string): boolean {
  return address === '::1' || /^127\./.test(address);
}

/** Whether two addresses may well be the same place, as limits see it; this machine is one, by whatever address. */
export function isSameNetwork(one: string, other: string): boolean {
  return networkOf(one) === networkOf(other) || (isLoopback(one) && isLoopback(other));
}

/**
 * What limits count as one address: an IPv4 address, or the /64 of an IPv6 address, of which each customer has at
 * least one whole.
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return address;
  // The URL's host is the shortest form (RFC 5952), whatever way the address was written.
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = canonical.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: GROUPS - head.length - tail.length }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, CUSTOMER_GROUPS).join(':')}::/64`;
}

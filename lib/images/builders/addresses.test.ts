import { describe, expect, it } from 'vitest';
import { guardedLookup, mayReach } from './addresses.ts';

const NEVER = [
  ...[
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '169.254.169.254',
    '224.0.0.1',
    '255.255.255.255',
    '168.63.129.16',
  ],
  ...[
    '::',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    'fe80::1',
    'fe80::1%eth0',
  ],
  ...['ff02::1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001::1', 'fd00:ec2::254', '100.100.100.200'],
];
const PRIVATE = [
  ...[
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '198.18.0.1',
    'fc00::1',
    'fdab::1',
  ],
  ...['::ffff:10.0.0.1'],
];
const PUBLIC = ['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:1.1.1.1'];

describe('an address', () => {
  it.each(NEVER)('%s is reached by no build', (address) => {
    expect(mayReach(address, 'private too')).toBe(false);
  });

  it.each(PRIVATE)('%s is reached by a build with an open network alone', (address) => {
    expect([mayReach(address, 'public'), mayReach(address, 'private too')]).toEqual([false, true]);
  });

  it.each(PUBLIC)('%s is reached', (address) => {
    expect(mayReach(address, 'public')).toBe(true);
  });

  it.each(['', 'localhost', '2130706433', '0x7f.1', '1.1.1'])('is not what %j is', (text) => {
    expect(mayReach(text, 'private too')).toBe(false);
  });
});

describe('a name that stands for this machine', () => {
  it.each([true, false])('is looked up in vain (all: %s)', async (all) => {
    const answer = new Promise((resolve) => guardedLookup('private too')('localhost', { all }, resolve));
    expect(await answer).toMatchObject({ message: 'localhost is not for builds' });
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';

describe('clientAddress', () => {
  beforeEach(() => {
    vi.resetModules();
    delete (globalThis as { groundstation?: unknown }).groundstation;
  });

  async function withProxies(trusted: string) {
    vi.stubEnv('TRUST_PROXY', trusted);
    return (await import('#lib/http/address.ts')).clientAddress;
  }

  it('believes nobody by default', async () => {
    const clientAddress = await withProxies('');
    expect(clientAddress('127.0.0.1', '9.9.9.9')).toBe('127.0.0.1');
  });

  it('reads the last hop that is not a trusted proxy, whatever stands before it', async () => {
    const clientAddress = await withProxies('127.0.0.1,10.0.0.0/8');
    expect(clientAddress('::ffff:127.0.0.1', '1.1.1.1, 9.9.9.9, 10.1.2.3')).toBe('9.9.9.9');
    expect(clientAddress('8.8.8.8', '9.9.9.9')).toBe('8.8.8.8');
    expect(clientAddress('127.0.0.1', undefined)).toBe('127.0.0.1');
    expect(clientAddress('127.0.0.1', 'nonsense')).toBe('127.0.0.1');
  });
});

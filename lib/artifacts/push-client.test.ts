import { describe, expect, it } from 'vitest';
import { clientName } from '#lib/artifacts/client-name.ts';
import { readPushClient } from '#lib/artifacts/push-client.ts';

describe('clientName', () => {
  it.each([
    ['python-requests/2.31.0', 'python-requests 2.31.0'],
    ['Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0', 'Browser'],
    ['Python/3.11 aiohttp/3.9.5', 'Python 3.11'],
    ['unknown', 'Unknown'],
    [' ', 'Unknown'],
    ['<script>', '<script>'],
  ])('calls %j %j', (agent, name) => {
    expect(clientName(agent)).toBe(name);
  });

  it('is short, whatever a client sends', () => {
    expect(clientName(`${'x'.repeat(500)}/1`).length).toBeLessThanOrEqual(60);
  });
});

describe('readPushClient', () => {
  it('reads what docarray puts into metaData', () => {
    const version = {
      docarray: '0.21.0',
      python: '3.10.12',
      platform: 'Darwin',
      'platform-release': '23.6.0',
    };
    expect(
      readPushClient(
        { 'user-agent': 'python-requests/2.31.0' },
        { version: { ...version, architecture: 'arm64', protobuf: '3.20.3', 'proto-backend': 'cpp' } },
      ),
    ).toEqual({
      docarray: '0.21.0',
      hubbleSdk: null,
      python: '3.10.12',
      protobuf: '3.20.3, cpp',
      platform: 'Darwin 23.6.0, arm64',
      program: 'python-requests 2.31.0',
    });
  });

  it('prefers headers, and takes what is unset for unsaid', () => {
    const headers = { 'jina-hubble-sdk': '0.39.0', python: '3.9.1', docarray: '(unset)', platform: '' };
    expect(readPushClient(headers, { version: { python: '2.7', docarray: '0.20.1' } })).toMatchObject({
      hubbleSdk: '0.39.0',
      python: '3.9.1',
      docarray: '0.20.1',
      platform: null,
    });
  });

  it.each([null, [], 'text', { version: [1] }, { version: { docarray: { a: 1 }, python: ['x'] } }])(
    'knows nothing from %j, and does not fail',
    (metaData) => {
      expect(Object.values(readPushClient(metaData, metaData)).every((fact) => fact === null)).toBe(true);
    },
  );
});

import { expect, test } from 'vitest';
import { describeDevice } from '#lib/sessions/describe-device.ts';

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    { device: 'Firefox 145', system: 'Linux' },
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
    { device: 'Safari 26', system: 'macOS' },
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
    { device: 'Chrome 142', system: 'Android' },
  ],
  ['python-requests/2.32.3', { device: 'python-requests/2.32.3', system: null }],
  ['Python/3.11 aiohttp/3.9.5', { device: 'Python/3.11 aiohttp/3.9.5', system: null }],
  ['Mozilla/5.0 \u202e<b>', { device: 'Mozilla 5', system: null }],
  ['', { device: 'Unknown', system: null }],
  [null, { device: 'Unknown', system: null }],
])('a session is named by its device: %s', (userAgent, device) => {
  expect(describeDevice(userAgent)).toEqual(device);
});

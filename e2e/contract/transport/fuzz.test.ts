import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { methods } from '#lib/rpc/methods.ts';
import { fuzz, KEPT_SEED } from '#lib/testing/fuzz.ts';
import { anything, TYPES } from '#lib/testing/hard-bodies.ts';
import { damaged } from '#lib/testing/multipart-forms.ts';
import { detail, freshName, pushed, removeAll } from '../artifacts.ts';
import { origin, send } from '../client.ts';
import { newPerson } from '../people.ts';
import { converse } from '../wire.ts';

/** Each is a connection of its own. */
const REQUESTS = 400;
/** After so long a silence the server waits for more than there is. */
const QUIET_MS = 100;

const alice = await newPerson('alice');
const bob = await newPerson('bob');
const kept = await pushed(alice, { name: freshName('kept'), public: 'True' });
afterAll(() => removeAll(alice, bob));

const verbs = fc.oneof(
  { arbitrary: fc.constantFrom('GET', 'POST'), weight: 6 },
  fc.constantFrom('HEAD', 'OPTIONS', 'PUT', 'TRACE', 'FOO'),
);
const paths = fc.oneof(
  { arbitrary: fc.constantFrom(...Object.keys(methods)).map((name) => `/v2/rpc/${name}`), weight: 6 },
  fc.constantFrom(
    '/ping',
    '/login',
    '/storage',
    '/download/x',
    '/v2/',
    '/',
    '*',
    '/%zz',
    '/api/ready',
    '/_next/x',
  ),
);
/** Those of bob, who may lose all he has. */
const credentials = fc.constantFrom(
  `Authorization: token ${bob.token}`,
  `Authorization: token ${bob.token}`,
  'Authorization: token None',
  'Authorization: Basic eDp5',
  `Cookie: st=${bob.session}`,
  `Cookie: gs-session=${bob.session}; =;; st`,
);
const oddHeaders = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      ...['Range: bytes=0-,-5', 'If-None-Match: *', 'Origin: null', 'Host: evil.example.org', 'Upgrade: h2c'],
      ...[
        'Connection: keep-alive, close',
        'Accept-Encoding: gzip',
        'X-Forwarded-For: ,,::',
        'Cookie: a; =;;',
      ],
    ),
    weight: 4,
  },
  fc.constantFrom(
    'Transfer-Encoding: chunked',
    'Content-Length: 5',
    'Expect: 100-continue',
    ': x',
    'X: \x01',
  ),
);

/** The bytes of a query as they may stand in a request line. */
function encodeQuery(query: string): string {
  const encoded = query.replaceAll(
    /[^!-~]/g,
    (unit) => `%${unit.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return encoded === '' ? '' : `?${encoded}`;
}

const requests = fc
  .record({
    verb: verbs,
    path: paths,
    credential: credentials,
    odd: fc.array(oddHeaders, { maxLength: 2 }),
    hasLength: fc.boolean(),
    content: fc.oneof(
      anything,
      damaged.map(({ body, boundary }) => ({
        type: TYPES.multipart.replace('b0undary', boundary),
        body,
        query: '',
      })),
    ),
    damage: fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, fc.tuple(fc.nat(), fc.nat({ max: 255 }))),
  })
  .map(({ verb, path, credential, odd, hasLength, content, damage }) => {
    const { type, body, query } = content;
    const lines = [
      `${verb} ${path}${encodeQuery(query)} HTTP/1.1`,
      `Host: ${new URL(origin()).host}`,
      ...[credential, ...odd, ...(type ? [`Content-Type: ${type}`] : [])],
      ...(hasLength ? [`Content-Length: ${body.length}`] : []),
    ];
    const request = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
    if (damage) request[damage[0] % request.length] = damage[1];
    return request;
  });

const property = fuzz({
  name: 'a request of any bytes is answered without a mistake of ours, and harms nobody else',
  inputs: requests,
  kept: [],
  async holds(request) {
    const answer = (await converse([request], { quietMs: QUIET_MS })).toString('latin1');
    for (const [, status] of answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)) {
      if (Number(status) >= 500) expect(answer).toContain('"status":50002');
    }
    expect(answer).not.toMatch(/node_modules|\.ts:\d|\n\s+at \S/);
    expect((await send({ path: '/ping' })).status).toBe(200);
  },
});

test(property.name, async () => {
  await property.check({ inputs: REQUESTS, seed: KEPT_SEED });
  expect(await detail(alice, { id: kept._id })).toEqual(kept);
}, 180_000);

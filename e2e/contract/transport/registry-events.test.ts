import { afterAll, expect, it } from 'vitest';
import { newId } from '#lib/ids.ts';
import { eventsAuthorization } from '#lib/registry/events-secret.ts';
import { removeAll } from '../artifacts.ts';
import { codes, send } from '../client.ts';
import { newExecutor } from '../executors.ts';
import { newPerson, onDatabase, rowsOf } from '../people.ts';

const TYPE = 'application/vnd.docker.distribution.events.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const alice = await newPerson('alice');
const { id, commit } = await newExecutor(alice, { visibility: 'public' });
await onDatabase([
  [
    `INSERT INTO executor_image (id, executor_id, commit_id, tag, digest, platform, size_bytes, layers, task_id, build_ms)
     VALUES ($1, $2, $3, $3, $4, 'linux/amd64', 1, '[]', 'a task', 1)`,
    [newId(), id, commit, DIGEST],
  ],
]);
afterAll(() => removeAll(alice));

interface Facts {
  action?: string;
  repository?: string;
  digest?: string;
  mediaType?: string;
  method?: string;
  actor?: string;
}

function event(facts: Facts = {}) {
  const { action = 'pull', method = 'GET', actor = alice.id, ...target } = facts;
  return {
    id: newId(),
    action,
    target: { mediaType: MANIFEST, digest: DIGEST, repository: `jinahub/${id}`, size: 7, ...target },
    request: { addr: '192.0.2.7:4711', method, useragent: 'docker/20.10' },
    actor: actor === '' ? {} : { name: actor },
  };
}

function tell(events: unknown, authorization = eventsAuthorization()) {
  const body = Buffer.from(JSON.stringify({ events }));
  return send({
    method: 'POST',
    path: '/registry/events',
    headers: { authorization, 'content-type': TYPE },
    body,
  });
}

const pulls = () =>
  rowsOf(
    'SELECT commit_number::text, client, user_id, address FROM executor_pull WHERE executor_id = $1 ORDER BY id',
    [id],
  );

it('records each manifest that somebody got as a pull, and nothing else', async () => {
  const events = [
    event(),
    event({ actor: '' }),
    event({ actor: 'a user who is gone' }),
    event({ method: 'HEAD' }),
    event({ action: 'push' }),
    event({ mediaType: 'application/octet-stream' }),
    event({ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip' }),
    event({ actor: 'groundstation' }),
    event({ digest: `sha256:${'cd'.repeat(32)}` }),
    event({ repository: 'jinahub/00000000' }),
    event({ repository: `other/${id}` }),
    event({ repository: '../x' }),
  ];
  expect((await tell(events)).status).toBe(200);
  const pull = { commit_number: '1', client: 'docker', address: '192.0.2.7' };
  expect(await pulls()).toEqual([
    { ...pull, user_id: alice.id },
    { ...pull, user_id: null },
    { ...pull, user_id: null },
  ]);
});

it('takes nothing from whom the registry is not', async () => {
  const before = await pulls();
  const right = eventsAuthorization();
  const wrong = [
    '',
    'Bearer',
    `${right}x`,
    right.slice(0, -1),
    `Bearer ${'A'.repeat(43)}`,
    `token ${alice.token}`,
  ];
  for (const authorization of wrong) expect(codes(await tell([event()], authorization))).toBe('401/40103');
  expect(await pulls()).toEqual(before);
});

it.each([
  ['no events', {}],
  ['a text', 'events'],
  ['other things', [1, null, 'x']],
  ['a NUL', [event({ actor: 'a\0b' })]],
  ['too many', Array(10_001).fill({})],
])('refuses what is no notification: %s', async (_, events) => {
  expect(codes(await tell(events))).toBe('400/40001');
});

it('refuses a body without an end, of another kind, and by another verb', async () => {
  const authorization = eventsAuthorization();
  const path = '/registry/events';
  const headers = { authorization, 'content-type': TYPE };
  expect(codes(await send({ method: 'POST', path, headers, body: Buffer.from('{') }))).toBe('400/40001');
  const long = Buffer.alloc(9 * 1024 * 1024, ' ');
  expect((await send({ method: 'POST', path, headers, body: long })).status).toBe(413);
  expect((await send({ path, headers: { authorization } })).status).toBe(404);
});

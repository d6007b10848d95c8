import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAdmin } from '#lib/testing/admin.ts';
import { ensurePythonEnv } from '../../scripts/python-envs.ts';
import { ensureBaseImage } from './support/base-image.ts';
import { Client, helloNamed } from './support/client.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { Station } from './support/station.ts';

const station = await Station.start();
const owner = await station.addPerson('alice');
const other = await station.addPerson('bob');
let engine: Engine;
let alice: Client;
let bob: Client;
let nobody: Client;

beforeAll(async () => {
  await ensurePythonEnv('jina-3.23');
  const base = await ensureBaseImage();
  await runAdmin(station.env, ['image', 'import', base.name, base.file]);
  engine = await startEngine();
  alice = new Client(station, engine, owner.token);
  bob = new Client(station, engine, other.token);
  nobody = new Client(station, engine, null);
  for (const client of [alice, bob, nobody]) await client.installHelper();
});

afterAll(async () => {
  await engine?.stop();
  await station.stop();
});

/** The image of an Executor, as engines call it, and its size on the page. */
async function imageOf(name: string) {
  const rows = await station.query<{ id: string; tag: string; bytes: number; used: number }>(
    `SELECT e.id, i.tag, i.size_bytes::float8 AS bytes, u.used_bytes::float8 AS used
     FROM executor_image i JOIN executor e ON e.id = i.executor_id JOIN namespace_usage u USING (namespace_id)
     WHERE e.name = $1`,
    [name],
  );
  const [row] = rows;
  if (!row || rows.length > 1) throw new Error(`${name} has ${rows.length} images`);
  return { ...row, reference: `${station.registry}/jinahub/${row.id}:${row.tag}` };
}

/** What the engine says to a pull with the stock helper; the image does not stay. */
async function pull(client: Client, reference: string) {
  const outcome = await client.run('docker', 'pull', '-q', reference);
  await client.run('docker', 'rmi', '-f', reference);
  return outcome;
}

describe('an Executor that is pushed where images are built', () => {
  it('runs as a container in a Flow of its owner, and is nothing to others', async () => {
    const pushed = await alice.push(helloNamed('Private'), '--private', '--verbose');
    expect(pushed.output).toContain('STEP');
    expect(pushed).toMatchObject({ code: 0 });
    const { reference, bytes, used } = await imageOf('Private');
    expect(used).toBeGreaterThan(bytes);
    const flow = await alice.flow(
      'jinaai+docker://alice/Private',
      { greeting: 'good evening' },
      'ada',
      'bob',
    );
    expect(flow.output).toContain('["good evening ada", "good evening bob"]');
    expect(flow).toMatchObject({ code: 0 });
    expect(await pull(alice, reference)).toMatchObject({ code: 0 });
    for (const stranger of [bob, nobody]) {
      const refused = await stranger.flow('jinaai+docker://alice/Private', {}, 'ada');
      expect(refused.code).not.toBe(0);
      expect(refused.output).toMatch(/no (public )?Executor of this name/);
      const denied = await pull(stranger, reference);
      expect(denied.code).not.toBe(0);
      expect(denied.output).toMatch(/denied|unauthorized/);
    }
  });

  it('runs for others and for nobody where it is public', async () => {
    expect(await alice.push(helloNamed('Public'), '--public')).toMatchObject({ code: 0 });
    const { reference } = await imageOf('Public');
    for (const stranger of [bob, nobody]) {
      expect(await pull(stranger, reference)).toMatchObject({ code: 0 });
      const flow = await stranger.flow('jinaai+docker://alice/Public', {}, 'ada');
      expect(flow.output).toContain('["hello ada"]');
    }
  });

  /** The words by which the client sends a secret. */
  const forced = (secret: string) => ['--force', 'Secret', '--secret', secret];

  it('runs by its bare name for who is logged in and has its secret, until that changes', async () => {
    const pushed = await alice.push(helloNamed('Secret'), '--private', ...forced('open-sesame'));
    expect(pushed).toMatchObject({ code: 0 });
    const { reference } = await imageOf('Secret');
    expect((await pull(bob, reference)).code).not.toBe(0);
    const flow = await bob.flow('jinahub+docker://Secret:open-sesame', {}, 'ada');
    expect(flow.output).toContain('["hello ada"]');
    expect(await pull(bob, reference)).toMatchObject({ code: 0 });
    const asNobody = await nobody.flow('jinahub+docker://Secret:open-sesame', {}, 'ada');
    expect(asNobody.output).toContain('log in with jina-auth login');
    await alice.push(helloNamed('Secret'), '--private', ...forced('another-one'));
    expect((await pull(bob, reference)).code).not.toBe(0);
  });

  it('is not built again when nothing has changed, and without the cache becomes another commit', async () => {
    await alice.push(helloNamed('Again'), '--private');
    const first = await imageOf('Again');
    const again = await alice.push(helloNamed('Again'), '--private', '--verbose');
    expect(again.output).not.toContain('STEP');
    expect(await imageOf('Again')).toEqual(first);
    await alice.push(helloNamed('Again'), '--private', '--no-cache');
    const commits = await station.query(
      `SELECT number, i.tag = c.id AS "hasImage" FROM executor_commit c JOIN executor e ON e.id = c.executor_id
         LEFT JOIN executor_image i ON i.commit_id = c.id WHERE e.name = 'Again' ORDER BY number`,
    );
    expect(commits).toEqual([
      { number: 1, hasImage: true },
      { number: 2, hasImage: true },
    ]);
  });
});

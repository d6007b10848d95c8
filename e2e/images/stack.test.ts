import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remoteBuilder } from '#lib/images/builders-remote/remote.ts';
import { ROOT } from '#lib/root.ts';
import { PASSWORD } from '#lib/testing/admin.ts';
import { zipOf } from '#lib/testing/executor-zip.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { ensurePythonEnv } from '../../scripts/python-envs.ts';
import { helloNamed } from './support/client.ts';
import { freePorts } from './support/free-ports.ts';
import { run } from './support/run.ts';
import { MACHINE, Stack } from './support/stack.ts';
import { startTlsFront, type TlsFront } from './support/tls-front.ts';

const LIMITS = { memoryBytes: 2 ** 30, cpus: 1, processes: 256, diskBytes: 2 ** 30, seconds: 120 };
const secret = () => randomBytes(24).toString('hex');

let stack: Stack;
let url = '';
let registry = '';
/** The same registry behind TLS, as engines and the builder call it. */
let front: TlsFront;
let engines = '';
const secrets = { AUTH_SECRET: secret(), BUILDER_TOKEN: secret(), POSTGRES_PASSWORD: secret() };

/** The containers of deploy/compose.yaml, each as the file says it, one by one: this machine has no Compose. */
beforeAll(async () => {
  const [app = 0, layers = 0, https = 0] = await freePorts(3);
  [url, registry, engines] = [`http://127.0.0.1:${app}`, `127.0.0.1:${layers}`, `${MACHINE}:${https}`];
  stack = await Stack.start({
    ...secrets,
    PUBLIC_URL: url,
    REGISTRY_PUBLIC_HOST: engines,
    APP_ADDRESS: `127.0.0.1:${app}`,
    REGISTRY_ADDRESS: registry,
  });
  front = await startTlsFront(engines, registry);
  await stack.trust('builder', await readFile(front.authority, 'utf8'));
}, 1_500_000);
afterAll(async () => {
  await front?.stop();
  await stack?.stop();
});

const admin = (...words: string[]) =>
  stack.execute(
    'app',
    ['node', '--disable-warning=ExperimentalWarning', 'scripts/admin.ts', ...words],
    PASSWORD,
  );

/** Pulls that engines have made. */
async function pulls(): Promise<number> {
  const { hostname } = new URL(await stack.urlOf('db', 5432));
  const { POSTGRES_PASSWORD: password } = secrets;
  const client = new pg.Client({
    host: hostname,
    user: 'groundstation',
    database: 'groundstation',
    password,
  });
  await client.connect();
  const { rowCount } = await client.query('SELECT FROM executor_pull').finally(() => client.end());
  return rowCount ?? 0;
}

describe('the stack of deploy/compose.yaml', () => {
  it('runs the example of the README for somebody outside', async () => {
    await admin('user', 'add', 'mira', '--email', 'mira@example.org', '--password-stdin', '--admin');
    const token = await admin('token', 'add', 'mira', '--name', 'laptop');
    const readme = await readFile(path.join(ROOT, 'README.md'), 'utf8');
    const [, example = ''] =
      /```python\n(from docarray import Document, DocumentArray\n.*?)```/s.exec(readme) ?? [];
    const { python } = await ensurePythonEnv('docarray-0.21');
    const { folder, remove } = makeTemporaryFolder();
    try {
      const env = {
        PATH: process.env.PATH,
        HOME: folder,
        NO_PROXY: '*',
        JINA_HUBBLE_REGISTRY: url,
        JINA_AUTH_TOKEN: token,
      };
      await promisify(execFile)(python, ['-c', example], { env: { NODE_ENV: 'test', ...env } });
    } finally {
      remove();
    }
  });

  it('serves pages', async () => {
    const page = await fetch(`${url}/login`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Sign in');
  });

  it('has a registry that sends engines to the app for their tokens', async () => {
    const refused = await fetch(`http://${registry}/v2/`);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain(`realm="${url}/registry/token"`);
  });

  it('has a builder that builds, without a right or a secret that it does not need', async () => {
    const { folder, remove } = makeTemporaryFolder();
    try {
      await mkdir(path.join(folder, 'package'));
      await writeFile(
        path.join(folder, 'package/Dockerfile'),
        'FROM scratch\nCOPY hello /hello\nENV WHO=world\n',
      );
      await writeFile(path.join(folder, 'package/hello'), 'hello');
      const builder = remoteBuilder({
        url: await stack.urlOf('builder', 4000),
        token: secrets.BUILDER_TOKEN,
      });
      const told: string[] = [];
      const image = await builder.build({
        contextDir: path.join(folder, 'package'),
        dockerfile: 'Dockerfile',
        tag: `${registry}/jinahub/aaaa:1`,
        ...{ buildArgs: {}, secrets: { PASSPHRASE: 'nobody may read this' }, labels: {}, platform: null },
        ...{ noCache: true, network: 'none', limits: LIMITS },
        onLog: (line) => void told.push(line),
        signal: AbortSignal.timeout(120_000),
      });
      expect(told.join('\n')).toContain('COPY hello /hello');
      await image.remove();
    } finally {
      remove();
    }
    const environment = await stack.execute('builder', ['env']);
    expect(environment).not.toContain(secrets.POSTGRES_PASSWORD);
    expect(environment).not.toContain(secrets.AUTH_SECRET);
    await expect(stack.execute('builder', ['getent', 'hosts', 'db'])).rejects.toThrow();
    expect(await stack.execute('builder', ['id', '-u'])).toBe('1000');
  });

  it('builds the image of an Executor that is pushed, which who may see it pulls, and hears of that', async () => {
    const token = await admin('token', 'add', 'mira', '--name', 'executors');
    const headers = { authorization: `token ${token}` };
    const form = new FormData();
    form.set('private', 'True');
    const files = { ...helloNamed('Hello'), Dockerfile: 'FROM scratch\nCOPY . /workspace\n' };
    form.set('file', new Blob([new Uint8Array(await zipOf(files))]));
    const pushed = await fetch(`${url}/v2/rpc/executor.push`, { method: 'POST', headers, body: form });
    expect(await pushed.text()).toContain('Pushed commit 1 of Hello');
    const asked = await fetch(`${url}/v2/rpc/executor.getPackage`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'mira/Hello', include: ['docker'] }),
    });
    const { data } = (await asked.json()) as { data: { package: { containers: string[] } } };
    const [image = ''] = data.package.containers;
    expect(image).toMatch(`${engines}/jinahub/`);
    const inspect = (...words: string[]) =>
      run(['skopeo', 'inspect', ...words, `docker://${image}`], { env: { SSL_CERT_FILE: front.authority } });
    expect(await inspect('--creds', `mira:${token}`)).toMatchObject({ code: 0 });
    expect((await inspect('--no-creds')).code).not.toBe(0);
    await expect.poll(pulls).toBe(1);
  });

  it('has an app and a worker that can change nothing but their data', async () => {
    for (const name of ['app', 'worker']) {
      expect(await stack.execute(name, ['id', '-u'])).toBe('1000');
      await expect(stack.execute(name, ['touch', '/app/server.ts'])).rejects.toThrow();
      await stack.execute(name, ['test', '-w', '/data']);
    }
  });

  it('ends in good order, and says no secret in any log', async () => {
    for (const name of ['worker', 'builder', 'app']) expect(await stack.stopOne(name)).toBe(0);
    const logs = await stack.logs();
    for (const one of [...Object.values(secrets), 'nobody may read this']) expect(logs).not.toContain(one);
  });
});

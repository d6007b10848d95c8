import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from '#lib/registry/client.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { run } from './support/run.ts';
import { type Somebody, Station, type StoredImage } from './support/station.ts';

const station = await Station.start();
const [owner, other] = [await station.addPerson('alice'), await station.addPerson('bob')];
const own = await station.addImage(owner, 'Hidden');
const open = await station.addImage(owner, 'Open', { visibility: 'public' });
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  await engine.stop();
  await station.stop();
});

/** A home of its own for each client and person, where credentials are. */
function newHome(name: string): string {
  const home = path.join(station.folder, name);
  mkdirSync(home, { recursive: true });
  return home;
}

/** What a client makes of an image: 0 when it has it, else what it says. */
type Pull = (image: StoredImage) => Promise<{ code: number; output: string }>;
/** How somebody comes to be logged in: nobody is null. */
type Way = (person: Somebody | null, name: string) => Promise<Pull>;

/** Where Debian's Docker, and whatever is on the PATH, are. */
const DOCKERS = ['/usr/bin/docker', 'docker'];

function dockerLogin(docker: string, user: (person: Somebody) => string): Way {
  return async (person, name) => {
    const env = { HOME: newHome(name), DOCKER_HOST: engine.host };
    if (person) {
      const words = ['login', '-u', user(person), '--password-stdin', station.registry];
      expect(await run([docker, ...words], { env, stdin: person.token })).toMatchObject({ code: 0 });
    }
    return async ({ reference }) => {
      const outcome = await run([docker, 'pull', '-q', reference], { env });
      await run([docker, 'rmi', reference], { env });
      return outcome;
    };
  };
}

/** As jina-hubble-sdk's helper does, whose word for who is not logged in is "anonymous". */
function dockerHelper(docker: string): Way {
  return async (person, name) => {
    const home = newHome(name);
    const helper = path.join(home, 'docker-credential-words');
    const answer = JSON.stringify({ Username: '<token>', Secret: person?.token ?? 'anonymous' });
    writeFileSync(helper, `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
    mkdirSync(path.join(home, '.docker'));
    const helpers = { credHelpers: { [station.registry]: 'words' } };
    writeFileSync(path.join(home, '.docker/config.json'), JSON.stringify(helpers));
    const env = { HOME: home, DOCKER_HOST: engine.host, PATH: `${home}:${process.env.PATH}` };
    return async ({ reference }) => {
      const outcome = await run([docker, 'pull', '-q', reference], { env });
      await run([docker, 'rmi', reference], { env });
      return outcome;
    };
  };
}

const INSECURE = '--tls-verify=false';

function skopeo(user: (person: Somebody) => string): Way {
  return async (person, name) => {
    const home = newHome(name);
    const login = person ? ['--src-creds', `${user(person)}:${person.token}`] : ['--src-no-creds'];
    return ({ reference }) =>
      run(
        [
          ...['skopeo', '--insecure-policy', 'copy', '-q', '--src-tls-verify=false', ...login],
          ...[`docker://${reference}`, `oci:${path.join(home, 'copy')}`],
        ],
        { env: { HOME: home } },
      );
  };
}

/** Podman and buildah keep images apart from the machine's. */
function storageOf(home: string): Record<string, string> {
  const policy = path.join(home, 'policy.json');
  writeFileSync(policy, '{"default":[{"type":"insecureAcceptAnything"}]}');
  const storage = path.join(home, 'storage.conf');
  const places = `graphroot = "${home}/graph"\nrunroot = "${home}/run"`;
  // One that is named must be there.
  writeFileSync(path.join(home, 'auth.json'), '{}');
  writeFileSync(storage, `[storage]\ndriver = "vfs"\n${places}\n`);
  return { HOME: home, CONTAINERS_STORAGE_CONF: storage, REGISTRY_AUTH_FILE: path.join(home, 'auth.json') };
}

function containers(program: 'podman' | 'buildah', user: (person: Somebody) => string): Way {
  return async (person, name) => {
    const home = newHome(name);
    const env = storageOf(home);
    if (person) {
      const words = ['login', INSECURE, '-u', user(person), '-p', person.token, station.registry];
      expect(await run([program, ...words], { env })).toMatchObject({ code: 0 });
    }
    const policy = ['--signature-policy', path.join(home, 'policy.json')];
    return ({ reference }) => run([program, 'pull', '-q', INSECURE, ...policy, reference], { env });
  };
}

const byName = ({ name }: Somebody) => name;
const byWord = () => '<token>';

const ways: [string, Way][] = [
  ...DOCKERS.flatMap((docker): [string, Way][] => [
    [`${docker} login by name`, dockerLogin(docker, byName)],
    [`${docker} login as <token>`, dockerLogin(docker, byWord)],
    [`${docker} with a credential helper`, dockerHelper(docker)],
  ]),
  ['skopeo by name', skopeo(byName)],
  ['skopeo as <token>', skopeo(byWord)],
  ['podman by name', containers('podman', byName)],
  ['podman as <token>', containers('podman', byWord)],
  ['buildah by name', containers('buildah', byName)],
  ['buildah as <token>', containers('buildah', byWord)],
];

const DENIED = /denied|unauthorized|insufficient_scope/i;

describe.each(ways)('%s', (label, way) => {
  const home = (who: string) => `${label.replaceAll(/\W+/g, '-')}-${who}`;

  it('pulls as the owner what is private and what is public', async () => {
    const pull = await way(owner, home('owner'));
    expect(await pull(own)).toMatchObject({ code: 0 });
    expect(await pull(open)).toMatchObject({ code: 0 });
  });

  it('pulls as another user, and as nobody, only what is public', async () => {
    for (const person of [other, null]) {
      const pull = await way(person, home(person?.name ?? 'nobody'));
      expect(await pull(open)).toMatchObject({ code: 0 });
      const refused = await pull(own);
      expect(refused.code).not.toBe(0);
      expect(refused.output).toMatch(DENIED);
    }
  });
});

it('counts each manifest that somebody got as one pull, and not what this server reads itself', async () => {
  const fresh = await station.addImage(owner, 'Fresh', { visibility: 'public' });
  const docker = await dockerLogin('docker', byName)(other, 'count-docker');
  const nobody = await skopeo(byName)(null, 'count-skopeo');
  expect(await docker(fresh)).toMatchObject({ code: 0 });
  expect(await nobody(fresh)).toMatchObject({ code: 0 });
  await readManifest(fresh.repository, fresh.commitId);
  const pulls = () =>
    station.query(
      `SELECT p.client, p.address, u.name FROM executor_pull p LEFT JOIN app_user u ON u.id = p.user_id
       WHERE p.executor_id = $1 ORDER BY p.id`,
      [fresh.id],
    );
  const pull = { client: 'docker', address: '127.0.0.1' };
  const expected = [
    { ...pull, name: 'bob' },
    { ...pull, name: null },
  ];
  await expect.poll(pulls).toEqual(expected);
  // The registry tells in order, so what it tells of later is told after all of that.
  expect(await nobody(fresh)).toMatchObject({ code: 0 });
  await expect.poll(pulls).toEqual([...expected, { ...pull, name: null }]);
});

it('refuses docker login with what is no token, in words that say what to do', async () => {
  for (const docker of DOCKERS) {
    const env = { HOME: newHome('wrong'), DOCKER_HOST: engine.host };
    const words = ['login', '-u', 'alice', '--password-stdin', station.registry];
    const { code, output } = await run([docker, ...words], { env, stdin: 'hunter2' });
    expect(code).not.toBe(0);
    expect(output).toContain('docker login -u NAME -p TOKEN');
  }
});

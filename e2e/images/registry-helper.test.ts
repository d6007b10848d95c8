import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePythonEnv } from '../../scripts/python-envs.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { run, succeed } from './support/run.ts';
import { type Somebody, Station, type StoredImage } from './support/station.ts';

// The stock client and the helper that its login installs, with a real engine.
const { python } = await ensurePythonEnv('jina-3.23');
const bin = path.dirname(python);
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

/** As docker-py does it in jina, `docker.from_env().images.pull`. */
const PULL = `
import sys, docker
client = docker.from_env()
client.images.pull(sys.argv[1])
client.images.remove(sys.argv[1])
`;

interface Home {
  env: Record<string, string>;
  config: string;
}

/** Somebody's own machine, before any login. */
function homeOf(person: Somebody | null, name = person?.name ?? 'nobody'): Home {
  const home = path.join(station.folder, name);
  mkdirSync(home, { recursive: true });
  const env = {
    HOME: home,
    PATH: `${bin}:${process.env.PATH}`,
    DOCKER_HOST: engine.host,
    JINA_HUBBLE_REGISTRY: station.server.url,
    ...(person ? { JINA_AUTH_TOKEN: person.token } : {}),
  };
  return { env, config: path.join(home, '.docker/config.json') };
}

const pullBySdk = ({ env }: Home, { reference }: StoredImage) =>
  run([python, '-c', PULL, reference], { env });
const pullByDocker = async ({ env }: Home, { reference }: StoredImage) => {
  const outcome = await run(['docker', 'pull', '-q', reference], { env });
  await run(['docker', 'rmi', reference], { env });
  return outcome;
};

describe('the credential helper of jina-hubble-sdk', () => {
  it('is installed by the login for our registry alone, and taken away by the logout', async () => {
    const home = homeOf(owner, 'login');
    await succeed([path.join(bin, 'jina-auth'), 'login'], { env: home.env });
    const { credHelpers } = JSON.parse(readFileSync(home.config, 'utf8'));
    expect(credHelpers).toEqual({ [station.registry]: 'jina-hubble' });
    await run([path.join(bin, 'jina-auth'), 'logout'], { env: home.env });
    const left = existsSync(home.config) ? JSON.parse(readFileSync(home.config, 'utf8')) : {};
    expect(left.credHelpers).toBeUndefined();
  });

  it.each([
    ['docker', pullByDocker],
    ['docker-py', pullBySdk],
  ])('lets %s pull as its owner, as another user and as nobody what each may', async (_, pull) => {
    for (const person of [owner, other, null]) {
      const home = homeOf(person);
      await run([path.join(bin, 'docker-credential-jina-hubble'), 'deploy', station.registry], {
        env: home.env,
      });
      expect(await pull(home, open)).toMatchObject({ code: 0 });
      const outcome = await pull(home, own);
      if (person === owner) expect(outcome).toMatchObject({ code: 0 });
      else expect(outcome.output).toMatch(/denied|unauthorized/);
    }
  });

  it('stops to let in whose token was revoked', async () => {
    const carol = await station.addPerson('carol');
    const image = await station.addImage(carol, 'OfCarol');
    const home = homeOf(carol);
    await run([path.join(bin, 'docker-credential-jina-hubble'), 'deploy', station.registry], {
      env: home.env,
    });
    expect(await pullByDocker(home, image)).toMatchObject({ code: 0 });
    await station.query('DELETE FROM access_token WHERE user_id = $1', [carol.id]);
    expect((await pullByDocker(home, image)).code).not.toBe(0);
  });
});

import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { postgresBinaries } from '#lib/postgres/binaries.ts';
import { ROOT } from '#lib/root.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { makeDeployBase, packDependencies } from './deploy-base.ts';
import type { Engine } from './engine.ts';
import { succeed } from './run.ts';

/** Images of this machine in the place of those that a registry would give. */
export const IMAGES = {
  APP_IMAGE: 'groundstation:test',
  BUILDER_IMAGE: 'groundstation-builder:test',
  POSTGRES_IMAGE: 'stand-in-postgres:test',
  REGISTRY_IMAGE: 'stand-in-registry:test',
};
const [NODE_IMAGE, BUILD_IMAGE] = ['stand-in-node:test', 'stand-in-build:test'];
const BUILD_SECONDS = 600;

/** What the image of Postgres does with the variables of the compose file, on the binaries that npm brought. */
const POSTGRES = `#!/bin/bash
set -eu
data=/var/lib/postgresql/data
as() { setpriv --reuid=999 --regid=999 --clear-groups "$@"; }
if [ ! -s $data/PG_VERSION ]; then
  chown 999:999 $data
  umask 077; echo "$POSTGRES_PASSWORD" > /tmp/password; chown 999 /tmp/password
  as /pg/bin/initdb -D $data -U "$POSTGRES_USER" -A scram-sha-256 --pwfile=/tmp/password --no-sync > /dev/null
  echo "host all all all scram-sha-256" >> $data/pg_hba.conf
  echo "CREATE DATABASE $POSTGRES_DB" | as /pg/bin/postgres --single -D $data postgres > /dev/null
fi
exec setpriv --reuid=999 --regid=999 --clear-groups /pg/bin/postgres -D $data -c 'listen_addresses=*' -c fsync=off -c unix_socket_directories=
`;
const PG_ISREADY = '#!/bin/bash\nexec 3<>/dev/tcp/127.0.0.1/5432\n';

function docker(engine: Engine, words: string[], seconds = BUILD_SECONDS): Promise<string> {
  const env = { DOCKER_HOST: engine.host, DOCKER_BUILDKIT: '1', HOME: path.dirname(engine.socket) };
  return succeed(['/usr/bin/docker', ...words], { env, seconds });
}

/** An image of a folder, which may be changed before. */
async function makeImage(
  engine: Engine,
  name: string,
  dockerfile: string[],
  fill: (folder: string) => unknown,
) {
  const { folder, remove } = makeTemporaryFolder();
  try {
    await fill(folder);
    writeFileSync(path.join(folder, 'Dockerfile'), dockerfile.join('\n'));
    await docker(engine, ['build', '--quiet', '--network=none', '--tag', name, folder]);
  } finally {
    remove();
  }
}

function addScripts(folder: string): void {
  mkdirSync(path.join(folder, 'bin'));
  for (const [name, text] of Object.entries({ 'postgres-stand-in': POSTGRES, pg_isready: PG_ISREADY })) {
    writeFileSync(path.join(folder, 'bin', name), text);
    chmodSync(path.join(folder, 'bin', name), 0o755);
  }
  // The directory of the programs is that of what they need, too.
  const native = path.resolve(path.dirname(postgresBinaries(folder, null).postgres), '..');
  cpSync(native, path.join(folder, 'pg'), { recursive: true, verbatimSymlinks: true });
  for (const entry of readdirSync(path.join(folder, 'pg'), { recursive: true, encoding: 'utf8' }))
    if (!lstatSync(path.join(folder, 'pg', entry)).isSymbolicLink())
      chmodSync(path.join(folder, 'pg', entry), 0o755);
}

/** Makes all of `IMAGES` known to an engine; two of them by deploy/Dockerfile, without a network. */
export async function makeImages(engine: Engine): Promise<void> {
  await docker(engine, ['import', await makeDeployBase(), NODE_IMAGE]);
  const registry = [`FROM ${NODE_IMAGE}`, 'RUN ln -s /usr/bin/docker-registry /usr/local/bin/registry'];
  await makeImage(engine, IMAGES.REGISTRY_IMAGE, registry, () => {});
  const postgres = [
    ...[`FROM ${NODE_IMAGE}`, 'RUN useradd --uid 999 --user-group postgres'],
    ...['COPY bin /usr/local/bin', 'COPY pg /pg', 'CMD ["postgres-stand-in"]'],
  ];
  await makeImage(engine, IMAGES.POSTGRES_IMAGE, postgres, addScripts);
  const build = [`FROM ${NODE_IMAGE}`, 'ADD dependencies.tar /'];
  await makeImage(engine, BUILD_IMAGE, build, (folder) =>
    packDependencies(path.join(folder, 'dependencies.tar')),
  );
  const bases = ['--build-arg', `NODE_IMAGE=${NODE_IMAGE}`, '--build-arg', `BUILD_IMAGE=${BUILD_IMAGE}`];
  const what = ['--quiet', '--network=none', '--file', path.join(ROOT, 'deploy/Dockerfile'), ...bases];
  for (const [target, name] of [
    ['app', IMAGES.APP_IMAGE],
    ['builder', IMAGES.BUILDER_IMAGE],
  ] as const)
    await docker(engine, ['build', ...what, '--target', target, '--tag', name, ROOT]);
}

import { copyFileSync, mkdirSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { collectUnderLoad } from './support/collecting.ts';
import { goProgram } from './support/go-program.ts';
import { run } from './support/run.ts';
import { type Somebody, Station, type StoredImage } from './support/station.ts';

/** Debian has 2.8, with which all other tests run. */
const program = await goProgram('github.com/distribution/distribution/v3/cmd/registry', 'v3.1.2');

describe.runIf(program)('distribution 3 in place of Debian’s registry', () => {
  const { folder, remove } = makeTemporaryFolder();
  let station: Station;
  let alice: Somebody;
  let bob: Somebody;

  beforeAll(async () => {
    mkdirSync(path.join(folder, 'bin'));
    // A copy, since it runs as a user of its own, who does not come to where it was built.
    copyFileSync(program ?? '', path.join(folder, 'bin/docker-registry'));
    // Without housekeeping, which would do the same as the collection at its own times.
    station = await Station.start({ ROLE: 'web', PATH: `${folder}/bin:${process.env.PATH}` });
    alice = await station.addPerson('alice');
    bob = await station.addPerson('bob');
  });
  afterAll(async () => {
    await station.stop();
    remove();
  });

  async function pull({ repository, tag }: { repository: string; tag: string }, who: Somebody | null) {
    const login = who ? ['--creds', `${who.name}:${who.token}`] : ['--no-creds'];
    const words = ['skopeo', 'inspect', '--tls-verify=false', ...login];
    return run([...words, `docker://${station.registry}/${repository}:${tag}`]);
  }

  it('is the registry that runs', async () => {
    const running = await Promise.all(
      (await readdir('/proc')).map((pid) => readlink(`/proc/${pid}/exe`).catch(() => '')),
    );
    expect(running).toContain(path.join(folder, 'bin/docker-registry'));
  });

  it('gives a private image to its owner alone, and a public one to everybody', async () => {
    const tagged = (image: StoredImage) => ({ ...image, tag: image.commitId });
    const hidden = tagged(await station.addImage(alice, 'Hidden'));
    const open = tagged(await station.addImage(alice, 'Open', { visibility: 'public' }));
    expect(await pull(hidden, alice)).toMatchObject({ code: 0 });
    for (const who of [bob, null]) {
      expect((await pull(hidden, who)).code).not.toBe(0);
      expect(await pull(open, who)).toMatchObject({ code: 0 });
    }
  });

  it('leaves each image whole for a minute of pushes, deletions, pulls and collections', async () => {
    await collectUnderLoad(station, alice, 60);
  });
});

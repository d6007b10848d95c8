import { execFile } from 'node:child_process';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { isHeldFromOutside } from '#lib/images/builders/control-group.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { ensureBaseImage } from './support/base-image.ts';
import { leftOvers, NOTHING } from './support/left-overs.ts';

const run = promisify(execFile);
const NOBODY = 65_534;
/** Runs the rest of its words as nobody, to whom `$1` gives ids: in a mount namespace, so that no file of /etc is changed. */
const AS_NOBODY = `mount --bind "$1" /etc/subuid; mount --bind "$1" /etc/subgid; shift
exec setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups "$@"`;

const { folder, remove } = makeTemporaryFolder();
afterAll(remove);

it('a plain user builds in the same sandbox, where something else holds its limits or all are trusted', async () => {
  await ensureBaseImage();
  const own = path.join(folder, 'own');
  const ids = path.join(folder, 'ids');
  await mkdir(own);
  await chown(own, NOBODY, NOBODY);
  await writeFile(ids, 'nobody:300000:65536\n');
  const script = path.join(import.meta.dirname, 'support/build-as-user.ts');
  const words = ['--mount', '--propagation', 'private', 'sh', '-euc', AS_NOBODY, 'sh', ids];
  const { stdout } = await run('unshare', [
    ...words,
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    script,
    own,
  ]);
  const lines = stdout.split('\n');
  const isRefused = lines[0]?.startsWith(
    'Builds are off: nothing here holds their memory and their processes.',
  );
  expect(isRefused).toBe(!(await isHeldFromOutside()));
  expect(lines.slice(1).join('\n')).toMatch(/\n0\n[1-4]\n\s+0\s+65534\s+1\n\s+1\s+300000\s+65535\n/);
  expect(stdout).toContain('Looking in indexes: http://127.0.0.1:3141/simple/');
  expect(lines.at(-2)).toBe('built');
  expect(await leftOvers(own)).toEqual(NOTHING);
});

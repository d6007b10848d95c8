import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '#lib/errors.ts';
import type { BuildJob } from '#lib/images/builder.ts';

const MAX_BYTES = 1024 * 1024;
/** What is no plain file neither leads elsewhere nor keeps its reader waiting. */
const PLAIN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function readPlain(handle: FileHandle): Promise<string | null> {
  const { isFile, size } = await handle
    .stat()
    .then((found) => ({ isFile: found.isFile(), size: found.size }));
  if (!isFile || size > MAX_BYTES) return null;
  return handle.readFile('utf8');
}

/** The text of a job's Dockerfile. @throws Fault `build-failed` where it is no file of up to 1 MiB directly in the package. */
export async function readDockerfileText({ contextDir, dockerfile }: BuildJob): Promise<string> {
  const isInside = path.basename(dockerfile) === dockerfile;
  const handle = isInside ? await open(path.join(contextDir, dockerfile), PLAIN).catch(() => null) : null;
  const text = handle && (await readPlain(handle).finally(() => handle.close()));
  if (text !== null) return text;
  const sentence = `There is no file ${dockerfile} of up to 1 MiB in the package.`;
  throw new Fault('build-failed', `Process(docker) exited on non-zero code: 125. ${sentence}`);
}

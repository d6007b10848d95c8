import path from 'node:path';
import { Fault } from '#lib/errors.ts';
import type { BuildJob } from '#lib/images/builder.ts';
import { readPlainFile } from './plain-file.ts';

const MAX_BYTES = 1024 * 1024;
/** The text of a job's Dockerfile. @throws Fault `build-failed` where it is no file of up to 1 MiB directly in the package. */
export async function readDockerfileText({ contextDir, dockerfile }: BuildJob): Promise<string> {
  const isInside = path.basename(dockerfile) === dockerfile;
  const text = isInside ? await readPlainFile(path.join(contextDir, dockerfile), MAX_BYTES) : null;
  if (text !== null) return text;
  const sentence = `There is no file ${dockerfile} of up to 1 MiB in the package.`;
  throw new Fault('build-failed', `Process(docker) exited on non-zero code: 125. ${sentence}`);
}

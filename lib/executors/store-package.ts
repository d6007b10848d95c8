import { createHash } from 'node:crypto';
import type { ProvisionalBlob } from '#lib/blobs/provisional.ts';
import { receiveBlob } from '#lib/blobs/receive.ts';
import type { NewPackage } from '#lib/executors/commit-push.ts';
import type { ExecutorFacts } from '#lib/executors/facts.ts';
import type { Normalised } from '#lib/normaliser/types.ts';
import type { OpenPackage } from '#lib/packages/open.ts';
import { type WrittenFile, writePackage } from '#lib/packages/write.ts';

/** What a list or a search shows of a readme; the file itself is in the package. */
const MAX_README_LENGTH = 256 * 1024;

function factsOf(normalised: Normalised, files: WrittenFile[], dockerfile: string | null): ExecutorFacts {
  const { filePath, docstring, init, endpoints, dependencies, score, warnings, readme } = normalised;
  return {
    filePath,
    docstring,
    init,
    endpoints,
    dependencies,
    score: { ...score },
    warnings,
    files: files.map(({ path, sizeBytes }) => ({ path, sizeBytes })),
    readmePath: readme?.path ?? null,
    dockerfile: dockerfile ?? 'Dockerfile',
  };
}

/** What decides whether two pushes are the same: the folder, and how its image is built. */
function digestOf(contents: string, dockerfile: string | null, buildEnv: string[]): string {
  const how = JSON.stringify([contents, dockerfile ?? 'Dockerfile', [...buildEnv].sort()]);
  return createHash('sha256').update(how).digest('hex');
}

/**
 * Writes the normalised zip into the store, under a provisional key.
 * @throws PackageError when a file is not what the zip says about it; the faults of `receiveBlob`.
 */
export async function storePackage(
  blob: ProvisionalBlob,
  pkg: OpenPackage,
  normalised: Normalised,
  order: { dockerfile: string | null; buildEnv: string[] },
): Promise<NewPackage> {
  const { stream, contents } = writePackage(pkg, normalised.changes);
  const md5 = createHash('md5');
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const piece of stream) {
      md5.update(piece);
      yield piece;
    }
  }
  const received = await receiveBlob(blob, hashed(), Number.POSITIVE_INFINITY);
  const { digest, files } = await contents;
  const buildEnv = [...new Set([...normalised.buildEnv, ...order.buildEnv])].sort();
  return {
    received,
    md5: md5.digest('hex'),
    contentDigest: digestOf(digest, order.dockerfile, buildEnv),
    className: normalised.className,
    facts: factsOf(normalised, files, order.dockerfile),
    meta: normalised.meta,
    readme: normalised.readme?.text.slice(0, MAX_README_LENGTH) ?? null,
    buildEnv,
  };
}

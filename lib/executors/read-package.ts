import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { storable } from '#lib/executors/storable.ts';
import { normalise } from '#lib/normaliser/normalise.ts';
import { type Normalised, NormaliserError } from '#lib/normaliser/types.ts';
import { MAX_TEXT_BYTES, type OpenPackage } from '#lib/packages/open.ts';

/** What the normaliser looks at; a package may hold anything else. */
const TEXT = /(\.(py|ya?ml|toml|txt|md|rst|cfg)|(^|\/)[\w.]*Dockerfile[\w.]*|(^|\/)readme[^/]*)$/i;
/** All texts of a package together, in bytes: what is beyond is as if it could not be read. */
const MAX_ALL_TEXT_BYTES = 16 * 1024 * 1024;

async function textsOf(pkg: OpenPackage, signal: AbortSignal): Promise<Map<string, Uint8Array>> {
  const texts = new Map<string, Uint8Array>();
  let left = MAX_ALL_TEXT_BYTES;
  for (const { path, sizeBytes } of pkg.entries) {
    if (!TEXT.test(path) || sizeBytes > Math.min(MAX_TEXT_BYTES, left)) continue;
    signal.throwIfAborted();
    texts.set(path, await pkg.text(path));
    left -= sizeBytes;
  }
  return texts;
}

/** A version that the client said in its headers; `(unset)` is none. */
export function versionOf(text: string | undefined): string | null {
  return text && text !== '(unset)' ? text : null;
}

/**
 * Reads what is in a package and how it is to be changed (contract 12), without running any of it.
 * @param options `client` is what the pushing client said of itself.
 * @throws Fault `no-executor` when it is none.
 */
export async function readPackage(
  pkg: OpenPackage,
  options: { dockerfile: string | null; client: Record<string, string>; signal: AbortSignal },
): Promise<Normalised> {
  const { dockerfile, client, signal } = options;
  const texts = await textsOf(pkg, signal);
  try {
    const found = await normalise({
      files: new Map(pkg.entries.map(({ path, sizeBytes }) => [path, sizeBytes])),
      read: (path) => texts.get(path),
      dockerfile: dockerfile ?? undefined,
      baseImage: env().BASE_IMAGE_TEMPLATE,
      client: {
        jina: versionOf(client.jina) ?? undefined,
        python: versionOf(client.python) ?? undefined,
        docarray: versionOf(client.docarray) ?? undefined,
      },
    });
    return storable(found);
  } catch (error) {
    if (!(error instanceof NormaliserError)) throw error;
    throw new Fault('no-executor', error.message, { normalizerCode: error.code, cause: error });
  }
}

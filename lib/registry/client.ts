import { SECOND_MS } from '#lib/clock.ts';
import { Fault } from '#lib/errors.ts';
import type { ImageLayer } from '#lib/images/image.ts';
import { registryUrl } from '#lib/registry/place.ts';
import { type Access, OWN_SUBJECT, registryToken, repositoryToken } from '#lib/registry/token.ts';

/** An image as the registry has it. */
interface RegistryImage {
  /** Of its manifest: `sha256:…` */
  digest: string;
  /** From the lowest one on. */
  layers: ImageLayer[];
}

interface Manifest {
  config?: { digest: string };
  layers?: { digest: string; size: number }[];
}

/** What the manifest of one image may be called; a list of several is nothing that this server pushes. */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];
const PATIENCE_MS = 20 * SECOND_MS;
/** Of a token for one thing. */
export const TOKEN_SECONDS = 60;
const PROBE_MS = 3 * SECOND_MS;

/** What is said when the registry does not answer as it should. */
export function unavailable(cause: unknown): Fault {
  return new Fault(
    'unavailable',
    'The registry of images does not answer right now. Try again in a moment.',
    {
      cause,
    },
  );
}

/** Whether the registry answers, by whatever: nobody is logged in to it here. */
export async function registryAnswers(): Promise<boolean> {
  const signal = AbortSignal.timeout(PROBE_MS);
  const response = await fetch(`${registryUrl()}/v2/`, { signal }).catch(() => null);
  await response?.body?.cancel();
  return response !== null && response.status < 500;
}

interface Call {
  token: string;
  method?: string;
  accept?: string[];
  /** What is sent, and of which type. */
  body?: { bytes: Buffer; type: string };
}

/**
 * Asks the registry something; @param path behind `/v2/`.
 * @returns an answer that is good, or 404.
 * @throws Fault `unavailable` for any other one, and for none.
 */
export async function callRegistry(
  path: string,
  { token, method = 'GET', accept = [], body }: Call,
): Promise<Response> {
  const headers: [string, string][] = [['authorization', `Bearer ${token}`]];
  if (accept.length > 0) headers.push(['accept', accept.join(', ')]);
  if (body) headers.push(['content-type', body.type]);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const options = { method, headers, signal, body: body && new Uint8Array(body.bytes) };
  const response = await fetch(`${registryUrl()}/v2/${path}`, options).catch((error) => {
    throw unavailable(error);
  });
  if (response.ok || response.status === 404) return response;
  throw unavailable(
    new Error(`${method} /v2/${path}: ${response.status} ${await response.text().catch(() => '')}`),
  );
}

async function readJson<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (error) {
    throw unavailable(error);
  }
}

/** The image lacks something in the registry that its row speaks of. */
function gone(repository: string): Fault {
  return new Fault(
    'gone-from-store',
    `The registry has no whole image of this kind in ${repository}. Build it again.`,
  );
}

/** @throws Fault `gone-from-store` when one of them is not there: what is pulled must be whole. */
async function requireBlobs(repository: string, token: string, digests: string[]): Promise<void> {
  const found = digests.map((digest) =>
    callRegistry(`${repository}/blobs/${digest}`, { token, method: 'HEAD' }),
  );
  if ((await Promise.all(found)).some(({ status }) => status === 404)) throw gone(repository);
}

/**
 * Reads an image by its tag or digest, and sees that all of it is there.
 * @throws Fault `gone-from-store` when it is not there, or not whole; `unavailable` when the registry does not answer.
 */
export async function readManifest(repository: string, reference: string): Promise<RegistryImage> {
  const token = await repositoryToken({ repository, actions: ['pull'], seconds: TOKEN_SECONDS });
  const response = await callRegistry(`${repository}/manifests/${reference}`, {
    token,
    accept: MANIFEST_TYPES,
  });
  if (response.status === 404) throw gone(repository);
  const digest = response.headers.get('docker-content-digest') ?? '';
  const { config, layers } = await readJson<Manifest>(response);
  if (!config || !layers) throw unavailable(new Error(`${repository}:${reference} is no image`));
  const digests = [config, ...layers].map((blob) => blob.digest);
  await requireBlobs(repository, token, digests);
  return { digest, layers: layers.map(({ digest, size }) => ({ digest, sizeBytes: size })) };
}

/**
 * Deletes an image by the digest of its manifest; one that is not there is no mistake. Its layers stay until the next
 * collection.
 * @throws Fault `unavailable`.
 */
export async function deleteManifest(repository: string, digest: string): Promise<void> {
  const token = await repositoryToken({ repository, actions: ['delete'], seconds: TOKEN_SECONDS });
  await callRegistry(`${repository}/manifests/${digest}`, { token, method: 'DELETE' });
}

/** The digest behind a tag; null when there is none. @throws Fault `unavailable`. */
export async function digestOf(repository: string, tag: string): Promise<string | null> {
  const token = await repositoryToken({ repository, actions: ['pull'], seconds: TOKEN_SECONDS });
  const response = await callRegistry(`${repository}/manifests/${tag}`, {
    token,
    method: 'HEAD',
    accept: MANIFEST_TYPES,
  });
  return response.ok ? response.headers.get('docker-content-digest') : null;
}

/** The tags of a repository. @throws Fault `unavailable`. */
export async function listTags(repository: string): Promise<string[]> {
  const token = await repositoryToken({ repository, actions: ['pull'], seconds: TOKEN_SECONDS });
  const response = await callRegistry(`${repository}/tags/list`, { token });
  if (response.status === 404) return [];
  return (await readJson<{ tags: string[] | null }>(response)).tags ?? [];
}

/** The names of all repositories, by pages. @throws Fault `unavailable`. */
export async function* listRepositories(pageSize = 500): AsyncGenerator<string> {
  const access: Access[] = [{ type: 'registry', name: 'catalog', actions: ['*'] }];
  for (let last = ''; ; ) {
    const token = await registryToken({ subject: OWN_SUBJECT, access, seconds: TOKEN_SECONDS });
    const query = new URLSearchParams({ n: String(pageSize), ...(last ? { last } : {}) });
    const { repositories = [] } = await readJson<{ repositories?: string[] }>(
      await callRegistry(`_catalog?${query}`, { token }),
    );
    yield* repositories;
    last = repositories.at(-1) ?? '';
    if (repositories.length < pageSize) return;
  }
}

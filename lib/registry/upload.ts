import { callRegistry, TOKEN_SECONDS, unavailable } from '#lib/registry/client.ts';
import { repositoryToken } from '#lib/registry/token.ts';

/** Something small to put into a repository: blobs, and the manifest that holds them. */
export interface SmallManifest {
  tag: string;
  type: string;
  bytes: Buffer;
  /** Its own: `sha256:…` */
  digest: string;
  blobs: { digest: string; bytes: Buffer }[];
}

interface Upload {
  repository: string;
  token: string;
}

async function uploadBlob({ repository, token }: Upload, digest: string, bytes: Buffer): Promise<void> {
  const begun = await callRegistry(`${repository}/blobs/uploads/`, { token, method: 'POST' });
  // By its path alone: the registry may call itself by another name than we reach it by.
  const place = URL.parse(begun.headers.get('location') ?? '', 'http://registry.invalid');
  const path = place?.pathname.split('/v2/')[1];
  if (!begun.ok || !place || !path) throw unavailable(new Error(`no upload into ${repository} was begun`));
  place.searchParams.set('digest', digest);
  const body = { bytes, type: 'application/octet-stream' };
  const done = await callRegistry(`${path}?${place.searchParams}`, { token, method: 'PUT', body });
  if (!done.ok) throw unavailable(new Error(`an upload into ${repository} was lost`));
}

/**
 * Puts a manifest with its blobs, which are in memory, under a tag, which moves. Hold the repository (lib/registry/lock.ts).
 * @throws Fault `unavailable` when the registry does not take it.
 */
export async function uploadManifest(repository: string, manifest: SmallManifest): Promise<void> {
  const token = await repositoryToken({ repository, actions: ['pull', 'push'], seconds: TOKEN_SECONDS });
  for (const { digest, bytes } of manifest.blobs) await uploadBlob({ repository, token }, digest, bytes);
  const { tag, type, bytes, digest } = manifest;
  const path = `${repository}/manifests/${tag}`;
  const response = await callRegistry(path, { token, method: 'PUT', body: { bytes, type } });
  if (response.headers.get('docker-content-digest') !== digest)
    throw unavailable(new Error(`${path} is not what was put there`));
}

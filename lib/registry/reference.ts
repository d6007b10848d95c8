import { env } from '#lib/env.ts';
import { isExecutorId } from '#lib/executors/names.ts';

/** All repositories of ours are in it; of Jina's service too (contract 6.3). */
const FOLDER = 'jinahub';

/** The registry's host and port as engines say it: `registry.example.org:5000` (contract 6.1). */
export function registryHost(): string {
  const { REGISTRY_PUBLIC_HOST, REGISTRY_PORT, PUBLIC_URL, HOST } = env();
  const ownHost = PUBLIC_URL ? new URL(PUBLIC_URL).hostname : HOST;
  return REGISTRY_PUBLIC_HOST ?? `${ownHost}:${REGISTRY_PORT}`;
}

/** The repository of an Executor's images: by its id, since names may hold what repositories may not. */
export function repositoryOf(executorId: string): string {
  return `${FOLDER}/${executorId}`;
}

/** An image as engines pull it: `registry.example.org:5000/jinahub/ab12cd34:<tag>` (contract 6.3). */
export function imageReference(executorId: string, tag: string): string {
  return `${registryHost()}/${repositoryOf(executorId)}:${tag}`;
}

/** An image by its digest: `registry.example.org:5000/jinahub/ab12cd34@sha256:…`. */
export function digestReference(executorId: string, digest: string): string {
  return `${registryHost()}/${repositoryOf(executorId)}@${digest}`;
}

/** The id of the Executor whose images a repository holds; null for a repository of something else. */
export function executorOf(repository: string): string | null {
  const [folder, id = '', ...rest] = repository.split('/');
  return folder === FOLDER && rest.length === 0 && isExecutorId(id) ? id : null;
}

const DEFAULT_REGISTRY = 'docker.io';

/** The host of the registry in the name of an image; names without one are Docker Hub's. */
export function registryOf(name: string): string {
  const [first = '', ...others] = name.split('/');
  const isHost = others.length > 0 && (/[.:]/.test(first) || first === 'localhost' || /[A-Z]/.test(first));
  return isHost ? first : DEFAULT_REGISTRY;
}

/** `registry/repository:tag` or `registry/repository@digest`, as the distribution specification has it. */
const FULL_NAME =
  /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)+(?::\w[\w.-]{0,127}|@sha256:[0-9a-f]{64})$/;

/** Whether a text is the name of an image in a registry: not of a file, a folder or a store, which the tools take as well. */
export function isImageName(name: string): boolean {
  return name.length <= 512 && FULL_NAME.test(fullName(name));
}

/** Whether the registry of an image is on this machine: only there engines and tools speak plain http. */
export function isOfThisMachine(name: string): boolean {
  return /^(127(\.\d+){3}|localhost|\[::1\])(:\d+)?$/.test(registryOf(name));
}

/** The name in full, as stores keep it: `docker.io/library/python:latest` for `python`. With a digest a tag says nothing. */
export function fullName(name: string): string {
  const registry = registryOf(name);
  const rest = name.startsWith(`${registry}/`) ? name.slice(registry.length + 1) : name;
  const repository = registry === DEFAULT_REGISTRY && !rest.includes('/') ? `library/${rest}` : rest;
  const [tagged = '', digest] = repository.split('@');
  if (digest !== undefined) return `${registry}/${tagged.replace(/:.*$/, '')}@${digest}`;
  return `${registry}/${tagged}${tagged.includes(':') ? '' : ':latest'}`;
}

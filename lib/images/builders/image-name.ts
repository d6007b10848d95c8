const DEFAULT_REGISTRY = 'docker.io';

/** The host of the registry in the name of an image; names without one are Docker Hub's. */
export function registryOf(name: string): string {
  const [first = '', ...others] = name.split('/');
  const isHost = others.length > 0 && (/[.:]/.test(first) || first === 'localhost' || /[A-Z]/.test(first));
  return isHost ? first : DEFAULT_REGISTRY;
}

/** Whether the registry of an image is on this machine: only there engines and tools speak plain http. */
export function isOfThisMachine(name: string): boolean {
  return /^(127(\.\d+){3}|localhost|\[::1\])(:\d+)?$/.test(registryOf(name));
}

/** The name in full, as stores keep it: `docker.io/library/python:latest` for `python`. */
export function fullName(name: string): string {
  const registry = registryOf(name);
  const rest = name.startsWith(`${registry}/`) ? name.slice(registry.length + 1) : name;
  const repository = registry === DEFAULT_REGISTRY && !rest.includes('/') ? `library/${rest}` : rest;
  const isTagged = /[:@]/.test(repository);
  return `${registry}/${repository}${isTagged ? '' : ':latest'}`;
}
